using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;
using CxDesk.Tests.Shell;

namespace CxDesk.Tests.Live;

public sealed class LiveFilterTests
{
    private static readonly Statement AddTeam = new("""
        INSERT INTO Units (ParentId, Kind, Code, Name) SELECT Id, 3, @team, @team FROM Units WHERE Kind = 2 AND Code = @region
        """);
    private static readonly Statement AddPlace = new("""
        INSERT INTO Places (PersonId, UnitId, Role, FromDay) SELECT p.Id, u.Id, 1, @from FROM People p CROSS JOIN Units u WHERE p.AgentCode = @agent AND u.Kind = 3 AND u.Code = @team
        """);
    private static readonly Statement Plain = new("""
        SELECT COUNT(a.Csat) AS N, AVG(CAST(a.Csat AS float)) AS Mean
        FROM Answers a JOIN Units r ON r.Id = a.RegionId JOIN Units t ON t.Id = a.TeamId JOIN Products p ON p.Id = a.ProductId
        WHERE a.RespondedAt >= @from AND a.RespondedAt < @to AND (@unit IS NULL OR r.Code = @unit OR t.Code = @unit) AND (@product IS NULL OR p.Code = @product)
        """);
    private static readonly Statement SetTarget = new("""
        INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy) VALUES (1, 1, 1, @day, 3.5, 3, @at, 'test')
        """);

    private static readonly string?[] Units = [null, "north", "south", "n1", "n2", "s1", "north/no-team"];
    private static readonly string?[] Products = [null, "p0", "p1", "p2"];

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Tile_table_chart_scorecard_answers_and_cases_say_the_same_for_any_filter_and_children_sum_to_their_parent(DatabaseProvider engine)
    {
        await using var floor = await Busy(engine);
        var random = new Random(5);
        Viewer[] viewers =
        [
            LiveFloor.Executive, LiveFloor.Display,
            new() { PersonId = 901, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [await floor.Region("north")] },
        ];
        for (var round = 0; round < 40; round++)
        {
            var filter = new LiveFilter(Pick<LiveWindow>(random), LiveBy.Region) { Unit = Units[random.Next(Units.Length)], Product = Products[random.Next(Products.Length)] };
            var viewer = viewers[random.Next(viewers.Length)];
            var board = await floor.Read(filter, viewer);
            var said = $"{round}: {filter}, {viewer.Name}";
            var total = board.Scores.Csat;

            // What was answered, plainly counted, in the company's zone.
            var (from, to) = (board.Answers!.From, board.Answers.To);
            var plain = await floor.Value<(long N, double? Mean)>(Plain, new { from, to, unit = filter.Unit, product = filter.Product });
            Assert.True(plain.N == total.N, said);
            if (!total.Withheld) Assert.Equal(plain.Mean ?? double.NaN, total.Score ?? double.NaN, 9);
            // The last point of the chart is the tile of today.
            if (filter.Window == LiveWindow.Today) Assert.Equal(total.Score, total.Trend[^1]);

            // The tile, which is a wall's.
            foreach (var (tile, score) in board.Tiles.OfType<ScoreFigure>().Zip([board.Scores.Csat, board.Scores.Nps, board.Scores.Ces]))
                Assert.Equal((said, score.N, score.Score, score.Low, score.High, score.Withheld), (said, tile.Score.N, tile.Score.Score, tile.Score.Low, tile.Score.High, tile.Score.Withheld));

            // The list of answers is as long as the tile says, for whom it opens.
            if (total.MayOpen) Assert.True((await floor.Database.Db.Read(s => AnswersQuery.Read(s, viewer, board.Answers, count: 1_000))).Count == total.N, said);

            foreach (var by in Enum.GetValues<LiveBy>())
            {
                var rows = (await floor.Read(filter with { By = by }, viewer)).Rows;
                if (by == LiveBy.Agent && viewer != LiveFloor.Executive) continue;
                Assert.True(total.N == rows.Sum(r => r.N), $"{said}: {by} {total.N} {string.Join(',', rows.Select(r => r.N))}");
                if (rows.All(r => !r.Withheld) && total is { Withheld: false, N: > 0 })
                    Assert.Equal(total.Score!.Value, rows.Sum(r => r.N * (r.Score ?? 0)) / total.N, 9);
                // A row is the board of that row; the region of a team's board counts no more than the team.
                if (rows.Where(r => r.N > 0).ElementAtOrDefault(random.Next(3)) is { } row && by != LiveBy.Agent && !(by == LiveBy.Region && filter.Unit is not (null or "north" or "south")))
                {
                    var narrowed = await floor.Read(by == LiveBy.Product ? filter with { Product = row.Key } : filter with { Unit = row.Key }, viewer);
                    var own = narrowed.Scores.Csat;
                    Assert.Equal((row.N, row.Score, row.Low, row.High, row.Withheld), (own.N, own.Score, own.Low, own.High, own.Withheld));
                    Assert.Equal((row.Standing, row.Reason), (narrowed.Tiles[0].Standing, narrowed.Tiles[0].Reason));
                    Assert.Equal(row.Trend, own.Trend);
                }
                if (filter.Window == LiveWindow.Hour || filter.Product is not null || by == LiveBy.Agent) continue;
                var card = await floor.Database.Db.Read(s => CxDesk.Tests.Scorecards.Floor.Query.Read(s, viewer, new ScorecardFilter(new LiveFilter(filter.Window, by).RollupBy, Metric.Csat,
                    floor.Company.DayOf(floor.Now).AddDays(1 - filter.Window.Days()), floor.Company.DayOf(floor.Now).AddDays(1)) { Parent = filter.Unit }));
                Assert.Equal((card!.Total.N, card.Total.Score, card.Total.Withheld), (total.N, total.Score, total.Withheld));
                Assert.Equal(card.Rows.Where(r => r.N > 0).OrderBy(r => r.Key).Select(r => (r.Key, r.N, r.Score, r.Low, r.High, r.Target, r.Gap, r.Withheld)),
                    rows.Where(r => r.N > 0).OrderBy(r => r.Key).Select(r => (r.Key, r.N, r.Score, r.Low, r.High, r.Target, r.Gap, r.Withheld)));
            }

            if (viewer.Reach == Reach.None) continue;
            var desk = (await new CaseBoardQuery(floor.Database.Db, floor.Company, new CxDesk.Data.Calendars.RegionCalendars(floor.Company, floor.Database.Signal)).Read(viewer, new CaseBoardFilter { Unit = filter.Unit, Product = filter.Product }, CaseSort.Urgency, 1)).Counts;
            Assert.Equal((desk.New + desk.InProgress + desk.Waiting, desk.Overdue), (board.Cases.Open, board.Cases.Overdue));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_filter_that_names_nothing_for_this_viewer_shows_nothing_and_says_which(DatabaseProvider engine)
    {
        await using var floor = await Busy(engine);
        var key = new Viewer { Name = "key", Role = Role.Admin, Reach = Reach.Units, RegionIds = [await floor.Region("north")] };
        foreach (var (filter, viewer, missing) in ((LiveFilter, Viewer, string?)[])[
            (LiveFilter.Default with { Unit = "nowhere" }, LiveFloor.Executive, "unit"), (LiveFilter.Default with { Product = "nothing" }, LiveFloor.Executive, "product"),
            (LiveFilter.Default with { Unit = "south" }, key, "unit"), (LiveFilter.Default with { Unit = "n1" }, key, null)])
        {
            var board = await floor.Read(filter, viewer);
            Assert.Equal(missing, board.Missing);
            if (missing is null) continue;
            Assert.Equal((0, 0, 0, 0), (board.Scores.Csat.N, board.Rows.Sum(r => r.N), board.Cases.Open, board.Newest.Count));
            Assert.Null(board.Answers);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "36")]
    public async Task Outside_ones_own_place_there_are_figures_and_no_tile_says_that_no_case_is_open(DatabaseProvider engine)
    {
        await using var floor = await Busy(engine);
        var manager = new Viewer { PersonId = 901, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [await floor.Region("north")] };
        var (own, other) = (await floor.Read(LiveFilter.Default with { Unit = "north" }, manager), await floor.Read(LiveFilter.Default with { Unit = "south" }, manager));
        Assert.Equal((true, false), (own.SeesRows, other.SeesRows));
        Assert.Equal((true, false), (own.Tiles.Any(t => t is CasesFigure), other.Tiles.Any(t => t is CasesFigure)));
        Assert.Equal((true, false), (own.Scores.Csat.MayOpen, other.Scores.Csat.MayOpen));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "28")]
    public async Task Outside_ones_own_place_nothing_of_today_shows_and_a_week_ends_with_yesterday(DatabaseProvider engine)
    {
        await using var floor = await Busy(engine);
        var manager = new Viewer { PersonId = 901, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [await floor.Region("north")] };
        Assert.Equal("north", (await new LiveChoicesQuery(floor.Database.Db).Read(manager)).Home);
        foreach (var window in (LiveWindow[])[LiveWindow.Hour, LiveWindow.Today])
        {
            var board = await floor.Read(window, viewer: manager);
            Assert.True(board.IsHeld);
            Assert.All(board.Rows.Where(r => r.Key != "north"), r => Assert.Null(r.Score));
            Assert.Equal((await floor.Read(window)).Rows.Single(r => r.Key == "north").Score, board.Rows.Single(r => r.Key == "north").Score);
        }
        var (own, week) = (await floor.Read(new LiveFilter(LiveWindow.Week, LiveBy.Team) { Unit = "north" }, manager), await floor.Read(LiveWindow.Week, viewer: manager));
        Assert.False(own.IsHeld);
        var today = floor.Company.DayOf(floor.Now);
        var over = await floor.Database.Db.Read(s => Scorecards.Floor.Query.Read(s, Scorecards.Floor.Executive, new ScorecardFilter(RollupBy.Region, Metric.Csat, today.AddDays(-7), today)));
        Assert.Equal(over!.Total.N, week.Scores.Csat.N);
        Assert.Equal(over.Rows.Where(r => r.N > 0).Select(r => (r.Key, r.N)).Order(), week.Rows.Where(r => r.N > 0).Select(r => (r.Key, r.N)).Order());
    }

    [Fact]
    public async Task Programs_narrow_the_board_too_and_are_told_which_code_is_unknown()
    {
        await using var floor = await Busy(DatabaseProvider.Sqlite);
        await using var app = new InProcessApp(floor.Database, floor.Database.Time);
        using var client = await app.WithKey(ApiKeyScopes.Read);
        var board = await client.GetFromJsonAsync<JsonElement>("/api/v1/live?window=30d&by=team&unit=north&product=p1");
        Assert.Equal(("north", "p1", "team"), (board.GetProperty("unit").GetString(), board.GetProperty("product").GetString(), board.GetProperty("by").GetString()));
        Assert.Equal(board.GetProperty("scores").GetProperty("csat").GetProperty("n").GetInt64(), board.GetProperty("rows").EnumerateArray().Sum(r => r.GetProperty("n").GetInt64()));
        foreach (var (query, field) in ((string, string)[])[("unit=nowhere", "unit"), ("product=nothing", "product"), ("unit=north&product=nothing", "product"), ("by=planet", "by")])
        {
            var answer = await client.GetAsync("/api/v1/live?" + query);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), query);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Newest_low_answers_and_cases_hold_to_the_filter_too(DatabaseProvider engine)
    {
        await using var floor = await Busy(engine);
        var board = await floor.Read(LiveFilter.Default with { Unit = "south", Product = "p1" });
        Assert.NotEmpty(board.Newest);
        Assert.All(board.Newest, low => Assert.Equal(("south", "p1"), (low.Region, low.Product)));
        Assert.All(board.Cases.Urgent, urgent => Assert.Equal(("south", "p1"), (urgent.Region, urgent.Product)));
    }

    private static T Pick<T>(Random random) where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    // Two regions with two teams and one, agents in them and one in none, three products; some teams say next to nothing.
    private static async Task<LiveFloor> Busy(DatabaseProvider engine)
    {
        var floor = await LiveFloor.Create(engine);
        var (now, long_ago) = (floor.Now, floor.Now.AddDays(-60));
        await floor.Answer([.. Agents.Select(a => floor.Of(long_ago, region: a.Region, agent: a.Agent, product: "p0"))]);
        foreach (var (region, team) in ((string, string)[])[("north", "n1"), ("north", "n2"), ("south", "s1")]) await floor.Do(AddTeam, new { region, team });
        foreach (var (agent, _, team) in Agents) await floor.Do(AddPlace, new { agent, team, from = new DateOnly(2026, 1, 1) });
        var random = new Random(3);
        await floor.Answer([.. Enumerable.Range(0, 260).Select(i => Agents[random.Next(10) == 0 ? 3 : random.Next(Agents.Length)]).Select((a, i) => floor.Of(
            now.AddMinutes(-(i % 5 == 0 ? random.Next(1, 59) : random.Next(60, 42_000))), region: a.Region, agent: a.Agent, product: "p" + (random.Next(8) == 0 ? 2 : random.Next(2)),
            csat: i % 13 == 0 ? null : random.Next(1, 6), nps: random.Next(0, 11)))]);
        await floor.Do(SetTarget, new { day = new DateOnly(2026, 8, 1), at = now });
        return floor;
    }

    private static readonly (string Agent, string Region, string? Team)[] Agents =
        [("ann", "north", "n1"), ("ben", "north", "n2"), ("cai", "south", "s1"), ("dan", "south", null), ("eva", "north", "n1")];
}
