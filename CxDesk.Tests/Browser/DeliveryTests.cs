using CxDesk.Tests.Deliveries;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>An admin ties a room to CxDesk, tries it, and sees what left.</summary>
[Collection(BrowserFixture.Name)]
public sealed class DeliveryTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>
{
    [Fact]
    public async Task An_admin_ties_a_room_tries_it_and_sees_what_arrived_and_what_did_not()
    {
        await using var room = await HookServer.Start();
        var page = await browser.NewPage(company.App);
        await page.GotoAsync("/login");
        await page.GetByLabel("User name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync(CompanyFixture.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/login", StringComparison.Ordinal));

        await page.Open("/admin/webhooks");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add webhook" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Service room");
        await page.GetByLabel("Shape").SelectOptionAsync("WeCom");
        await page.GetByLabel("Language").SelectOptionAsync("zh-Hans");
        await page.GetByLabel("Address").FillAsync(room.Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();

        await page.Open("/admin/deliveries?channel=Webhook");
        var sent = page.Locator("[data-delivery]").First;
        await Expect(sent).ToContainTextAsync("Service room");
        await Expect(sent.GetByText("Sent", new() { Exact = true })).ToBeVisibleAsync();
        Assert.StartsWith("来自 CxDesk 的测试", Assert.Single(room.Inbox).Json.GetProperty("text").GetProperty("content").GetString());

        // The next one is refused: the page that is open says so by itself, and the way back leads to a second try.
        room.Answers.Enqueue(HookServer.Status(404));
        var other = await page.Context.NewPageAsync();
        await other.Open("/admin/webhooks?webhook=1");
        await other.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Expect(page.Locator("[data-delivery]").First).ToContainTextAsync("404");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByText("Sent", new() { Exact = true })).ToHaveCountAsync(2);
        Assert.Equal(3, room.Inbox.Count);
        await page.CloseAsync();
        await other.Context.CloseAsync();
    }
}
