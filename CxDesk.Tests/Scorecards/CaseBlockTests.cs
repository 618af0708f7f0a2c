using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Scorecards;

/// <summary>The cases of a row are those that a plain count finds, with blocks and without, whatever the cases live through.</summary>
public sealed class CaseBlockTests
{
    private static readonly Statement All = new("""
        SELECT c.RegionId, c.TeamId, c.AgentId, c.ProductId, a.ChannelId, c.Status, c.DueAt, c.ResolvedAt, COALESCE(c.ResolvedInTime, 0) AS InTime
        FROM Cases c JOIN Answers a ON a.Id = c.AnswerId
        """);

    private static readonly (int? Region, int? Team)[] Places = [(CaseFloor.Region, null), (null, CaseFloor.Team), (null, null)];
    private static readonly Statement Spoil = new("UPDATE BlockCases SET NResolved = NResolved + 1000");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Resolved_cases_are_counted_alike_with_blocks_and_without_after_any_life(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var random = new Random(4);
        var writer = new CaseBlockWriter(floor.Database.Db);
        var begin = floor.Database.Time.Now;
        Assert.Equal(0, await writer.Run());
        var ids = new List<long>();
        await Live(160);
        await Same(20);
        Assert.True(await writer.Run() > 30);
        Assert.Equal(0, await writer.Run());
        await Same(40);
        // Resolved weeks ago, and open again: the blocks that held it count no more.
        await Live(40);
        await Same(20);
        Assert.True(await writer.Run() is > 3 and < 40);
        await Same(20);

        async Task Live(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                floor.Database.Time.Now += TimeSpan.FromMinutes(random.Next(900));
                if (ids.Count < 3 || random.Next(3) == 0) ids.Add(await Opened());
                else await floor.Writer.Do(Viewer.System, random.Next(3) == 0
                    ? new EditCase { CaseId = ids[random.Next(ids.Count)], ProductId = random.Next(1, 3) }
                    : random.Next(3) == 0 ? new ReopenCase { CaseId = ids[random.Next(ids.Count)], Reason = "again" }
                    : new ResolveCase { CaseId = ids[random.Next(ids.Count)], RootCause = "other", ContactOutcome = ContactOutcome.Reached });
            }
        }

        async Task<long> Opened() => (random.Next(2) == 0
            ? await floor.Open(agentId: random.Next(2) == 0 ? CaseFloor.Agent : null, productId: random.Next(1, 3))
            : await floor.Open(regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam, productId: random.Next(1, 3))).CaseId;

        async Task Same(int looks)
        {
            var cases = await floor.Database.Db.Read(s => s.Query<PlainCase>(All));
            for (var look = 0; look < looks; look++)
            {
                var from = begin.AddHours(random.Next(0, 900));
                var to = from.AddHours(random.Next(1, 1_500));
                var what = Enum.GetValues<RollupBy>()[random.Next(7)];
                var viewer = CaseFloor.ViewerOf(random.Next(4) switch { 0 => CaseFloor.Manager, 1 => CaseFloor.Supervisor, _ => CaseFloor.Executive });
                var (region, team) = Places[random.Next(3)];
                var filter = new RollupFilter(what, Metric.Csat, new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 2)) { RegionId = region, TeamId = team, ProductId = random.Next(4) == 0 ? 2 : null };
                var expected =
                    from c in cases
                    where viewer.Reach == Reach.All || viewer.RegionIds.Contains(c.RegionId) || viewer.TeamIds.Contains(c.TeamId)
                    where (region is null || c.RegionId == region) && (team is null || c.TeamId == team) && (filter.ProductId is null || c.ProductId == filter.ProductId)
                    let key = what switch { RollupBy.Company => 1, RollupBy.Region => c.RegionId, RollupBy.Team => c.TeamId, RollupBy.Agent => c.AgentId, RollupBy.Product => c.ProductId, RollupBy.Channel => c.ChannelId, _ => null }
                    let isResolved = c.ResolvedAt >= @from && c.ResolvedAt < to
                    where c.Status < 4 || isResolved
                    group (c, isResolved) by key ?? 0 into g
                    orderby g.Key
                    select (g.Key, new ScorecardCases(g.Count(x => x.c.Status < 4), g.Count(x => x.c.Status < 3 && x.c.DueAt < floor.Database.Time.Now),
                        g.Count(x => x.isResolved), g.Count(x => x.isResolved && x.c.InTime == 1)));
                var found = await floor.Database.Db.Read(s => ScorecardCasesQuery.Read(s, viewer, filter, from, to));
                Assert.Equal(expected.Where(c => c.Key != 0), found!.Where(c => c.Key != 0).OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
                // Those of no agent or segment are known where each was counted by itself.
                if (found!.TryGetValue(0, out var none)) Assert.Equal(expected.FirstOrDefault(c => c.Key == 0).Item2, none);
            }
        }
    }

    [Fact]
    public async Task Blocks_are_what_a_long_period_is_counted_from()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var begin = floor.Database.Time.Now;
        var resolved = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Manager, new ResolveCase { CaseId = resolved, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        floor.Database.Time.Now += TimeSpan.FromDays(40);
        await new CaseBlockWriter(floor.Database.Db).Run();
        await floor.Database.Db.Write(s => s.Execute(Spoil));
        foreach (var by in (RollupBy[])[RollupBy.Company, RollupBy.Team, RollupBy.Product])
            Assert.Equal(1001, await Count(by));
        await floor.Do(CaseFloor.Manager, new ReopenCase { CaseId = resolved, Reason = "again" });
        Assert.Equal(0, await Count(RollupBy.Team));

        async Task<int> Count(RollupBy by) => (await floor.Database.Db.Read(s => ScorecardCasesQuery.Read(s, CaseFloor.ViewerOf(CaseFloor.Executive),
            new RollupFilter(by, Metric.Csat, DateOnly.MinValue, DateOnly.MaxValue), begin.AddDays(-60), begin.AddDays(35))))!.Values.Sum(c => c.Resolved);
    }

    private sealed record PlainCase
    {
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int? AgentId { get; init; }
        public required int ProductId { get; init; }
        public required int ChannelId { get; init; }
        public required int Status { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }
        public required int InTime { get; init; }
    }
}
