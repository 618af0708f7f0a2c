using System.Net.Http.Json;
using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Displays;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Data.Walls;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

public sealed partial class ScreenshotTests
{
    private static readonly (string Language, string Suffix)[] WallLanguages = [("en", ""), ("zh-Hans", "-zh")];
    private static readonly (int Width, int Height, string Suffix)[] WallSizes = [(1920, 1080, ""), (3840, 2160, "-4k")];

    // Longer than the minute after which a figure that nobody could read again is not believed any more.
    private const float UntilStale = 120_000;

    /// <summary>Each state is brought about: by answers, by a case that nobody took in time, by a database that cannot be read and a server that is away.</summary>
    [WhenAskedFor]
    public async Task The_states_of_a_wall_have_their_pictures_taken()
    {
        var company = new CompanyFixture();
        await company.InitializeAsync();
        try
        {
            await Furnish(company);
            await Send(company);
            var ada = new Viewer { PersonId = await company.PersonId("ada"), Name = "Ada Admin", Role = Role.Admin, Reach = Reach.All };
            var floor = await Hang(company, ada, "Phone floor",
                new() { Kind = WallTileKind.Score }, new() { Kind = WallTileKind.Score, Unit = "north" }, new() { Kind = WallTileKind.Cases },
                new() { Kind = WallTileKind.Trend, Window = LiveWindow.Month }, new() { Kind = WallTileKind.Measure, Measure = "wait" }, new() { Kind = WallTileKind.Comments });
            var fresh = await Hang(company, ada, "New counter",
                new() { Kind = WallTileKind.Score, Product = "card" }, new() { Kind = WallTileKind.Score, Product = "loan" }, new() { Kind = WallTileKind.Score, Unit = "east", Metric = Metric.Ces },
                new() { Kind = WallTileKind.Number, Product = "card" }, new() { Kind = WallTileKind.Measure, Measure = "uptime" }, new() { Kind = WallTileKind.Cases, Unit = "east" });

            var few = await Screens(company, fresh);
            await Take(few, "few", "[data-tile=score]");
            await Task.WhenAll(few.Select(s => s.Page.CloseAsync()));

            for (var i = 0; i < 4; i++) await company.Post(i % 2 == 0 ? 4 : 5, i % 2 == 0 ? "north" : "east", i % 2 == 0 ? "A-1" : "A-3");
            var screens = await Screens(company, floor);
            await Take(screens, "normal", "[data-tile=trend] svg");

            var reference = await company.Post(1, "north", "A-1", comment: "Forty minutes in the queue, then the line went dead. Call me on 555 0142 938.");
            foreach (var screen in screens)
                await Expect(screen.Page.Locator("[data-tile=cases] [data-case]")).ToBeVisibleAsync(new() { Timeout = UntilStale });
            await Take(screens, "overdue", "[data-tile=cases]");

            var calendars = new RegionCalendars(new Company(new CompanyOptions()), new ChangeSignal());
            var claimed = await new CaseWriter(company.Database, calendars, new PolicyBook(new ChangeSignal()))
                .Do(ada with { PersonId = await company.PersonId("sven"), Name = "Sven Berg" }, new ClaimCase { CaseId = long.Parse(reference![2..], System.Globalization.CultureInfo.InvariantCulture) });
            Assert.IsType<CaseResult.Done>(claimed);
            foreach (var screen in screens) await Expect(screen.Page.Locator("[data-tile=cases]")).ToContainTextAsync("Sven Berg");
            await Take(screens, "claimed", "[data-tile=cases]");

            // Every read begins at the change log: without it none comes to an end.
            await Database(company, "ALTER TABLE ChangeLog RENAME TO ChangeLogAway");
            foreach (var screen in screens)
                await Expect(screen.Page.Locator("[data-tile=score] [data-stale=true]").First).ToBeVisibleAsync(new() { Timeout = UntilStale });
            await Take(screens, "stale", "[data-stale=true]");
            await Database(company, "ALTER TABLE ChangeLogAway RENAME TO ChangeLog");
            foreach (var screen in screens)
                await Expect(screen.Page.Locator("[data-stale=true]")).ToHaveCountAsync(0, new() { Timeout = UntilStale });

            await company.App.Kill();
            foreach (var screen in screens) await Expect(screen.Page.Locator(":root[data-disconnected]")).ToBeAttachedAsync(new() { Timeout = UntilStale });
            await Take(screens, "disconnected", "#connection");
        }
        finally
        {
            await company.DisposeAsync();
        }
    }

    /// <summary>Works around the clock, so that a case is overdue on any day of the week; has a target and a limit.</summary>
    private static async Task Furnish(CompanyFixture company)
    {
        var owner = new Company(new CompanyOptions());
        await new CalendarWriter(company.Database, owner).Save(Viewer.System, new SaveCalendar
        {
            UnitId = 1, Version = 0, UnitVersion = 1, Zone = null, Days = null,
            Hours = [.. Enum.GetValues<DayOfWeek>().Select(day => new WeekdayHours(day, BusinessHours.WholeDay))],
        });
        var policies = new PolicyWriter(company.Database, new PolicyBook(new ChangeSignal()));
        var minute = CasePolicy.First.Targets.High with { TargetMinutes = 1, FirstResponseMinutes = null, WarnMinutesBefore = null };
        var draft = await policies.SaveDraft(Viewer.System, CasePolicy.First with { Version = 0, Targets = CasePolicy.First.Targets with { High = minute } }, 0);
        await policies.SwitchOn(Viewer.System, draft, null);
        var wait = (await new CodesQuery(company.Database).Find(CodeList.Measures, "wait"))[0];
        await new CodeWriter(company.Database).Save(Viewer.System, CodeList.Measures, wait, wait with { UpperLimit = 300 });
        var today = owner.DayOf(new Now().GetUtcNow());
        await new TargetWriter(company.Database, owner).Set(Viewer.System, new SetTarget
        {
            Subject = TargetSubject.Unit(1), Indicator = Indicator.Csat, Target = 4.1, FromDay = today.AddDays(-90), Source = TargetSource.Management,
        });
    }

    /// <summary>Sixty days of answers, the same each time, with nothing low among them.</summary>
    private static async Task Send(CompanyFixture company)
    {
        var key = await new ApiKeyWriter(company.Database).Create(Viewer.System, "history", ApiKeyScopes.Ingest);
        string[] comments = ["Quick and friendly, thank you.", "客服很耐心，问题当场就解决了。", "Had to repeat my story, but it was solved.", "Clear answer at the first call.", "等待时间比上次短多了。"];
        (string Region, string Agent)[] places = [("north", "A-1"), ("north", "A-2"), ("east", "A-3")];
        var now = new Now().GetUtcNow();
        var answers = new List<object>();
        for (var day = 60; day >= 0; day--)
        {
            var start = day == 0 ? new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) : now.AddDays(-day);
            var span = day == 0 ? now - start : TimeSpan.FromHours(8);
            for (var i = 0; i < 45; i++)
            {
                var chance = (day * 31 + i * 17 + i * i * 7) % 100;
                var (region, agent) = places[i % places.Length];
                answers.Add(new
                {
                    externalId = $"history-{day}-{i}", source = "survey", respondedAt = start + span * (i / 45.0), channel = "phone", product = i % 2 == 0 ? "net" : "phone", region, agent,
                    scores = new { csat = chance < 12 ? 3 : chance < 58 ? 4 : 5 },
                    operational = new { wait = 150 + (chance * 3) % 140 },
                    comment = i % 9 == 0 ? comments[(day + i) % comments.Length] : null,
                });
            }
        }
        for (var i = 0; i < 3; i++)
            answers.Add(new { externalId = $"card-{i}", source = "survey", respondedAt = now.AddMinutes(-9 + i), channel = "phone", product = "card", region = "east", scores = new { csat = 4 } });
        answers.Add(new { externalId = "loan", source = "survey", respondedAt = now.AddDays(-3), channel = "phone", product = "loan", region = "east", scores = new { csat = 4 } });
        foreach (var batch in answers.Chunk(1000))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/responses") { Headers = { { "X-Api-Key", key } }, Content = JsonContent.Create(batch) };
            using var response = await company.App.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var stored = await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
            Assert.Equal(batch.Length, stored.GetProperty("accepted").GetInt32());
        }
        await new BaselineWriter(company.Database, new Company(new CompanyOptions())).FreezeNew();
    }

    /// <returns>The links of its displays, by language.</returns>
    private static async Task<Dictionary<string, string>> Hang(CompanyFixture company, Viewer actor, string name, params WallTileSpec[] tiles)
    {
        var code = await new WallWriter(company.Database).Create(actor, name, new WallDocument { Pages = [new WallPage { Tiles = tiles }] });
        var wall = (await new WallsQuery(company.Database).Find(actor, code))!;
        var links = new Dictionary<string, string>();
        foreach (var (language, _) in WallLanguages)
            links[language] = (await new DisplayWriter(company.Database).Make(actor, new SaveDisplay { Name = $"{name} {language}", WallId = wall.Id, Language = language })).Token;
        return links;
    }

    private async Task<IReadOnlyList<(IPage Page, string Suffix)>> Screens(CompanyFixture company, Dictionary<string, string> links)
    {
        var screens = new List<(IPage, string)>();
        foreach (var (language, spoken) in WallLanguages)
            foreach (var (width, height, size) in WallSizes)
            {
                var page = await browser.NewPage(company.App, width: width, height: height);
                await page.Open($"/display/{links[language]}");
                screens.Add((page, spoken + size));
            }
        return screens;
    }

    private static async Task Take(IReadOnlyList<(IPage Page, string Suffix)> screens, string state, string shows)
    {
        foreach (var (page, suffix) in screens) await Take(page, $"wall-{state}{suffix}", shows);
    }

    private static async Task Database(CompanyFixture company, string command)
    {
        await using var connection = new SqliteConnection($"Data Source={company.App.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var sql = connection.CreateCommand();
        sql.CommandText = command;
        await sql.ExecuteNonQueryAsync();
    }

    // The app runs on the wall clock, so what is sent to it does too.
    private sealed class Now : TimeProvider;
}
