using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxDesk.Data.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

// What is taken away on paper: one sheet, which says what it is of and when.
public sealed partial class StoryTests
{
    [Fact]
    public async Task Each_page_prints_on_one_sheet_of_A4_and_of_Letter_with_filter_n_and_time_at_its_head()
    {
        await SendRatings();
        await SendWaits();
        var page = await As("elena", "/scorecards?by=team");
        foreach (var (address, ready, says) in ((string, string, string[])[])[
            ("/scorecards?by=team", "table.scores", ["Meridian", "CSAT 1 to 5", "against "]), ("/scorecards?by=region&why=1", "table.scores", ["CSAT 1 to 5"]),
            ("/scorecards?by=team&compare=fair", "table", ["Meridian", "CSAT 1 to 5"]), ("/scorecards?by=answer&days=7", "ol.answers", ["Meridian"]),
            ("/targets", "[data-paper]", ["CSAT 1 to 5"]), ("/?window=30d", "[data-board]", ["Meridian"]), ("/cases?view=list", "[data-paper]", ["Cases"]), ("/drivers?", "[data-facts]", ["n 90"]),
            ("/positions?x=attribute:speed&y=attribute:warmth", "[data-facts]", ["Products", "Meridian"]), ("/curves?product=line", "svg", ["CSAT", "Wait", "Meridian", "n 240"]), ("/warnings", "[data-paper]", ["n "])])
        {
            await page.Open(address);
            await Expect(page.Locator(ready).First).ToBeAttachedAsync(new() { Timeout = Found });
            // Whatever is taken away as a file says the same of itself as the sheet does; a list of cases is for other programs.
            foreach (var file in await page.Locator("a[download]:not([href^='/cases'])").EvaluateAllAsync<string[]>("links => [...new Set(links.map(a => a.getAttribute('href')))]"))
            {
                var text = await (await page.Context.APIRequest.GetAsync(file)).TextAsync();
                Assert.True(text.StartsWith("\uFEFFAbout,", StringComparison.Ordinal) && text.Contains("\r\nRead at,20") && text.Contains("\r\n\r\n"), $"{file}: {text}");
            }
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            var head = page.Locator("[data-paper], [data-facts]").First;
            await Expect(head).ToBeVisibleAsync();
            foreach (var said in says) await Expect(head).ToContainTextAsync(said);
            if (address is not "/cases?view=list") await Expect(page.Locator("a[download]")).Not.ToHaveCountAsync(0);
            await Expect(head).ToContainTextAsync(new Regex(@"n [\d,]+"));
            await Expect(head).ToContainTextAsync("(Europe/Paris, UTC+");
            await Expect(page.Locator(".rail")).ToBeHiddenAsync();
            Assert.False(await page.Locator("main :is(button:not(.table button), select):visible").CountAsync() > 0, $"{address}: a button is on paper");
            await FitsOneSheet(page, address);
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
            await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        }
    }

    // Enough for a curve: who waits longer is less content, and none is low.
    private async Task SendWaits()
    {
        var key = await new ApiKeyWriter(company.Database).Create(Viewer.System, $"waits-{Guid.NewGuid()}", ApiKeyScopes.Ingest);
        var at = await company.Database.Read(s => Task.FromResult(s.Now));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses")
        {
            Headers = { { "X-Api-Key", key } },
            Content = JsonContent.Create(Enumerable.Range(0, 240).Select(i => new
            {
                externalId = $"waited-{i}", source = "waits", respondedAt = at.AddMinutes(-i), channel = "phone", product = "line", region = "east",
                scores = new { csat = i % 3 == 0 ? 4 : i % 60 < 40 ? 5 : 3 }, operational = new { wait = 10 + i % 60 * 9 },
            })),
        };
        using var response = await company.App.Http.SendAsync(request);
        var told = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(240, told.GetProperty("accepted").GetInt32() + told.GetProperty("duplicates").GetInt32());
    }

    private static async Task FitsOneSheet(IPage page, string address)
    {
        foreach (var format in (string[])["A4", "Letter"])
            Assert.True(Sheets(await page.PdfAsync(new() { Format = format })) == 1, $"{address} takes more than one sheet of {format}");
    }

    private static int Sheets(byte[] pdf) => Page().Count(Encoding.Latin1.GetString(pdf));

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex Page();
}
