using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>An admin changes the policy, sees what that would have done, switches it on, and the next answer is judged by it.</summary>
[Collection(BrowserFixture.Name)]
public sealed class PolicyTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>
{
    [Fact]
    [Trait("Behaviour", "6"), Trait("Behaviour", "12")]
    public async Task A_rule_is_changed_rehearsed_and_switched_on_and_the_next_answer_opens_a_case_by_it()
    {
        Assert.Null(await company.Post(3, "north", "A-1"));
        var open = await company.Post(2, "north", "A-1");
        var page = await browser.NewPage(company.App);
        await page.SignIn("ada", CompanyFixture.Password, "/admin/policies?rule=csat-medium");

        await page.Locator("[aria-label='CSAT to']").FillAsync("1");
        await Button(page, "Keep in the draft").ClickAsync();
        await Expect(page.Locator(".side .fault")).ToBeVisibleAsync();
        await page.Locator("[aria-label='CSAT to']").FillAsync("3");
        await page.GetByLabel("Severity", new() { Exact = true }).SelectOptionAsync("Critical");
        await Button(page, "Keep in the draft").ClickAsync();
        await Expect(page.Locator(".changes")).ToContainTextAsync("CSAT 2–3 → Critical");
        await Expect(Button(page, "Switch on")).ToBeDisabledAsync();
        Assert.Null(await company.Post(3, "north", "A-1"));         // a draft holds nothing

        await Button(page, "Rehearse").ClickAsync();
        await Expect(page.Locator("[data-run=Draft] td").First).ToHaveTextAsync("3");
        await Expect(page.Locator("[data-run=InForce] td").First).ToHaveTextAsync("1");
        await Expect(page.Locator("[data-run=Happened] td").First).ToHaveTextAsync("1");
        await Expect(page.Locator(".result")).ToContainTextAsync(open!);
        await page.GetByLabel("Why").FillAsync("Threes count");
        await Button(page, "Switch on").ClickAsync();
        await Expect(page.Locator(".standing")).ToContainTextAsync("Version 2 is in force");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Threes count" })).ToContainTextAsync("Ada Admin");

        var reference = await company.Post(3, "north", "A-1");
        await page.Open($"/cases/{reference}");
        await Expect(page.Locator("article.case")).ToContainTextAsync("Critical");
        await page.Locator(".clock summary").ClickAsync();
        await Expect(page.Locator(".clock")).ToContainTextAsync("Rule “CSAT 2” of policy version 2");
        // What was open already follows.
        await page.Open($"/cases/{open}");
        await Expect(page.Locator("article.case")).ToContainTextAsync("Critical", new() { Timeout = 20_000 });
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
