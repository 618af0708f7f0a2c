using CxDesk.Data.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>
/// Takes the pictures of docs/screens from the demo company:
/// <c>CXDESK_SCREENSHOTS=docs/screens dotnet test --filter ScreenshotTests</c>, a folder seen from the repository's root.
/// </summary>
[Collection(BrowserFixture.Name)]
public sealed class ScreenshotTests(BrowserFixture browser)
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
        await desk.Open("/cases");
        await Take(desk, "cases", "[data-case]");
        await desk.Open("/cases?view=list");
        await Take(desk, "case-list", "[data-case]");
        await desk.Locator("tr[data-case] a").First.ClickAsync();
        await Take(desk, "case", "article.case");
        await desk.Open("/scorecards");
        await Take(desk, "scorecard", "tr[data-key]");

        var phone = await browser.NewPage(app, width: 390, height: 844);
        await phone.SignIn("executive", DemoCompany.Password, "/scorecards");
        await Take(phone, "scorecard-phone", "tr[data-key]");

        var dark = await browser.NewPage(app, dark: true);
        await dark.SignIn("supervisor", DemoCompany.Password, "/cases?view=list");
        await dark.Locator("tr[data-case] a").First.ClickAsync();
        await Take(dark, "case-dark", "article.case");

        var chinese = await browser.NewPage(app, "zh-CN", zone: "Asia/Shanghai");
        await chinese.SignIn("manager", DemoCompany.Password, "/?window=7d&by=product");
        await Take(chinese, "live-zh", "[data-row]");

        var admin = await browser.NewPage(app);
        await admin.SignIn("admin", DemoCompany.Password, "/targets");
        await Take(admin, "targets", "[data-level]");
        await admin.Open("/admin/people");
        await Take(admin, "people", "tbody a");

        var wall = await browser.NewPage(app, width: 1920, height: 1080);
        await wall.SignIn("wall", DemoCompany.Password);
        await Take(wall, "wall", "[data-tile=cases]");
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
