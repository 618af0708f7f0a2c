using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;
using CxDesk.Tests.Live;

namespace CxDesk.Tests.Rollups;

public class RollupMemoryTests
{
    private static readonly DateOnly Today = new(2026, 9, 14), From = Today.AddDays(-29);
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 4, 0, 0, TimeSpan.Zero);
    private static readonly Statement Spoil = new("UPDATE Rollups SET N = N + 1");
    private static readonly Statement Rename = new("UPDATE Units SET Name = 'The north' WHERE Kind = 2 AND Code = 'north'");

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_is_remembered_is_what_the_database_holds_after_every_write(DatabaseProvider engine)
    {
        await using var floor = await Floor(engine);
        var memory = new RollupMemory(floor.Database.Signal);
        var random = new Random(4);
        for (var i = 0; i < 12; i++)
        {
            // Some of it comes in days late.
            await floor.Answer([.. Enumerable.Range(0, 5).Select(_ => floor.Of(Noon.AddDays(-random.Next(34)), random.Next(2) == 0 ? "north" : "south", random.Next(1, 6)))]);
            foreach (var by in (RollupBy[])[RollupBy.Company, RollupBy.Region, RollupBy.Product, RollupBy.Agent])
                await Same(floor, memory, LiveFloor.Executive, new RollupFilter(by, Metric.Csat, From, Today.AddDays(1)));
        }
        await floor.Do(Spoil);
        await RollupRebuild.Run(floor.Database.Db);
        await Same(floor, memory, LiveFloor.Executive, new RollupFilter(RollupBy.Region, Metric.Csat, From, Today.AddDays(1)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_window_that_slides_reads_only_the_days_it_does_not_know(DatabaseProvider engine)
    {
        await using var floor = await Floor(engine);
        var memory = new RollupMemory(floor.Database.Signal);
        await floor.Answer(floor.Of(Noon.AddDays(-3)), floor.Of(Noon.AddDays(-1)), floor.Of(Noon));
        for (var days = 5; days > 0; days--)
            await Same(floor, memory, LiveFloor.Executive, new RollupFilter(RollupBy.Region, Metric.Csat, Today.AddDays(-days), Today.AddDays(2 - days % 2)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_region_that_got_another_name_has_it_at_once(DatabaseProvider engine)
    {
        await using var floor = await Floor(engine);
        var memory = new RollupMemory(floor.Database.Signal);
        await floor.Answer(floor.Of(Noon.AddDays(-3), "north"));
        var filter = new RollupFilter(RollupBy.Region, Metric.Csat, From, Today.AddDays(1));
        await Same(floor, memory, LiveFloor.Executive, filter);
        await floor.Database.Db.Write(async s =>
        {
            await s.Execute(Rename);
            s.Changed(ChangeTopic.Units);
        });
        Assert.Equal("The north", (await Read(floor, memory, LiveFloor.Executive, filter)).Single().Name);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Who_sees_less_is_never_given_what_another_was_shown(DatabaseProvider engine)
    {
        await using var floor = await Floor(engine);
        var memory = new RollupMemory(floor.Database.Signal);
        await floor.Answer(floor.Of(Noon, "north"), floor.Of(Noon, "south"));
        var filter = new RollupFilter(RollupBy.Agent, Metric.Csat, From, Today.AddDays(1));
        Assert.NotEmpty(await Read(floor, memory, LiveFloor.Executive, filter));
        Assert.Empty(await Read(floor, memory, LiveFloor.Display, filter));
        Assert.Empty(await Read(floor, memory, new Viewer { PersonId = 7, Name = "Key", Role = Role.Manager, Reach = Reach.Units, RegionIds = [-1] }, filter));
    }

    private static async Task<LiveFloor> Floor(DatabaseProvider engine)
    {
        var floor = await LiveFloor.Create(engine);
        floor.Now = Noon;
        return floor;
    }

    private static Task<IReadOnlyList<RollupRow>> Read(LiveFloor floor, RollupMemory memory, Viewer viewer, RollupFilter filter) =>
        floor.Database.Db.Read(s => memory.ByDay(s, viewer, filter));

    private static async Task Same(LiveFloor floor, RollupMemory memory, Viewer viewer, RollupFilter filter)
    {
        var fresh = await floor.Database.Db.Read(s => RollupQuery.ByDay(s, viewer, filter));
        foreach (var _ in (int[])[1, 2])
            Assert.Equal(InOrder(fresh), InOrder(await Read(floor, memory, viewer, filter)));
    }

    private static IEnumerable<RollupRow> InOrder(IEnumerable<RollupRow> rows) => rows.OrderBy(r => r.Day).ThenBy(r => r.KeyId).ThenBy(r => r.TeamId);
}
