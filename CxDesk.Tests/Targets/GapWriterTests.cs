using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Targets;

public sealed class GapWriterTests
{
    // TestTime stands on this day.
    private static readonly DateOnly Today = new(2026, 9, 14);
    private static readonly Statement Gaps = new("""
        SELECT g.Kind, g.MetricId, g.Statistic, g.Axis, g.KeyId, g.Day, g.N, g.Score, g.Target, d.CalculatedAt
        FROM TargetGaps g JOIN GapDays d ON d.Kind = g.Kind AND d.MetricId = g.MetricId AND d.Statistic = g.Statistic AND d.Day = g.Day
        WHERE g.Kind >= 0 ORDER BY g.Kind, g.MetricId, g.Statistic, g.Axis, g.KeyId, g.Day
        """);

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "34")]
    public async Task Recalculating_twice_changes_nothing(DatabaseProvider engine)
    {
        var (floor, database) = await Start(engine);
        await using var owned = database;
        var gaps = new GapWriter(database.Db);
        await Set(database, TargetSubject.Unit(1), Today.AddDays(-10), 4.0);
        Assert.NotEqual(0, await gaps.Recalculate());
        var first = await Read(database);
        Assert.Contains(first, g => g is { Axis: 0, KeyId: Floor.NorthA, N: 2, Score: 4.5, Target: 4.0 });

        database.Time.Now = database.Time.Now.AddMinutes(5);
        Assert.Equal(0, await gaps.Recalculate());
        Assert.Equal(first, await Read(database));

        await floor.Store([new FloorAnswer(Today, Floor.SouthA, Csat: 1)]);
        Assert.NotEqual(0, await gaps.Recalculate());
        var second = await Read(database);
        Assert.Equal(first.Where(g => g.Day < Today), second.Where(g => g.Day < Today));
        Assert.Contains(second, g => g is { Axis: 0, KeyId: Floor.SouthA, N: 1 } && g.Day == Today);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "34")]
    public async Task A_new_target_leaves_the_days_before_its_own_alone(DatabaseProvider engine)
    {
        var (_, database) = await Start(engine);
        await using var owned = database;
        var gaps = new GapWriter(database.Db);
        await Set(database, TargetSubject.Unit(1), Today.AddDays(-10), 4.0);
        await gaps.Recalculate();
        var before = await Read(database);

        await Set(database, TargetSubject.Unit(Floor.NorthA), Today, 4.8);
        await gaps.Recalculate();
        var after = await Read(database);
        Assert.Equal(before.Where(g => g.Day < Today), after.Where(g => g.Day < Today));
        Assert.Equal(4.8, after.Single(g => g is { Axis: 0, KeyId: Floor.NorthA } && g.Day == Today).Target);
        Assert.Equal(4.0, after.Single(g => g is { Axis: 0, KeyId: Floor.North } && g.Day == Today).Target);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "34")]
    public async Task A_target_in_the_past_is_refused_where_another_was_in_force(DatabaseProvider engine)
    {
        var (_, database) = await Start(engine);
        await using var owned = database;
        await Set(database, TargetSubject.Unit(1), Today.AddDays(-10), 4.0);
        foreach (var subject in (TargetSubject[])[TargetSubject.Unit(1), TargetSubject.Unit(Floor.NorthA), TargetSubject.Product(1)])
        {
            Assert.Equal("from", (await Assert.ThrowsAsync<InvalidField>(() => Set(database, subject, Today.AddDays(-1), 4.2))).Field);
            Assert.Equal("from", (await Assert.ThrowsAsync<InvalidField>(() => Set(database, subject, Today.AddDays(-20), 4.2))).Field);
        }
        await Set(database, TargetSubject.Unit(1), Today, 4.2);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_manager_sets_targets_in_their_region_alone(DatabaseProvider engine)
    {
        var (_, database) = await Start(engine);
        await using var owned = database;
        var manager = Floor.ManagerOf(Floor.North);
        await Set(database, TargetSubject.Unit(Floor.NorthA), Today, 4.2, manager);
        foreach (var subject in (TargetSubject[])[TargetSubject.Unit(1), TargetSubject.Unit(Floor.SouthA), TargetSubject.Product(1)])
            Assert.Equal("of", (await Assert.ThrowsAsync<InvalidField>(() => Set(database, subject, Today, 4.2, manager))).Field);
        foreach (var viewer in (Viewer[])[Floor.SupervisorOf(Floor.NorthA), Floor.AgentOf(101, Floor.NorthA), Floor.Display, Floor.KeyOf(Floor.North)])
            Assert.Equal("of", (await Assert.ThrowsAsync<InvalidField>(() => Set(database, TargetSubject.Unit(Floor.NorthA), Today, 4.2, viewer))).Field);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(5.1)]
    [InlineData(double.NaN)]
    public async Task A_target_that_no_score_can_reach_is_refused(double target)
    {
        var (_, database) = await Start(DatabaseProvider.Sqlite);
        await using var owned = database;
        Assert.Equal("target", (await Assert.ThrowsAsync<InvalidField>(() => Set(database, TargetSubject.Unit(1), Today, target))).Field);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_own_baseline_is_the_score_of_the_same_days_last_year(DatabaseProvider engine)
    {
        var (floor, database) = await Start(engine);
        await using var owned = database;
        var lastYear = Today.AddYears(-1);
        await floor.Store(
            [.. Enumerable.Range(0, 6).Select(i => new FloorAnswer(lastYear.AddDays(i), Floor.NorthA, Csat: 3)), new FloorAnswer(lastYear.AddDays(90), Floor.NorthA, Csat: 5), new FloorAnswer(lastYear.AddDays(-1), Floor.NorthA, Csat: 5)]);
        await Set(database, TargetSubject.Unit(Floor.North), Today, null, source: TargetSource.OwnBaseline);
        Assert.Equal(3, Assert.Single(await database.Db.Read(TargetQuery.All)).Target);
        Assert.Equal("baseline", (await Assert.ThrowsAsync<InvalidField>(() => Set(database, TargetSubject.Unit(Floor.South), Today, null, source: TargetSource.OwnBaseline))).Field);
    }

    private static async Task<(Floor, TestDatabase)> Start(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine,
            new FloorAnswer(Today.AddDays(-2), Floor.NorthA, Csat: 4), new FloorAnswer(Today.AddDays(-2), Floor.NorthA, Csat: 5),
            new FloorAnswer(Today.AddDays(-1), Floor.NorthB, Csat: 3, Nps: 9), new FloorAnswer(Today, Floor.NorthA, Csat: 3));
        return (floor, floor.Database);
    }

    private static Task Set(TestDatabase database, TargetSubject subject, DateOnly from, double? target, Viewer? viewer = null, TargetSource source = TargetSource.Management) =>
        new TargetWriter(database.Db, database.Company).Set(viewer ?? Floor.Executive, new SetTarget { Subject = subject, Indicator = Indicator.Csat, FromDay = from, Target = target, Source = source });

    private static Task<IReadOnlyList<Gap>> Read(TestDatabase database) => database.Db.Read(s => s.Query<Gap>(Gaps));

    private sealed record Gap
    {
        public required RollupKind Kind { get; init; }
        public required int MetricId { get; init; }
        public required int Statistic { get; init; }
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required DateOnly Day { get; init; }
        public required long N { get; init; }
        public required double Score { get; init; }
        public required double Target { get; init; }
        public required DateTimeOffset CalculatedAt { get; init; }
    }
}
