using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CxDesk.Data.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

// What a wait does: the curve of it with its break, and what the waits of now let expect.
public sealed partial class StoryTests
{
    [Fact]
    public async Task Where_satisfaction_breaks_is_drawn_and_a_limit_can_be_tried()
    {
        await SendWaits();
        var page = await As("elena", "/curves?product=line");
        await Expect(page.Locator("figure.curve[data-kind=Segmented] path.dot").First).ToBeAttachedAsync(new() { Timeout = Found });
        await Expect(page.Locator("main header")).ToContainTextAsync(new Regex(@"CSAT (holds until Wait reaches|bends where Wait is) \d:\d\d \(95 %: \d:\d\d – \d:\d\d\)"));
        await Expect(page.Locator("p.basis")).ToContainTextAsync("n 240");
        await Expect(page.Locator("table.bins tbody tr")).Not.ToHaveCountAsync(0);
        await page.Locator("#limit").FillAsync("4:30");
        await page.Locator("form.try button").ClickAsync();
        await page.IsAt("limit=270");
        await Expect(page.Locator("tr.chosen[data-limit='270'] .change")).ToContainTextAsync("+0.");
        await Expect(page.Locator(".mark.tried")).ToHaveTextAsync("Tried 4:30");
        await page.Picture("curves", whole: true);
        // On a phone every figure of a limit is there without a sideways pull.
        await page.SetViewportSizeAsync(390, 844);
        Assert.False(await page.ScrollsSideways());
        Assert.True(await page.Locator("tr.chosen td.low").EvaluateAsync<bool>("e => e.getBoundingClientRect().right <= innerWidth"));
    }

    [Fact]
    public async Task A_long_wait_of_the_last_hour_warns_of_the_low_scores_to_come_with_its_hit_rate()
    {
        await SendQueue();
        // Nobody else of her reach looks here: boards are kept for five minutes.
        var page = await As("eve", "/warnings?queue=mail");
        var row = page.Locator("tr[data-queue=mail]");
        await Expect(row).ToHaveAttributeAsync("data-state", "warning", new() { Timeout = Found });
        await Expect(row).ToContainTextAsync(new Regex(@"Average wait passed \d:\d\d: expect [\d.]+ ± [\d.]+ low scores by \d\d:\d\d; usual are [\d.]+"));
        await Expect(row).ToContainTextAsync(new Regex(@"\d+ of \d+ warnings in the last 4 weeks came true \([\d.]+ %; 95 %: .+ The 90 % interval held [\d.]+ % of [\d,]+ times\."));
        foreach (var bars in await page.Locator("[data-story=mail] figure.bars").AllAsync())
            Assert.Equal(await bars.Locator("tbody tr").CountAsync(), await bars.Locator("svg rect").CountAsync());
        await Expect(page.Locator("[data-story=mail] figure.bars")).ToHaveCountAsync(3);
        await page.Picture("warnings", whole: true);
        await FitsOneSheet(page, "/warnings");
        await page.SetViewportSizeAsync(390, 844);
        Assert.False(await page.ScrollsSideways());
        await page.GetByRole(AriaRole.Link, new() { Name = "简体中文" }).Or(page.GetByRole(AriaRole.Button, new() { Name = "简体中文" })).ClickAsync();
        await Expect(row).ToContainTextAsync(new Regex(@"平均等待超过 \d:\d\d：预计到 \d\d:\d\d 有 [\d.]+ ± [\d.]+ 个低分"));
    }

    // Ten weeks of a queue. At this hour of each third day who calls waits ten minutes, and an hour later five of them say
    // what they think of it; on the other days a minute, and nobody does. All low scores are of one customer: one case.
    private async Task SendQueue()
    {
        var key = await new ApiKeyWriter(company.Database).Create(Viewer.System, $"queue-{Guid.NewGuid()}", ApiKeyScopes.Ingest);
        var now = await company.Database.Read(s => Task.FromResult(s.Now));
        object Answer(string id, DateTimeOffset at, int csat, object? operational = null) =>
            new { externalId = id, source = "queue", respondedAt = at, channel = "phone", product = "tv", region = "east", agent = "A-3", customer = new { id = "Q-1" }, scores = new { csat }, operational };
        var days = Enumerable.Range(0, 70).ToList();
        await Send("measurements", days.Select(d => new
        {
            externalId = $"wait-{d}", source = "queue", measure = "wait", at = now.AddDays(-d).AddMinutes(-30), region = "east", agent = "A-3", value = d % 3 == 0 ? 600 : 60, count = 10,
        }));
        // What a wait does is told from these, of which each came with one: from four minutes on they are less content.
        await Send("responses", Enumerable.Range(0, 300).Select(i => Answer($"felt-{i}", now.AddDays(-35 - i % 30).AddHours(-9), i % 60 < 24 ? 5 - i % 2 : i % 60 < 30 ? 3 : 1 + i % 2, new { wait = 5 + i % 60 * 10 })));
        await Send("responses", days.Where(d => d > 0 && d % 3 == 0).SelectMany(d => Enumerable.Range(0, 5).Select(i => Answer($"said-{d}-{i}", now.AddDays(-d).AddMinutes(30), 1))));

        async Task Send(string path, IEnumerable<object> items)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Headers = { { "X-Api-Key", key } }, Content = JsonContent.Create(items) };
            using var response = await company.App.Http.SendAsync(request);
            var told = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(items.Count(), told.GetProperty("accepted").GetInt32() + told.GetProperty("duplicates").GetInt32());
        }
    }
}
