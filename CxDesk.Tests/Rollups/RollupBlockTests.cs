using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Rollups;

public class RollupBlockTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);
    private static readonly Statement Spoil = new("UPDATE BlockRollups SET N = N + 1000 WHERE Level IN (2, 3)");
    private static readonly Statement UnitsOf = new("SELECT Id FROM Units WHERE Kind = @kind ORDER BY Id");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Sums_are_the_same_with_blocks_and_without_after_any_write(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var random = new Random(11);
        await Send(floor, random, 500, 100);
        var writer = new RollupBlockWriter(floor.Database.Db, floor.Database.Company);
        Assert.True(await writer.Run() > 100);
        Assert.Equal(0, await writer.Run());
        await Same(floor, random, 40);
        await Send(floor, random, 5, 60);
        await Same(floor, random, 20);
        Assert.True(await writer.Run() is >= 5 and < 30);
        await Same(floor, random, 20);
        await RollupRebuild.Run(floor.Database.Db);
        await Same(floor, random, 10);
        Assert.True(await writer.Run() > 100);
        await Same(floor, random, 10);
    }

    [Fact]
    public async Task Blocks_are_what_a_long_period_is_read_from_until_one_of_its_days_is_written_to()
    {
        await using var floor = await IngestFloor.Create(DatabaseProvider.Sqlite);
        await Send(floor, new Random(3), 300, 60);
        var filter = new RollupFilter(RollupBy.Product, Metric.Csat, Monday.AddDays(-56), Monday);
        var without = await Count(filter);
        await new RollupBlockWriter(floor.Database.Db, floor.Database.Company).Run();
        Assert.Equal(without, await Count(filter));
        await floor.Do(Spoil);
        // Two blocks of four weeks at most of 56 days, three products each.
        Assert.True(await Count(filter) > without + 1000);
        await floor.Send(Enumerable.Range(0, 56).Select(i => floor.Answer($"late {i}") with { RespondedAt = floor.Now.AddDays(-1 - i) }).ToArray());
        Assert.Equal(without + 56, await Count(filter));

        async Task<long> Count(RollupFilter of) => (await floor.Database.Db.Read(s => RollupQuery.Totals(s, Viewer.System, of))).Sum(r => r.N);
    }

    [Fact]
    public void A_period_is_made_of_the_fewest_blocks_and_none_reaches_over_a_cut()
    {
        var blocks = Enumerable.Range(0, 20).SelectMany(week => (RollupBlock[])[
            new() { Days = 7, FromDay = Monday.AddDays(7 * week) }, .. Enumerable.Range(0, 7).Select(d => new RollupBlock { Days = 1, FromDay = Monday.AddDays(7 * week + d) })]).ToHashSet();
        var four = RollupBlocks.Begin(Monday.AddDays(28), 28);
        blocks.Add(new RollupBlock { Days = 28, FromDay = four });
        var (from, to) = (Monday.AddDays(3), Monday.AddDays(100));

        var whole = RollupBlocks.Cover(from, to, blocks, 28, []);
        Assert.Equal([four], whole.Fours);
        Assert.Empty(whole.Days);
        Assert.Equal(97, whole.Ones.Count + 7 * whole.Weeks.Count + 28);
        Assert.All(whole.Weeks, week => Assert.Equal(DayOfWeek.Monday, week.DayOfWeek));

        var cut = RollupBlocks.Cover(from, to, blocks, 7, [Monday.AddDays(17)]);
        Assert.DoesNotContain(Monday.AddDays(14), cut.Weeks);
        Assert.Equal(97, cut.Ones.Count + 7 * cut.Weeks.Count);
        Assert.Equal(97, RollupBlocks.Cover(from, to, new HashSet<RollupBlock>(), 28, []).Days.Count);
    }

    private static async Task Send(IngestFloor floor, Random random, int answers, int days)
    {
        foreach (var chunk in Enumerable.Range(0, answers).Chunk(100))
            await floor.Send([.. chunk.Select(_ => floor.Answer($"{random.Next()}", random.Next(1, 6), $"region {random.Next(2)}", $"agent {random.Next(4)}",
                new IncomingCustomer { Id = $"{random.Next(50)}", Segment = random.Next(3) == 0 ? null : $"segment {random.Next(2)}", Value12m = random.Next(500) }) with
            {
                RespondedAt = floor.Now.AddDays(-random.NextDouble() * days), Product = $"product {random.Next(3)}", Channel = $"channel {random.Next(2)}",
                Nps = random.Next(11), Ratings = new Dictionary<string, double> { ["courtesy"] = random.Next(1, 6) }, Operational = new Dictionary<string, double> { ["wait"] = random.Next(600) },
            })]);
        await floor.Measure(floor.Measurement($"{random.Next()}", region: null), floor.Measurement($"{random.Next()}", count: 5));
    }

    // By day everything is read from the rollups themselves.
    private static async Task Same(IngestFloor floor, Random random, int filters)
    {
        var (regions, teams) = await floor.Database.Db.Read(async s => (await s.Query<int>(UnitsOf, new { kind = 2 }), await s.Query<int>(UnitsOf, new { kind = 3 })));
        for (var i = 0; i < filters; i++)
        {
            var from = Monday.AddDays(-random.Next(110));
            var filter = new RollupFilter((RollupBy)random.Next(7), (RollupKind)(1 + random.Next(3)), [1, 7], from, from.AddDays(1 + random.Next(110)))
            {
                RegionId = random.Next(3) == 0 ? regions[random.Next(2)] : null, TeamId = random.Next(3) == 0 ? teams[random.Next(2)] : null,
                ProductId = random.Next(4) == 0 ? 1 + random.Next(3) : null,
            };
            var viewer = random.Next(2) == 0 ? Floor.Executive : random.Next(2) == 0 ? Floor.KeyOf(regions[0]) : Floor.KeyOf(0) with { TeamIds = [teams[1]] };
            var (days, totals, weeks) = await floor.Database.Db.Read(async s => (await RollupQuery.ByDay(s, viewer, filter), await RollupQuery.Totals(s, viewer, filter),
                await RollupQuery.ByBlock(s, viewer, filter, random.Next(2) == 0 ? 1 : RollupBlocks.Week, [from.AddDays(20)])));
            var expected = Summed(days);
            Assert.Equal(expected, Summed(totals));
            Assert.Equal(expected, Summed(weeks));
            if (filter.By == RollupBy.Agent) await SamePaths(floor, viewer, filter, days);
            Assert.Equal(days.Max(d => (DateTimeOffset?)d.NewestAt), totals.Max(d => (DateTimeOffset?)d.NewestAt));
        }
    }

    private static async Task SamePaths(IngestFloor floor, Viewer viewer, RollupFilter filter, IReadOnlyList<RollupRow> days)
    {
        var cut = filter.From.AddDays(20);
        var paths = await floor.Database.Db.Read(s => RollupQuery.ByPath(s, viewer, filter, [cut, filter.To.AddDays(1)]));
        Assert.Equal(
            days.GroupBy(d => (d.KeyId, d.RegionId, d.TeamId, d.MetricId, d.Day < cut ? filter.From : cut)).Select(g => (g.Key, g.Sum(d => d.N))).Order(),
            paths.Select(p => ((p.KeyId, p.RegionId, p.TeamId, p.MetricId, p.Day!.Value), p.N)).Order());
        int[] some = [.. days.Select(d => d.KeyId).Distinct().Order().Take(2)];
        var blocks = await floor.Database.Db.Read(s => RollupQuery.ByBlock(s, viewer, filter, RollupBlocks.Week, [], agents: some));
        Assert.Equal(Summed([.. days.Where(d => some.Contains(d.KeyId))]), Summed(blocks));
    }

    private static IEnumerable<(int, int, ScoreSums, double, decimal, long)> Summed(IReadOnlyList<RollupRow> rows) => rows
        .GroupBy(r => (r.KeyId, r.MetricId)).OrderBy(g => g.Key)
        .Select(g => (g.Key.KeyId, g.Key.MetricId, g.Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores), Math.Round(g.Sum(r => r.SumXX), 3), g.Sum(r => r.SumValue), g.Sum(r => r.NValue)));
}
