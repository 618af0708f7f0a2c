using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Live;

public sealed class LiveQueryTests
{
    private static readonly Statement PlainHour = new("""
        SELECT COUNT(Csat) AS N, AVG(CAST(Csat AS float)) AS Mean FROM Answers WHERE RespondedAt > @since
        """);
    private static readonly Statement PlainDays = new("""
        SELECT COUNT(Csat) AS N, AVG(CAST(Csat AS float)) AS Mean FROM Answers WHERE RespondedAt >= @from AND RespondedAt < @to
        """);
    private static readonly Statement SetTarget = new("""
        INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy) VALUES (1, 1, 1, @day, @target, 3, @at, 'test')
        """);
    private static readonly Statement SetLimit = new("UPDATE Measures SET UpperLimit = 300, Unit = 1");
    private static readonly Statement ShiftDeadline = new("UPDATE Cases SET DueAt = @due WHERE Id = (SELECT MIN(Id) FROM Cases)");
    private static readonly Statement RebuildNothing = new("DELETE FROM ChangeLog WHERE Id < (SELECT MAX(Id) FROM ChangeLog)");

    // Noon UTC on Monday is 20:00 in Shanghai; that day began on Sunday at 16:00 UTC.
    private static DateTimeOffset Utc(int day, int hour, int minute = 0) => new(2026, 9, day, hour, minute, 0, TimeSpan.Zero);

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Days_are_cut_in_the_companys_zone(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.WithAnswers(engine,
            (Utc(13, 15, 59), "north", 1), (Utc(13, 16), "north", 5), (Utc(14, 11), "north", 4), (Utc(7, 16), "north", 2), (Utc(7, 15, 59), "north", 3));
        Assert.Equal((2, 4.5), (await Csat(floor, LiveWindow.Today)));
        Assert.Equal((4, 3.0), (await Csat(floor, LiveWindow.Week)));
        Assert.Equal((5, 3.0), (await Csat(floor, LiveWindow.Month)));
        floor.Now = Utc(14, 16);
        Assert.Equal(0, (await floor.Read()).Scores.Csat.N);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_hour_slides_though_nothing_is_written(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.WithAnswers(engine, (Utc(14, 11, 1), "north", 2), (Utc(14, 11, 30), "south", 4));
        Assert.Equal((2, 3.0), await Csat(floor, LiveWindow.Hour));
        floor.Now = Utc(14, 12, 5);
        Assert.Equal((1, 4.0), await Csat(floor, LiveWindow.Hour));
        floor.Now = Utc(14, 12, 45);
        var board = await floor.Read(LiveWindow.Hour);
        Assert.Equal((0, null, null), (board.Scores.Csat.N, board.Scores.Csat.Score, board.NewestAt));
        Assert.Equal(Utc(14, 11, 30), board.LastAnswerAt);
        Assert.Equal(["north", "south"], board.Rows.Select(r => r.Key));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Every_window_equals_plain_SQL_and_the_scorecard(DatabaseProvider engine)
    {
        await using var floor = await Busy(engine);
        var plain = await floor.Value<(long N, double Mean)>(PlainHour, new { since = floor.Now.AddHours(-1) });
        Same(plain, (await floor.Read(LiveWindow.Hour)).Scores.Csat);
        foreach (var (window, days) in ((LiveWindow, int)[])[(LiveWindow.Today, 1), (LiveWindow.Week, 7), (LiveWindow.Month, 30)])
        {
            var (from, to) = (floor.Company.DayOf(floor.Now).AddDays(1 - days), floor.Company.DayOf(floor.Now).AddDays(1));
            plain = await floor.Value<(long N, double Mean)>(PlainDays, new { from = floor.Company.StartOf(from), to = floor.Company.StartOf(to) });
            Same(plain, (await floor.Read(window)).Scores.Csat);
            foreach (var by in Enum.GetValues<LiveBy>())
            {
                var board = await floor.Read(window, by);
                var scorecard = await floor.Database.Db.Read(s => CxDesk.Tests.Scorecards.Floor.Query.Read(s, LiveFloor.Executive,
                    new ScorecardFilter(new LiveFilter(window, by).RollupBy, Metric.Csat, from, to)));
                Assert.Equal(
                    scorecard!.Rows.Where(r => r.N > 0).OrderBy(r => r.Key).Select(r => (r.Key, r.N, r.Score, r.Low, r.High, r.Target, r.Gap, r.Withheld)),
                    board.Rows.Where(r => r.N > 0).OrderBy(r => r.Key).Select(r => (r.Key, r.N, r.Score, r.Low, r.High, r.Target, r.Gap, r.Withheld)));
                Assert.Equal(board.Scores.Csat.N, board.Rows.Sum(r => r.N));
            }
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "28")]
    public async Task A_display_is_not_shown_what_few_said_nor_what_gives_it_away(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        await floor.Answer([.. Enumerable.Range(0, 3).Select(_ => floor.Of(Utc(14, 11, 30), "north")),
            .. Enumerable.Range(0, 6).Select(_ => floor.Of(Utc(14, 11, 30), "south")), .. Enumerable.Range(0, 9).Select(_ => floor.Of(Utc(14, 11, 30), "west"))]);
        foreach (var window in (LiveWindow[])[LiveWindow.Hour, LiveWindow.Today])
        {
            var rows = (await floor.Read(window, viewer: LiveFloor.Display)).Rows;
            Assert.Equal([("north", 3L, true), ("south", 6, true), ("west", 9, false)], rows.Select(r => (r.Key, r.N, r.Withheld)));
            Assert.All(rows.Where(r => r.Withheld), r => Assert.True(r is { Score: null, Low: null, High: null, Gap: null } && r.Trend.All(t => t is null)));
            Assert.All((await floor.Read(window)).Rows, r => Assert.False(r.Withheld));
            Assert.Empty((await floor.Read(window, LiveBy.Agent, LiveFloor.Display)).Rows);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_display_gets_low_answers_without_anything_personal(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        await floor.Answer(floor.Of(Utc(14, 11), csat: 1, comment: "Wang Xiaoming called from 13800138000, wang@example.com", customer: new IncomingCustomer { Id = "K-77001", Name = "Wang Xiaoming" }));
        var shown = Assert.Single((await floor.Read(viewer: LiveFloor.Display)).Newest);
        Assert.Null(shown.Customer);
        Assert.Equal("••• called from •••, •••", shown.Comment);
        Assert.StartsWith("C-", shown.Case);
        var whole = Assert.Single((await floor.Read()).Newest);
        Assert.Equal(("K-77001", "Wang Xiaoming", shown.Case), (whole.Customer!.Id, whole.Customer.Name, whole.Case));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Rows_and_counts_end_at_ones_own_place(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.WithAnswers(engine, (Utc(14, 11), "north", 1), (Utc(14, 11), "south", 1), (Utc(14, 11), "south", 2));
        var north = await floor.Region("north");
        var manager = new Viewer { PersonId = 901, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [north] };
        var board = await floor.Read(viewer: manager);
        Assert.Equal((1, 1), (board.Cases.Open, board.Newest.Count));
        Assert.Equal(["north", "south"], board.Rows.Select(r => r.Key));
        var key = manager with { PersonId = null, Name = "key" };
        Assert.Equal((1, "north"), ((await floor.Read(viewer: key)).Scores.Csat.N, Assert.Single((await floor.Read(viewer: key)).Rows).Key));
        var agent = new Viewer { PersonId = 999, Name = "Ann", Role = Role.Agent, Reach = Reach.Own };
        board = await floor.Read(viewer: agent);
        Assert.Equal((0, 0, 0), (board.Cases.Open, board.Newest.Count, board.Scores.Csat.N));
        Assert.Equal(3, (await floor.Read()).Cases.Open);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "38")]
    public async Task A_deadline_that_passes_moves_the_case_though_nothing_was_written(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.WithAnswers(engine, (Utc(14, 1), "north", 1));
        floor.Now = Utc(14, 2);
        await floor.Do(ShiftDeadline, new { due = Utc(14, 2, 30) });
        Assert.Equal((1, 0, 1), await Late());
        floor.Now = Utc(14, 2, 31);
        Assert.Equal((1, 1, 0), await Late());
        Assert.True(Assert.Single((await floor.Read()).Cases.Urgent).Overdue);

        async Task<(int, int, int)> Late() => (await floor.Read()).Cases is var c ? (c.Open, c.Overdue, c.DueSoon) : default;
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_measure_is_the_mean_of_its_observations_against_its_limit(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        await floor.Measure(Utc(14, 11, 30), 400);
        await floor.Measure(Utc(14, 10), 200, count: 3);
        await floor.Do(SetLimit);
        var hour = Assert.Single((await floor.Read(LiveWindow.Hour)).Measures);
        // One observation over the limit says little.
        Assert.Equal((1, 400.0, Standing.Unknown, MeasureUnit.Seconds), (hour.N, hour.Value, hour.Standing, hour.Unit));
        var today = Assert.Single((await floor.Read()).Measures);
        Assert.Equal((4, 250.0, 300.0, Standing.Good), (today.N, today.Value, today.Limit, today.Standing));
        Assert.Equal([null, null, null, null, null, null, 250.0], today.Trend);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "37")]
    public async Task The_version_never_falls(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.WithAnswers(engine, (Utc(14, 11), "north", 4));
        var before = (await floor.Read()).Version;
        await floor.Answer(floor.Of(Utc(14, 11)));
        var after = (await floor.Read()).Version;
        Assert.True(after > before);
        await floor.Do(RebuildNothing);
        Assert.Equal(after, (await floor.Read(LiveWindow.Month, LiveBy.Product)).Version);
    }

    private static async Task<LiveFloor> Busy(DatabaseProvider engine)
    {
        var floor = await LiveFloor.Create(engine);
        var random = new Random(7);
        await floor.Answer([.. Enumerable.Range(0, 400).Select(i => floor.Of(
            floor.Now.AddMinutes(-random.Next(1, i % 4 == 0 ? 90 : 45_000)), region: i % 3 == 0 ? "south" : "north", csat: i % 11 == 0 ? null : random.Next(1, 6),
            nps: random.Next(0, 11), product: "p" + i % 5, agent: "a" + i % 9))]);
        foreach (var (day, target) in ((int, double)[])[(1, 3.5), (12, 4.0)])
            await floor.Do(SetTarget, new { day = new DateOnly(2026, 9, day), target, at = floor.Now });
        return floor;
    }

    private static async Task<(long, double?)> Csat(LiveFloor floor, LiveWindow window) =>
        (await floor.Read(window)).Scores.Csat is var csat ? (csat.N, csat.Score) : default;

    private static void Same((long N, double Mean) plain, LiveScore score)
    {
        Assert.Equal(plain.N, score.N);
        Assert.Equal(plain.Mean, score.Score!.Value, 10);
    }
}
