using CxDesk.Data.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>
/// Takes the pictures of docs/screens from the demo company:
/// <c>CXDESK_SCREENSHOTS=docs/screens dotnet test --filter ScreenshotTests</c>, a folder seen from the repository's root.
/// </summary>
[Collection(BrowserFixture.Name)]
public sealed partial class ScreenshotTests(BrowserFixture browser)
{
    private static string Folder => Path.Combine(Repository.Root, Environment.GetEnvironmentVariable(WhenAskedForAttribute.Name)!);

    [WhenAskedFor]
    public async Task The_pages_of_the_demo_company_have_their_pictures_taken()
    {
        await using var app = await AppFixture.Start(("Demo__Enabled", "true"), ("Company__TimeZone", "Europe/Paris"));
        var desk = await browser.NewPage(app);
        await desk.GotoAsync("/login");
        await Take(desk, "sign-in");
        await desk.SignIn("executive", DemoCompany.Password, "/?window=7d&by=region");
        await Expect(desk.Locator(".demo")).ToHaveCountAsync(0, new() { Timeout = 300_000 });
        await desk.Open("/?window=7d&by=region");
        await Take(desk, "live", "[data-row]");

        var dark = await browser.NewPage(app, dark: true);
        await dark.SignIn("supervisor", DemoCompany.Password, "/cases?view=list");
        await dark.Locator("[data-open]").Nth(3).ClickAsync();
        await Take(dark, "case-dark", "article.case");

        var chinese = await browser.NewPage(app, "zh-CN", zone: "Asia/Shanghai");
        await chinese.SignIn("manager", DemoCompany.Password, "/?window=7d&by=product");
        await Take(chinese, "live-zh", "[data-row]");

        var admin = await browser.NewPage(app);
        await admin.SignIn("admin", DemoCompany.Password, "/admin/people");
        await Take(admin, "people", "tbody a");

        await CaseDesk(app, "en", "Europe/Paris", "");
        await CaseDesk(app, "zh-CN", "Asia/Shanghai", "-zh");

        await admin.Open("/admin/policies?rule=csat-medium");
        await admin.Locator("[aria-label='CSAT to']").FillAsync("3");
        await admin.Locator(".side button.primary").ClickAsync();
        await Rehearse(admin, "policy");
        var adminInChinese = await browser.NewPage(app, "zh-CN", dark: true, zone: "Asia/Shanghai");
        await adminInChinese.SignIn("admin", DemoCompany.Password, "/admin/policies");
        await Rehearse(adminInChinese, "policy-zh");

        var wall = await browser.NewPage(app, width: 1920, height: 1080);
        await wall.SignIn("wall", DemoCompany.Password);
        await Take(wall, "wall", "[data-tile=cases]");
    }

    /// <summary>The case desk and the calendar that it counts by, in one language.</summary>
    private async Task CaseDesk(AppFixture app, string language, string zone, string suffix)
    {
        var worker = await browser.NewPage(app, language, zone: zone);
        await worker.SignIn("supervisor", DemoCompany.Password, "/cases");
        await Take(worker, "cases" + suffix, "[data-case]");
        await worker.Open("/cases?view=list");
        await Take(worker, "case-list" + suffix, "[data-case]");
        await worker.Locator("[data-open]").Nth(3).ClickAsync();
        await Take(worker, "case" + suffix, "article.case");

        var admin = await browser.NewPage(app, language, zone: zone);
        await admin.SignIn("admin", DemoCompany.Password, "/admin/calendars");
        await admin.Locator(".units a:has-text('China')").ClickAsync();
        await Take(admin, "calendar" + suffix, "[data-unit=china]");
    }

    private static async Task Rehearse(IPage page, string name)
    {
        await page.Locator(".rehearsal button").ClickAsync();
        await page.Locator("[data-rehearsed]").WaitForAsync(new() { Timeout = 120_000 });
        await Take(page, name);
    }

    private static async Task Take(IPage page, string name, string? shows = null)
    {
        if (shows is not null) await page.Locator(shows).First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    private sealed class WhenAskedForAttribute : FactAttribute
    {
        public const string Name = "CXDESK_SCREENSHOTS";

        public WhenAskedForAttribute()
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Name))) Skip = $"Takes pictures for the docs only where {Name} names a folder.";
        }
    }
}
