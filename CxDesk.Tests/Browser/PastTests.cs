using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>What a wall showed is what its past shows.</summary>
[Collection(BrowserFixture.Name)]
public sealed class PastTests(BrowserFixture browser, CompanyFixture company) : IClassFixture<CompanyFixture>
{
    [Fact]
    public async Task The_past_of_a_wall_is_what_stood_on_it()
    {
        for (var i = 0; i < 6; i++) await company.Post(4, "north", "A-1");
        var taken = await company.Post(1, "north", "A-1", customer: new { id = "K-P1", name = "Ann Past", value12m = 50_000 });
        var wall = await browser.NewPage(company.App, width: 1920, height: 1080);
        await wall.SignIn("wall", CompanyFixture.Password, "/wall");
        await Expect(wall.Locator("[data-tile=cases] .figure")).ToHaveTextAsync("1");
        await Expect(wall.Locator("[data-tile=score]").First).ToContainTextAsync("n 7");
        var (first, firstAt) = (await Shown(wall), company.Database.Now);

        for (var i = 0; i < 3; i++) await company.Post(5, "east", "A-3");
        await company.Post(1, "east", "A-3", customer: new { id = "K-P2", name = "Bo Past", value12m = 60_000 });
        await Expect(wall.Locator("[data-tile=cases] .figure")).ToHaveTextAsync("2");
        await Expect(wall.Locator("[data-tile=score]").First).ToContainTextAsync("n 11");
        var (second, secondAt) = (await Shown(wall), company.Database.Now);
        Assert.NotEqual(first, second);

        var page = await browser.NewPage(company.App, width: 1600, height: 1100);
        await page.SignIn("sven", CompanyFixture.Password, $"/wall/main/past?at={At(firstAt)}&page=1");
        await Expect(page.Locator("figure[data-past] figcaption")).ToContainTextAsync("Past");
        Assert.Equal(first, await Shown(page));
        Assert.Equal(0, await page.Locator(".claim").CountAsync());
        Assert.False(await page.ScrollsSideways());
        await page.Open($"/wall/main/past?at={At(secondAt)}&page=1");
        await Expect(page.Locator("figure[data-past]")).ToBeVisibleAsync();
        Assert.Equal(second, await Shown(page));

        // The address is the state: a step back is another address, which says the same to whoever opens it.
        await page.GetByRole(AriaRole.Button, new() { Name = "1 day back" }).ClickAsync();
        var before = secondAt.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"at={before}"));
        await Expect(page.Locator($"figure[data-past='{before}']")).ToBeVisibleAsync();
        await Expect(page.Locator("figure[data-past] [data-tile]")).ToHaveCountAsync(0);

        await page.Open("/wall/main/past?at=2020-01-01T10:00");
        await Expect(page.Locator(".time .fault")).ToContainTextAsync("90 days");
        Assert.NotNull(taken);
    }

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // Without the ages, which count on.
    private static async Task<string> Shown(IPage page) =>
        string.Join('\n', await page.Locator(".sheet :is(h2, .figure, .beside, [data-case] b)").AllInnerTextsAsync());
}
