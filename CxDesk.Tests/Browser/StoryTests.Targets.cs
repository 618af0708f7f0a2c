using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

// What everybody aims at: set from each source, inherited, changed and remembered.
public sealed partial class StoryTests
{
    [Fact]
    [Trait("Behaviour", "34")]
    public async Task Targets_come_from_three_sources_pass_down_the_tree_and_keep_their_history()
    {
        await SendRatings(daysAgo: 330);
        var page = await As("elena", "/targets?indicator=attribute:speed");
        ILocator Cell(string level, string name, string source) => page.Locator($"tr[data-level={level}]").Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = name }) }).Locator($"[data-source={source}]");
        var counts = new LocatorAssertionsToHaveAttributeOptions { Timeout = Found };

        await SetTarget("Meridian", "Industry", number: "3.5", note: "Speed index 2026");
        await Expect(Cell("Company", "Meridian", "Industry")).ToContainTextAsync("Speed index 2026");
        await Expect(Cell("Region", "East", "Industry")).ToContainTextAsync("from above");

        // What was rated in the same days last year, worked out from the answers.
        await SetTarget("East", "OwnBaseline");
        await Expect(Cell("Region", "East", "OwnBaseline")).ToContainTextAsync("n 90", new() { Timeout = Found });
        await Expect(Cell("Region", "East", "OwnBaseline")).ToHaveAttributeAsync("data-counts", "true", counts);

        await SetTarget("East", "Management", number: "4.2");
        await Expect(Cell("Region", "East", "Management")).ToHaveAttributeAsync("data-counts", "true", counts);
        await Expect(Cell("Region", "East", "OwnBaseline")).Not.ToHaveAttributeAsync("data-counts", "true");
        await Expect(Cell("Team", "Mail", "Management")).ToContainTextAsync("from above");
        await Expect(Cell("Team", "Mail", "Management")).ToContainTextAsync("4.20");

        await SetTarget("East", "Management", number: "9");
        await Expect(page.Locator(".field .fault")).ToBeVisibleAsync();
        await SetTarget("East", "Management", number: "4.4");
        await Expect(Cell("Region", "East", "Management")).ToContainTextAsync("4.40");
        var history = page.GetByRole(AriaRole.List, new() { Name = "As they were set" });
        foreach (var said in (string[])["4.40", "4.20", "Speed index 2026", "n 90"]) await Expect(history).ToContainTextAsync(said);
        await page.Picture("targets", whole: true);

        async Task SetTarget(string of, string source, string? number = null, string? note = null)
        {
            await page.GetByLabel("Of", new() { Exact = true }).First.SelectOptionAsync(new SelectOptionValue { Label = of });
            await page.GetByLabel("Where it comes from").SelectOptionAsync(source);
            if (number is not null) await page.GetByLabel("Number", new() { Exact = true }).FillAsync(number);
            if (note is not null) await page.GetByLabel("Where the figure comes from").FillAsync(note);
            await Button(page, "Set target").ClickAsync();
        }
    }
}
