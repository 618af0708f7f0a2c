using CxDesk.Data.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

public sealed partial class ScreenshotTests
{
    private static readonly (string Name, string Address, string Shows)[] Explained =
    [
        ("scorecard", "/scorecards", "tr[data-key]"),
        ("scorecard-why", "/scorecards?why=1", "section.why table"),
        ("scorecard-fair", "/scorecards?by=team&compare=fair", "tr[data-key]"),
        ("targets", "/targets", "[data-level]"),
        ("drivers", "/drivers", "tr[data-attribute]"),
        ("positions", "/positions", "figure svg"),
        ("curves", "/curves", "figure.curve"),
        ("warnings", "/warnings", "[data-queue]"),
    ];

    /// <summary>What an executive looks at, at a desk and on a phone, in both languages.</summary>
    [WhenAskedFor]
    public async Task What_explains_the_scores_has_its_pictures_taken()
    {
        await using var app = await AppFixture.Start(("Demo__Enabled", "true"), ("Company__TimeZone", "Europe/Paris"));
        foreach (var (language, zone, suffix) in ((string, string, string)[])[("en", "Europe/Paris", ""), ("zh-CN", "Asia/Shanghai", "-zh")])
            foreach (var (width, height, size) in ((int, int, string)[])[(1366, 768, ""), (390, 844, "-phone")])
            {
                var page = await browser.NewPage(app, language, zone: zone, width: width, height: height);
                await page.SignIn("executive", DemoCompany.Password, "/scorecards");
                await Expect(page.Locator(".demo")).ToHaveCountAsync(0, new() { Timeout = 300_000 });
                foreach (var (name, address, shows) in Explained)
                {
                    await page.Open(address);
                    await page.Locator(shows).First.WaitForAsync(new() { Timeout = 90_000 });
                    // On a phone what is asked for stands under what is chosen.
                    if (size.Length > 0) await page.Locator(shows).First.EvaluateAsync("e => e.scrollIntoView({ block: 'center' })");
                    await Take(page, name + size + suffix);
                }
            }
    }
}
