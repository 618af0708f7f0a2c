using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Rollups;

public sealed class BaselineWriterTests
{
    // TestTime stands on this day.
    private static readonly DateOnly Today = new(2026, 9, 14);
    private static readonly BaselineSubject NorthCsat = new(RollupKind.Score, (int)Metric.Csat, 0, Floor.North);
    private static readonly Statement Count = new("SELECT COUNT(*) FROM Baselines WHERE Kind = @kind");
    private static readonly Statement Audited = new("SELECT ActorName FROM AuditLog WHERE Event = 'baselineFrozen'");

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_is_usual_is_frozen_once_there_are_days_enough_and_never_moves(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine);
        await using var database = floor.Database;
        var writer = new BaselineWriter(database.Db, database.Company);
        await Answer(floor, XmrChart.BaselineDays - 1, i => 3 + i % 3);
        // Today is not over.
        await floor.Store([.. Enumerable.Range(0, 9).Select(_ => new FloorAnswer(Today, Floor.NorthA, Csat: 1))]);
        Assert.Equal(0, await writer.FreezeNew());

        await Answer(floor, 1, _ => 5, first: XmrChart.BaselineDays);
        Assert.NotEqual(0, await writer.FreezeNew());
        var frozen = (await InForce(database))!;
        Assert.Equal((1, 24, Today.AddDays(-24), Today), (frozen.Version, frozen.Days, frozen.FromDay, frozen.ToDay));
        var values = (double[])[5, .. Enumerable.Range(1, 23).Reverse().Select(i => 3.0 + i % 3)];
        Assert.Equal(values.Average(), frozen.Centre, 1e-9);
        Assert.Equal(values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a)).Average(), frozen.MeanRange, 1e-9);

        var count = await Rows(database);
        database.Time.Now = database.Time.Now.AddDays(30);
        await floor.Store([.. Enumerable.Range(0, 9).Select(_ => new FloorAnswer(Today.AddDays(9), Floor.NorthA, Csat: 1))]);
        Assert.Equal(0, await writer.FreezeNew());
        Assert.Equal((count, frozen), (await Rows(database), await InForce(database)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Freezing_anew_is_audited_and_the_past_keeps_what_was_in_force(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine);
        await using var database = floor.Database;
        var writer = new BaselineWriter(database.Db, database.Company);
        await Answer(floor, 50, i => i > 25 ? 4 + i % 2 : 2 + i % 2);
        await writer.FreezeNew();
        var before = database.Time.Now;
        database.Time.Now = before.AddHours(1);
        var baseline = await writer.FreezeAnew(Floor.Executive, RollupBy.Region, RollupKind.Score, (int)Metric.Csat, Floor.North, Today.AddDays(-25));
        Assert.Equal((Today.AddDays(-25), 2.5), (baseline.From, baseline.Centre));
        Assert.Equal(4.5, (await InForce(database, before))!.Centre, 1e-9);
        Assert.Equal((2, 2.5, "Executive"), await InForce(database) is { } now ? (now.Version, now.Centre, now.FrozenBy) : default);
        Assert.Null(await InForce(database, before.AddSeconds(-1)));
        Assert.Equal("Executive", await database.Db.Read(s => s.Single<string>(Audited)));
        Assert.Equal(0, await writer.FreezeNew());
    }

    [Fact]
    public async Task Nobody_freezes_of_too_few_days_or_in_another_place()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        var writer = new BaselineWriter(database.Db, database.Company);
        await Answer(floor, 30, i => 4 + i % 2);
        async Task<InvalidField> Refused(Viewer viewer, DateOnly from) => await Assert.ThrowsAsync<InvalidField>(
            () => writer.FreezeAnew(viewer, RollupBy.Region, RollupKind.Score, (int)Metric.Csat, Floor.North, from));
        Assert.Equal(("from", "TooFewDays"), await Refused(Viewer.System, Today.AddDays(-10)) is var few ? (few.Field, few.Fault) : default);
        Assert.Equal("NotPast", (await Refused(Viewer.System, Today)).Fault);
        Assert.Equal("NotYourRange", (await Refused(Floor.SupervisorOf(Floor.SouthA), Today.AddDays(-30))).Fault);
        Assert.Equal("NotYourRange", (await Refused(Floor.AgentOf(1, Floor.NorthA), Today.AddDays(-30))).Fault);
    }

    // Nine answers alike a day, the newest yesterday.
    private static Task Answer(Floor floor, int days, Func<int, int> csat, int first = 1) => floor.Store(
        [.. from day in Enumerable.Range(first, days) from _ in Enumerable.Range(0, 9) select new FloorAnswer(Today.AddDays(-day), Floor.NorthA, Csat: csat(day))]);

    private static Task<BaselineRow?> InForce(TestDatabase database, DateTimeOffset? at = null) =>
        database.Db.Read(s => BaselineQuery.InForce(s, NorthCsat, at ?? s.Now));

    private static Task<int> Rows(TestDatabase database) => database.Db.Read(s => s.Single<int>(Count, new { kind = (int)RollupKind.Score }));
}
