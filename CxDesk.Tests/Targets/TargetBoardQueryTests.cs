using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Targets;

public sealed class TargetBoardQueryTests
{
    private static readonly DateOnly Today = new(2026, 9, 14);

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task The_gap_is_that_of_the_scorecard_for_the_same_days(DatabaseProvider engine)
    {
        await using var database = await Start(engine);
        var board = await Read(database, Floor.Executive);
        var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(RollupBy.Team, Metric.Csat, Today.AddDays(-29), Today.AddDays(1)))))!;
        foreach (var row in card.Rows.Where(r => r.N > 0))
        {
            var shown = Row(board, row.KeyId);
            Assert.Equal(row with { Trend = shown.Figures.Trend, Cases = shown.Figures.Cases }, shown.Figures);
            Assert.Equal(30, shown.Gaps.Count);
        }
        Assert.Equal(
            ["Company", "north", "north-a", "north-b", "south", "south-a", "phone", "call"],
            board.Rows.Select(r => r.Figures.Name));
        Assert.Equal(1 - 4.5, Row(board, Floor.NorthA).Gaps[^1]);
        Assert.Equal(2 - 4.0, Row(board, Floor.NorthA).Gaps[^2]);
        Assert.Null(Row(board, Floor.NorthA).Gaps[0]);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_row_says_whose_target_it_has_and_which_comes_next(DatabaseProvider engine)
    {
        await using var database = await Start(engine);
        var board = await Read(database, Floor.ManagerOf(Floor.North));
        Assert.Equal((4.5, false), (Row(board, Floor.NorthA).InForce!.Target, Row(board, Floor.NorthA).IsInherited));
        Assert.Equal((4.0, true), (Row(board, Floor.NorthB).InForce!.Target, Row(board, Floor.NorthB).IsInherited));
        Assert.Equal(4.7, Row(board, Floor.NorthA).Next!.Target);
        Assert.Equal(["north", "north-a", "north-b"], board.Rows.Where(r => r.MaySet).Select(r => r.Figures.Name));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "28")]
    public async Task Small_teams_of_others_are_withheld(DatabaseProvider engine)
    {
        await using var database = await Start(engine);
        var row = Row(await Read(database, Floor.SupervisorOf(Floor.SouthA)), Floor.NorthB);
        // Of today nothing counts yet.
        Assert.Equal((2, true, null, null), (row.Figures.N, row.Figures.Withheld, row.Figures.Score, row.Figures.Gap));
        Assert.All(row.Gaps, Assert.Null);
        Assert.False(Row(await Read(database, Floor.ManagerOf(Floor.North)), Floor.NorthB).Figures.Withheld);
    }

    private static TargetBoardRow Row(TargetBoard board, int unit) => board.Rows.Single(r => r.Subject == TargetSubject.Unit(unit));

    private static Task<TargetBoard> Read(TestDatabase database, Viewer viewer) =>
        database.Db.Read(s => new TargetBoardQuery(Floor.Query).Read(s, viewer, Indicator.Csat, Today));

    private static async Task<TestDatabase> Start(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, [
            .. Enumerable.Range(0, 12).Select(i => new FloorAnswer(Today.AddDays(-i), Floor.NorthA, Csat: 1 + i % 5)),
            .. Enumerable.Range(0, 3).Select(i => new FloorAnswer(Today.AddDays(-i), Floor.NorthB, Csat: 4)),
            .. Enumerable.Range(0, 20).Select(i => new FloorAnswer(Today.AddDays(-i), Floor.SouthA, Csat: 2 + i % 4))]);
        var database = floor.Database;
        var writer = new TargetWriter(database.Db, database.Company);
        foreach (var (unit, day, target) in ((int, DateOnly, double)[])[(1, Today.AddDays(-40), 4.0), (Floor.NorthA, Today, 4.5), (Floor.NorthA, Today.AddDays(10), 4.7)])
            await writer.Set(Floor.Executive, new SetTarget { Subject = TargetSubject.Unit(unit), Indicator = Indicator.Csat, FromDay = day, Target = target, Source = TargetSource.Management });
        await new GapWriter(database.Db).Recalculate();
        return database;
    }
}
