using System.Text;
using System.Text.RegularExpressions;
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
        var page = await As("elena", "/scorecards?by=team");
        foreach (var (address, ready, says) in ((string, string, string)[])[
            ("/scorecards?by=team", "table.scores", "CSAT 1 to 5"), ("/scorecards?by=region&why=1", "table.scores", "n "), ("/targets", "[data-paper]", "CSAT 1 to 5"), ("/?window=30d", "[data-board]", "Meridian"),
            ("/cases?view=list", "[data-paper]", "Cases"), ("/drivers?", "[data-facts]", "n 90"), ("/positions?x=attribute:speed&y=attribute:warmth", "[data-facts]", "")])
        {
            await page.Open(address);
            await Expect(page.Locator(ready).First).ToBeAttachedAsync(new() { Timeout = Found });
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            var head = page.Locator("[data-paper], [data-facts]").First;
            await Expect(head).ToBeVisibleAsync();
            await Expect(head).ToContainTextAsync(says);
            await Expect(head).ToContainTextAsync("(Europe/Paris, UTC+");
            await Expect(page.Locator(".rail")).ToBeHiddenAsync();
            Assert.False(await page.Locator("main :is(button:not(.table button), select):visible").CountAsync() > 0, $"{address}: a button is on paper");
            foreach (var format in (string[])["A4", "Letter"])
                Assert.True(Sheets(await page.PdfAsync(new() { Format = format })) == 1, $"{address} takes more than one sheet of {format}");
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
            await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        }
    }

    private static int Sheets(byte[] pdf) => Page().Count(Encoding.Latin1.GetString(pdf));

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex Page();
}
