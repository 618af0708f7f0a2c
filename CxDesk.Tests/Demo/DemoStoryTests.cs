using CxDesk.Data.Demo;
using CxDesk.Tests.Browser;
using Microsoft.Playwright;

namespace CxDesk.Tests.Demo;

[Collection(BrowserFixture.Name)]
public class DemoStoryTests(BrowserFixture browser)
{
    [Fact]
    public async Task Who_starts_the_demo_signs_in_at_once_and_finds_the_company_at_work()
    {
        await using var app = await AppFixture.Start(("Demo__Enabled", "true"), ("Demo__Answers", "4000"));
        var supervisor = await browser.NewPage(app);
        await SignIn(supervisor, "supervisor");
        await Assertions.Expect(supervisor.Locator(".demo")).ToHaveCountAsync(0, new() { Timeout = 90_000 });     // filled
        await Assertions.Expect(supervisor.Locator("main")).ToContainTextAsync("Europe");

        var admin = await browser.NewPage(app);
        await SignIn(admin, "admin");
        await admin.Open("/admin/jobs");
        var check = admin.Locator("[data-job=rollupCheck]");
        await Assertions.Expect(check).ToContainTextAsync("not yet");
        await check.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Assertions.Expect(check).ToContainTextAsync("Sums and answers agree");
        await admin.Picture("admin-jobs");
    }

    private static async Task SignIn(IPage page, string userName)
    {
        await page.GotoAsync("/login");
        await page.Locator("#userName").FillAsync(userName);
        await page.Locator("#password").FillAsync(DemoCompany.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/login"));
        await page.Open("/");
    }
}
