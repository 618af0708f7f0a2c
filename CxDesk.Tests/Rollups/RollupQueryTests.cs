using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Scorecards;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Rollups;

public sealed class RollupQueryTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Sums_of_any_breakdown_are_those_of_the_answers(DatabaseProvider engine)
    {
        var random = new Random(7);
        int[] teams = [Floor.NorthA, Floor.NorthB, Floor.NorthNone, Floor.SouthA];
        var answers = Enumerable.Range(0, 400).Select(_ => new FloorAnswer(Monday.AddDays(random.Next(5)), teams[random.Next(4)],
            random.Next(3) == 0 ? null : random.Next(1, 6), random.Next(3) == 0 ? null : random.Next(11), random.Next(3) == 0 ? null : random.Next(1, 8),
            random.Next(4) == 0 ? null : 101 + random.Next(8), 1 + random.Next(3), 1 + random.Next(2), random.Next(3) == 0 ? null : 1 + random.Next(2))).ToList();
        var floor = await Floor.Create(engine, answers);
        await using var database = floor.Database;

        foreach (var (by, key) in ((RollupBy, Func<FloorAnswer, int?>)[])[
            (RollupBy.Company, _ => 1), (RollupBy.Region, a => a.Region), (RollupBy.Team, a => a.Team),
            (RollupBy.Agent, a => a.Agent), (RollupBy.Product, a => a.Product), (RollupBy.Channel, a => a.Channel), (RollupBy.Segment, a => a.Segment)])
        foreach (var (region, team) in ((int?, int?)[])[(null, null), (Floor.North, null), (null, Floor.NorthNone)])
        foreach (var (agent, product, channel, segment) in ((int?, int?, int?, int?)[])[(null, null, null, null), (null, 2, null, null), (103, null, null, null), (null, null, 1, null), (103, 1, null, null), (null, 3, 2, null), (null, null, null, 2), (null, 1, null, 1)])
        foreach (var metric in agent is null && product is null && segment is null ? Enum.GetValues<Metric>() : [Metric.Nps])
        {
            var (from, to) = (Monday.AddDays(1), Monday.AddDays(4));
            var filter = new RollupFilter(by, metric, from, to) { RegionId = region, TeamId = team, AgentId = agent, ProductId = product, ChannelId = channel, SegmentId = segment };
            var expected =
                from a in answers
                where a.Day >= @from && a.Day < to && (region is null || a.Region == region) && (team is null || a.Team == team)
                  && (agent is null || a.Agent == agent) && (product is null || a.Product == product) && (channel is null || a.Channel == channel) && (segment is null || a.Segment == segment)
                from score in a.Scores
                where score.Metric == metric && key(a) is not null
                group score.Value by key(a)!.Value into g
                orderby g.Key
                select (g.Key, g.Aggregate(new ScoreSums(), (x, v) => x + ScoreSums.Of(v)));
            var totals = await database.Db.Read(s => RollupQuery.Totals(s, Floor.Executive, filter));
            Assert.Equal(expected, totals.OrderBy(r => r.KeyId).Select(r => (r.KeyId, r.Scores)));
            var days = await database.Db.Read(s => RollupQuery.ByDay(s, Floor.Executive, filter));
            Assert.Equal(expected, days.GroupBy(r => r.KeyId).OrderBy(g => g.Key).Select(g => (g.Key, g.Aggregate(new ScoreSums(), (x, r) => x + r.Scores))));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Figures_of_agents_are_seen_only_from_inside_their_place(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine,
            new FloorAnswer(Monday, Floor.NorthA, Csat: 5, Agent: 101), new FloorAnswer(Monday, Floor.NorthA, Csat: 4, Agent: 102),
            new FloorAnswer(Monday, Floor.NorthB, Csat: 3, Agent: 103), new FloorAnswer(Monday, Floor.SouthA, Csat: 2, Agent: 104));
        await using var database = floor.Database;

        Assert.Equal([101, 102, 103, 104], await Keys(Floor.Executive, RollupBy.Agent));
        Assert.Equal([101, 102, 103], await Keys(Floor.ManagerOf(Floor.North), RollupBy.Agent));
        Assert.Equal([101, 102], await Keys(Floor.SupervisorOf(Floor.NorthA), RollupBy.Agent));
        Assert.Equal([102], await Keys(Floor.AgentOf(102, Floor.NorthA), RollupBy.Agent));
        Assert.Empty(await Keys(Floor.Display, RollupBy.Agent));

        Assert.Equal([Floor.NorthA, Floor.NorthB, Floor.SouthA], await Keys(Floor.SupervisorOf(Floor.NorthA), RollupBy.Team));
        Assert.Equal([Floor.NorthA, Floor.NorthB, Floor.SouthA], await Keys(Floor.Display, RollupBy.Team));
        Assert.Equal([Floor.NorthA], await Keys(Floor.AgentOf(102, Floor.NorthA), RollupBy.Team));
        Assert.Equal([Floor.NorthA, Floor.NorthB], await Keys(Floor.KeyOf(Floor.North), RollupBy.Team));
        Assert.Equal([Floor.North], await Keys(Floor.KeyOf(Floor.North), RollupBy.Region));
        Assert.Empty(await Keys(Floor.AgentOf(102, Floor.NorthA), RollupBy.Region));

        async Task<IEnumerable<int>> Keys(Viewer viewer, RollupBy by) =>
            (await database.Db.Read(s => RollupQuery.Totals(s, viewer, new RollupFilter(by, Metric.Csat, Monday, Monday.AddDays(1))))).Select(r => r.KeyId);
    }

    [Fact]
    public async Task Rollups_are_found_by_their_primary_key()
    {
        var statements = StatementTests.All().Where(s => s.Place.StartsWith("RollupQuery.cs", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(statements);
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            var plan = PlanTests.Plan(connection, statement);
            // Agents of a product have no rollup: their answers are counted, by an index of them.
            if (statement.For(SqlDialect.Sqlite).Contains("@fromAt", StringComparison.Ordinal))
            {
                Assert.Contains(plan, p => p.StartsWith("SEARCH a USING INDEX IX_Answers_", StringComparison.Ordinal) || p.StartsWith("SEARCH a USING INDEX IX_Measurements_", StringComparison.Ordinal));
                continue;
            }
            if (statement.For(SqlDialect.Sqlite).Contains("BlockRollups", StringComparison.Ordinal))
            {
                Assert.Contains(plan, p => p.StartsWith("SEARCH d USING PRIMARY KEY (Axis=? AND Kind=? AND MetricId=? AND Day=?", StringComparison.Ordinal));
                Assert.Contains(plan, p => p.StartsWith("SEARCH b USING PRIMARY KEY (Days=? AND FromDay=? AND Level=? AND Axis=? AND Kind=? AND MetricId=?", StringComparison.Ordinal));
                Assert.DoesNotContain(plan, p => p.StartsWith("SCAN d", StringComparison.Ordinal) || p.StartsWith("SCAN b", StringComparison.Ordinal));
                continue;
            }
            Assert.Contains(plan, p => p.StartsWith("SEARCH r USING PRIMARY KEY (Axis=? AND Kind=? AND MetricId=? AND Day>? AND Day<?", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, p => p.StartsWith("SCAN r", StringComparison.Ordinal));
        }
    }
}
