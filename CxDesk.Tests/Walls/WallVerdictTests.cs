using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;
using CxDesk.Tests.Live;

namespace CxDesk.Tests.Walls;

/// <summary>The colours of a wall, from intake to snapshot: what the pure rules say reaches the tile, and the past says the same.</summary>
public sealed class WallVerdictTests
{
    private static readonly Statement SetTarget = new("""
        INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy) VALUES (1, 1, 1, '2026-01-01', 4.4, 3, @at, 'test')
        """);

    private static readonly Statement SetWall = new("UPDATE Walls SET Document = @json WHERE Code = 'main'");
    private static readonly Statement SetWallThen = new("UPDATE WallVersions SET Document = @json");

    private static readonly Statement LimitWait = new("UPDATE Measures SET UpperLimit = 300 WHERE Code = 'wait'");
    private static readonly Statement ExpectSilence = new("UPDATE Sources SET ExpectedSilenceMinutes = @minutes WHERE Code = @code");

    private static readonly WallTileSpec North = new() { Kind = WallTileKind.Score, Unit = "north" };

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "27")]
    public async Task A_tile_turns_red_once_it_is_certain_and_says_since_when_and_the_past_says_the_same(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        await floor.Do(SetTarget, new { at = floor.Now.AddDays(-30) });
        foreach (var statement in (Statement[])[SetWall, SetWallThen]) await floor.Do(statement, new { json = Wall(North).ToJson() });
        var start = floor.Now;
        var pushed = new List<(DateTimeOffset At, Standing Standing, FigureReason Reason, DateTimeOffset? Since)>();
        var walls = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
        static ScoreFigure Tile(WallSnapshot wall) => (ScoreFigure)wall.Pages[0].Tiles[0];
        for (var minute = 0; minute < 40; minute++)
        {
            floor.Now = start.AddMinutes(minute);
            // On target for a while, then not.
            await floor.Answer([.. Enumerable.Range(0, 2).Select(i => floor.Of(floor.Now.AddSeconds(-1 - i), csat: minute < 15 ? 4 + i : 3 + i))]);
            var figure = Tile(await walls.Read("main", LiveFloor.Display));
            pushed.Add((floor.Now, figure.Standing, figure.Reason, figure.Since));
            Assert.Equal(figure.Standing, figure.Score.Standing);
            Assert.Equal(2 * (minute + 1), figure.Score.N);
            if (figure.Score.Score is not null) Assert.True(figure.Score.Low < figure.Score.Score && figure.Score.Score < figure.Score.High);
        }
        Assert.Equal(FigureReason.TooFew, pushed[1].Reason);
        Assert.Equal((Standing.Good, FigureReason.OnTarget), (pushed[14].Standing, pushed[14].Reason));
        Assert.Contains(pushed, p => p is { Standing: Standing.Unknown, Reason: FigureReason.PerhapsUnder });
        Assert.Contains(pushed, p => p is { Standing: Standing.Watch, Reason: FigureReason.ProbablyUnder });
        Assert.Equal((Standing.Bad, FigureReason.Under), (pushed[^1].Standing, pushed[^1].Reason));

        // It says the minute of the answer that brought it, and goes on saying it.
        var first = pushed.First(p => p.Standing == Standing.Bad);
        Assert.All(pushed.Where(p => p.Standing == Standing.Bad), p => Assert.Equal(first.At.AddMinutes(-1), p.Since));
        Assert.All(pushed.Where(p => p.Standing is Standing.Good or Standing.Unknown), p => Assert.Null(p.Since));
        foreach (var (at, standing, reason, since) in pushed)
            Assert.Equal((standing, reason, since), Tile(await walls.ReadAt("main", at, LiveFloor.Display)) is var then ? (then.Standing, then.Reason, then.Since) : default);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_measure_over_its_limit_says_since_when_and_the_past_says_the_same(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        await floor.Do(LimitWait);
        var wait = new WallTileSpec { Kind = WallTileKind.Measure, Measure = "wait" };
        foreach (var statement in (Statement[])[SetWall, SetWallThen])
            await floor.Do(statement, new { json = Wall(wait, wait with { Window = LiveWindow.Hour }, wait with { Window = LiveWindow.Week }).ToJson() });
        var start = floor.Now;
        var walls = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
        var pushed = new List<(DateTimeOffset At, IReadOnlyList<(Standing Standing, FigureReason Reason, DateTimeOffset? Since)> Tiles)>();
        static IReadOnlyList<(Standing, FigureReason, DateTimeOffset?)> Said(WallSnapshot wall) => [.. wall.Pages[0].Tiles.Select(t => (t.Standing, t.Reason, t.Since))];
        for (var minute = 0; minute < 30; minute++)
        {
            floor.Now = start.AddMinutes(minute);
            await floor.Measure(floor.Now, minute < 5 ? 200 : 900, count: 10);
            pushed.Add((floor.Now, Said(await walls.Read("main", LiveFloor.Display))));
        }
        for (var tile = 0; tile < 3; tile++)
        {
            var bad = pushed.Where(p => p.Tiles[tile].Standing == Standing.Bad).ToList();
            Assert.Equal((FigureReason.OverLimit, 29), (bad[^1].Tiles[tile].Reason, (int)(bad[^1].At - start).TotalMinutes));
            Assert.All(bad, p => Assert.Equal(bad[0].At, p.Tiles[tile].Since));
            Assert.Null(pushed[0].Tiles[tile].Since);
        }
        foreach (var (at, tiles) in pushed) Assert.Equal(tiles, Said(await walls.ReadAt("main", at, LiveFloor.Display)));

        // Tomorrow it holds since a day that is over.
        floor.Now = start.AddDays(1);
        await floor.Measure(floor.Now, 900, count: 50);
        var week = (await walls.Read("main", LiveFloor.Display)).Pages[0].Tiles[2];
        Assert.Equal((Standing.Bad, (DateTimeOffset?)floor.Company.StartOf(floor.Company.DayOf(start))), (week.Standing, week.Since));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "35")]
    public async Task A_tile_may_be_as_silent_as_the_source_of_its_own_newest_item(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        await floor.Answer(floor.Of(floor.Now.AddMinutes(-5), region: "south") with { Source = "mail" }, floor.Of(floor.Now.AddMinutes(-2)));
        await floor.Measure(floor.Now.AddMinutes(-1), 200);
        await floor.Do(ExpectSilence, new { minutes = 600, code = "mail" });
        await floor.Do(ExpectSilence, new { minutes = 7, code = "phone" });
        var tiles = (await new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions())
            .Preview("x", "x", Wall(North, North with { Unit = "south" }, new() { Kind = WallTileKind.Measure, Measure = "wait" }), LiveFloor.Display)).Pages[0].Tiles;
        Assert.Equal([30.0, 600, 7], tiles.Select(t => t.Silence!.Value.TotalMinutes));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "32")]
    public async Task A_special_day_is_marked_on_the_trend_and_amber_on_the_tile_from_the_next_day_on(DatabaseProvider engine)
    {
        await using var floor = await LiveFloor.Create(engine);
        var today = floor.Company.DayOf(floor.Now);
        for (var back = XmrChart.BaselineDays; back > 0; back--)
            await floor.Answer([.. Enumerable.Range(0, 12).Select(i => floor.Of(floor.Now.AddDays(-back), csat: i < 6 + back % 3 ? 5 : 4))]);
        Assert.NotEqual(0, await new BaselineWriter(floor.Database.Db, floor.Company).FreezeNew());
        await floor.Answer([.. Enumerable.Range(0, 12).Select(i => floor.Of(floor.Now, csat: 3 + i % 2))]);
        var walls = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
        async Task<(ScoreFigure Score, TrendFigure Trend)> Read()
        {
            var tiles = (await walls.Preview("x", "x", Wall(North, North with { Kind = WallTileKind.Trend }), LiveFloor.Display)).Pages[0].Tiles;
            return ((ScoreFigure)tiles[0], (TrendFigure)tiles[1]);
        }

        // The day is not over: it is a point, and not judged.
        var before = await Read();
        Assert.Equal((Standing.Unknown, FigureReason.NoTarget), (before.Score.Standing, before.Score.Reason));
        Assert.Equal((today.AddDays(-24), today.AddDays(-1)), (before.Trend.Limits!.From, before.Trend.Limits.To));
        Assert.Equal((3.5, false), (before.Trend.Points[^1].Value, before.Trend.Points[^1].IsSpecial));
        Assert.DoesNotContain(before.Trend.Points, p => p.IsSpecial);
        Assert.True(before.Trend.Limits.Lower < before.Trend.Limits.Centre && before.Trend.Limits.Upper <= 5);

        floor.Now = floor.Now.AddDays(1);
        await floor.Answer([.. Enumerable.Range(0, 12).Select(i => floor.Of(floor.Now, csat: 4 + i % 2))]);
        var after = await Read();
        var tomorrow = floor.Company.StartOf(today.AddDays(1));
        Assert.Equal((Standing.Watch, FigureReason.FallingForCertain, tomorrow), (after.Score.Standing, after.Score.Reason, after.Score.Since));
        Assert.Equal([today], after.Trend.Points.Where(p => p.IsSpecial).Select(p => p.Day));
    }

    [Fact]
    public async Task Who_cannot_be_told_apart_shares_a_place_and_movers_are_clear_only_where_it_is_no_chance()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        foreach (var (agent, high, low) in ((string, int, int)[])[("ann", 30, 10), ("bob", 29, 11), ("cid", 28, 12), ("dan", 2, 38)])
            await floor.Answer([.. Enumerable.Range(0, high + low).Select(i => floor.Of(floor.Now.AddMinutes(-1), csat: i < high ? 5 : 3, agent: agent))]);
        // Yesterday all were like Dan.
        foreach (var agent in (string[])["ann", "bob", "cid", "dan"])
            await floor.Answer([.. Enumerable.Range(0, 40).Select(i => floor.Of(floor.Now.AddDays(-1), csat: i < 2 ? 5 : 3, agent: agent))]);
        var walls = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
        var leaders = new WallTileSpec { Kind = WallTileKind.Leaders, By = RollupBy.Agent };
        var tiles = (await walls.Preview("x", "x", Wall(leaders, leaders with { Kind = WallTileKind.Movers }), LiveFloor.Display)).Pages[0].Tiles;

        var ranks = ((LeadersFigure)tiles[0]).Rows.ToDictionary(r => r.Key, r => (r.BestRank, r.WorstRank));
        Assert.Equal(4, ((LeadersFigure)tiles[0]).Ranked);
        Assert.All((string[])["ann", "bob", "cid"], agent => Assert.Equal((1, 3), ranks[agent]));
        Assert.Equal((4, 4), ranks["dan"]);
        var movers = ((MoversFigure)tiles[1]).Rows;
        Assert.Equal(["ann", "bob", "cid"], movers.Where(m => m.Verdict == Verdict.Better).Select(m => m.Key));
        Assert.Equal(Verdict.NoClearChange, movers.Single(m => m.Key == "dan").Verdict);
    }

    private static WallDocument Wall(params WallTileSpec[] tiles) => new() { Pages = [new WallPage { Tiles = tiles }] };
}
