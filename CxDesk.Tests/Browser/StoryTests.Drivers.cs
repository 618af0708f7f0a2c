using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxDesk.Data.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

// What goes with satisfaction, and who stands where: from answers with ratings to the picture of them.
public sealed partial class StoryTests
{
    // The first calculation of a cold program on a busy machine.
    private const float Found = 30_000;

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task Ratings_become_drivers_on_a_page_whose_address_says_what_is_shown()
    {
        await SendRatings();
        var page = await As("elena", "/drivers");
        await Expect(page.Locator("svg.map path.point")).ToHaveCountAsync(2, new() { Timeout = Found });
        await Expect(page.Locator("[data-facts]")).ToContainTextAsync("n 90");
        await Expect(page.Locator("tr[data-attribute=speed]")).ToContainTextAsync("Fix first");
        await Expect(page.Locator("main")).ToContainTextAsync("That two things go together does not say that one brings the other.");
        await page.Picture("drivers", whole: true);

        await page.GetByRole(AriaRole.Link, new() { Name = "Recommendation" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("outcome=nps"));
        await Expect(page.Locator("[data-state=refused]")).ToBeVisibleAsync(new() { Timeout = Found });
        await page.GoBackAsync();
        await Expect(page.Locator("tr[data-attribute=speed]")).ToBeVisibleAsync(new() { Timeout = Found });

        // Who may open none of these answers gets nothing that rests on them.
        var mara = await As("mara", "/drivers");
        await Expect(mara.Locator("[data-state=refused]")).ToBeVisibleAsync(new() { Timeout = Found });
    }

    [Fact]
    public async Task Positions_are_chosen_on_the_map_and_followed_over_time()
    {
        await SendRatings();
        var page = await As("elena", "/positions?x=attribute:speed&y=attribute:warmth");
        var bubble = page.Locator("svg.map a[data-key=tv]");
        await bubble.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("pick=tv"));
        await Expect(page.Locator("tr.step").First).ToBeVisibleAsync();
        await Expect(bubble).ToHaveAttributeAsync("aria-current", "true");
        await Expect(bubble).ToBeFocusedAsync();
        await Expect(page.Locator("tr[data-key=tv]")).ToContainTextAsync("n 90");
        await page.Picture("positions", whole: true);
        await page.SetViewportSizeAsync(390, 844);
        Assert.False(await page.ScrollsSideways());
        await page.Locator("tr[data-key=tv] a").PressAsync("Enter");
        await Expect(page.Locator("tr.step")).ToHaveCountAsync(0);

        // The pages that a phone has no room for open by keyboard, and Escape closes them.
        var more = page.Locator(".rail li.more");
        await more.Locator("summary").PressAsync("Enter");
        await Expect(more.Locator("a.here")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(more.Locator("a.here")).ToBeHiddenAsync();
    }

    // The same each time, so that who sends them again changes nothing. None is low: they open no case.
    private async Task SendRatings(int daysAgo = 0)
    {
        var key = await new ApiKeyWriter(company.Database).Create(Viewer.System, $"ratings-{Guid.NewGuid()}", ApiKeyScopes.Ingest);
        var at = await company.Database.Read(s => Task.FromResult(s.Now));
        var answers = Enumerable.Range(0, 90).Select(i => new
        {
            externalId = $"rated-{daysAgo}-{i}", source = "ratings", respondedAt = at.AddDays(-daysAgo).AddMinutes(-i), channel = "phone", product = "tv", region = "east",
            scores = new { csat = 3 + i % 3 }, ratings = new { speed = 1 + i % 3 + i % 2, warmth = 4 + i * 7 % 11 % 2 },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses") { Headers = { { "X-Api-Key", key } }, Content = JsonContent.Create(answers) };
        using var response = await company.App.Http.SendAsync(request);
        var told = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(90, told.GetProperty("accepted").GetInt32() + told.GetProperty("duplicates").GetInt32());
    }
}
