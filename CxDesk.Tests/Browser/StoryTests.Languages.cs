using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

// Every main page in both languages: what the program says itself, not what people typed, is in the one asked for.
public sealed partial class StoryTests
{
    // Headings, labels, buttons and columns; cells and the place in the hierarchy hold names that people gave.
    private const string Chrome =
        "nav.rail a, h1:not(article h1), h2, th[scope=col], thead th, legend, label, .chip, main button, .button, option, .tile .title, .lead, .hint, .empty, .none, [role=status]";

    // Names of things that are the same in Chinese, and the codes that the test itself sent.
    private static readonly string[] Same =
        ["CxDesk", "CSAT", "NPS", "CES", "CSV", "API", "Webhook", "English", "org", "import", "north", "east", "net", "phone", "North", "East", "Phone", "Shop", "Mail", "UTC", "IANA", "company", "Meridian", "Ada", "Admin", "speed", "warmth", "line", "wait"];

    [Fact]
    public async Task Chinese_pages_hold_no_English_and_the_header_switches()
    {
        var reference = await company.Post(1, "north", "A-1", comment: "线路又断了", customer: new { id = "K-1", name = "周霞", phone = "010 5555" });
        var page = await As("ada", "/", "zh-CN");

        foreach (var (address, shown) in new[]
        {
            ("/?window=7d", "[data-low]"), ("/cases", "[data-case]"), ("/cases?view=list", "tr[data-case]"), ($"/cases/{reference}", "article.case"),
            ("/scorecards", "tr[data-key]"), ("/targets", "[data-level]"), ("/drivers", "[data-state=refused], svg.map"), ("/positions", "tr[data-key]"), ("/curves", "main h1"), ("/warnings", "main h1"), ("/admin", "main a"), ("/admin/units", "main table"), ("/admin/people", "tbody a"),
            ("/admin/codes", "main h1"), ("/admin/keys", "main h1"), ("/admin/jobs", "[data-job]"), ("/admin/health", "main h1"),
        })
        {
            await page.Open(address);
            await page.Locator(shown).First.WaitForAsync();
            await Speaks(page);
        }

        var before = page.Url;
        await page.GotoAsync("/account");
        await Speaks(page);
        await page.Open(before);

        var stranger = await browser.NewPage(company.App, "zh-CN");
        _pages.Add(stranger);
        await stranger.GotoAsync("/login");
        await Speaks(stranger);

        await page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "简体中文" })).ToBeVisibleAsync();
        Assert.Equal(before, page.Url);
        await Expect(page.GetByRole(AriaRole.Navigation).First).ToContainTextAsync("Scorecards");
    }

    private static async Task Speaks(IPage page)
    {
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        await Expect(page.Locator("main")).ToContainTextAsync(Han());
        var texts = await page.Locator(Chrome).AllInnerTextsAsync();
        Assert.NotEmpty(texts);
        var english = texts.Where(text => Words().Matches(text).Any(word => !Same.Contains(word.Value))).Distinct();
        Assert.True(!english.Any(), $"{page.Url} speaks English: {string.Join(" | ", english)}");
    }

    [GeneratedRegex("[\u4e00-\u9fff]{2}")]
    private static partial Regex Han();

    [GeneratedRegex("[A-Za-z]{3,}")]
    private static partial Regex Words();
}
