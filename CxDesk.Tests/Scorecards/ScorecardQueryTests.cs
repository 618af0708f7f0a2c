using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardQueryTests
{
    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Data_reach_from_the_first_to_the_last_day_that_somebody_sees(DatabaseProvider engine)
    {
        var day = new DateOnly(2026, 9, 1);
        var floor = await Floor.Create(engine, new FloorAnswer(day, Floor.NorthA, Csat: 4), new FloorAnswer(day.AddDays(3), Floor.SouthA, Csat: 4, Nps: 9), new FloorAnswer(day.AddDays(9), Floor.NorthB, Csat: 4));
        await using var database = floor.Database;
        Task<RollupSpan?> Span(Viewer viewer, Indicator indicator) => database.Db.Read(s => RollupSpanQuery.Read(s, viewer, indicator));
        Assert.Equal(new RollupSpan(day, day.AddDays(9)), await Span(Floor.Executive, Indicator.Csat));
        Assert.Equal(new RollupSpan(day.AddDays(3), day.AddDays(3)), await Span(Floor.Executive, Indicator.Nps));
        Assert.Null(await Span(Floor.Executive, Indicator.Ces));
        Assert.Equal(new RollupSpan(day.AddDays(3), day.AddDays(3)), await Span(Floor.KeyOf(Floor.South), Indicator.Csat));
        Assert.Equal(new RollupSpan(day, day), await Span(Floor.AgentOf(101, Floor.NorthA), Indicator.Csat));
    }

    private static readonly DateOnly Monday = new(2026, 9, 14);
    private static readonly Statement PlainMeans = new("""
        SELECT CAST(a.TeamId AS varchar(20)) AS [Key], COUNT(*) AS N, AVG(1.0 * a.Csat) AS Score FROM Answers a
        WHERE a.Csat IS NOT NULL AND a.Day >= @from AND a.Day < @to GROUP BY a.TeamId
        """);

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task The_minimum_n_is_a_setting()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite,
            Enumerable.Range(0, 12).Select(i => new FloorAnswer(Monday, new[] { Floor.NorthA, Floor.NorthB, Floor.SouthA }[i % 3], Csat: 4)));
        await using var database = floor.Database;
        var filter = new ScorecardFilter(RollupBy.Team, Metric.Csat, Monday, Monday.AddDays(1));
        var four = (await database.Db.Read(s => new ScorecardQuery(new ScorecardsOptions { MinimumN = 4 }, database.Company).Read(s, Floor.Display, filter)))!;
        var five = (await database.Db.Read(s => new ScorecardQuery(new ScorecardsOptions { MinimumN = 5 }, database.Company).Read(s, Floor.Display, filter)))!;
        Assert.All(four.Rows.Where(r => r.N > 0), r => Assert.False(r.Withheld));
        Assert.All(five.Rows.Where(r => r.N > 0), r => Assert.True(r.Withheld));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Children_sum_to_their_parent_and_equal_plain_SQL_over_the_answers(DatabaseProvider engine)
    {
        var random = new Random(3);
        int[] teams = [Floor.NorthA, Floor.NorthB, Floor.NorthNone, Floor.SouthA, Floor.SouthNone];
        var floor = await Floor.Create(engine, Enumerable.Range(0, 500).Select(_ => new FloorAnswer(Monday.AddDays(random.Next(8)), teams[random.Next(5)],
            random.Next(4) == 0 ? null : random.Next(1, 6), random.Next(2) == 0 ? null : random.Next(11), null,
            random.Next(4) == 0 ? null : 101 + random.Next(8), 1 + random.Next(3), 1 + random.Next(2))));
        await using var database = floor.Database;

        foreach (var metric in (Metric[])[Metric.Csat, Metric.Nps])
        foreach (var by in (RollupBy[])[RollupBy.Region, RollupBy.Team, RollupBy.Product, RollupBy.Channel])
        foreach (var parent in (string?[])[null, "north", "south-a"])
        {
            var card = await Read(database, Floor.Executive, new ScorecardFilter(by, metric, Monday.AddDays(2), Monday.AddDays(7)) { Parent = parent });
            if (parent == "south-a" && by == RollupBy.Region) continue;
            Assert.Equal(card.Total.N, card.Rows.Sum(r => r.N));
            Assert.Equal(card.Total.Score!.Value, card.Rows.Sum(r => r.N * r.Score.GetValueOrDefault()) / card.Total.N, 1e-9);
        }
        var plain = await database.Db.Read(s => s.Query<PlainMean>(PlainMeans, new { from = Monday, to = Monday.AddDays(30) }));
        var byTeam = await Read(database, Floor.Executive, new ScorecardFilter(RollupBy.Team, Metric.Csat, Monday, Monday.AddDays(30)));
        Assert.Equal(plain.OrderBy(p => p.Key).Select(p => (p.Key, p.N, Math.Round(p.Score, 9))),
            byTeam.Rows.OrderBy(r => r.KeyId).Select(r => ($"{r.KeyId}", r.N, Math.Round(r.Score!.Value, 9))));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "28")]
    public async Task Small_teams_of_others_are_withheld_and_own_ones_are_shown_as_too_few(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, [.. Many(Floor.NorthA, 3), .. Many(Floor.NorthB, 20), .. Many(Floor.SouthA, 30)]);
        await using var database = floor.Database;
        var filter = new ScorecardFilter(RollupBy.Team, Metric.Csat, Monday, Monday.AddDays(1));

        var own = Row(await Read(database, Floor.SupervisorOf(Floor.NorthA), filter), "north-a");
        Assert.Equal((3, false, Verdict.TooFew, Standing.Unknown), (own.N, own.Withheld, own.Verdict, own.Standing));
        Assert.NotNull(own.Score);

        foreach (var viewer in (Viewer[])[Floor.SupervisorOf(Floor.SouthA), Floor.Display])
        {
            var card = await Read(database, viewer, filter);
            foreach (var (key, n) in ((string, int)[])[("north-a", 3), ("north-b", 20)])
            {
                var row = Row(card, key);
                Assert.Equal((n, true, Verdict.TooFew), (row.N, row.Withheld, row.Verdict));
                Assert.Equal([null, null, null, null, null], [row.Score, row.Low, row.High, row.Gap, row.Change]);
            }
            Assert.NotNull(Row(card, "south-a").Score);
        }
        Assert.All((await Read(database, Floor.Executive, filter)).Rows, r => Assert.False(r.Withheld));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "29")]
    public async Task A_team_without_answers_has_no_figure_and_stands_last(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, Many(Floor.NorthA, 8));
        await using var database = floor.Database;
        var card = await Read(database, Floor.Executive, new ScorecardFilter(RollupBy.Team, Metric.Csat, Monday, Monday.AddDays(1)) { Parent = "north" });
        Assert.Equal(["north-a", "north-b"], card.Rows.Select(r => r.Key));
        Assert.Equal((0, null, false), (card.Rows[1].N, card.Rows[1].Score, card.Rows[1].Withheld));
        Assert.Equal(["company", "north"], card.Path.Select(u => u.Code));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "32")]
    public async Task A_fall_names_the_row_that_explains_it(DatabaseProvider engine)
    {
        var before = Monday.AddDays(-1);
        var floor = await Floor.Create(engine, [
            .. Many(Floor.NorthA, 40, before, 5, 4), .. Many(Floor.SouthA, 40, before, 5, 4),
            .. Many(Floor.NorthA, 40, Monday, 2, 1), .. Many(Floor.SouthA, 40, Monday, 5, 4)]);
        await using var database = floor.Database;
        var card = await Read(database, Floor.Executive, new ScorecardFilter(RollupBy.Region, Metric.Csat, Monday, Monday.AddDays(1)));
        var (row, share) = card.Cause()!.Value;
        Assert.Equal(("north", 1.0), (row.Key, Math.Round(share, 9)));
        Assert.Equal(Verdict.Worse, card.Total.Verdict);
        Assert.Equal(-1.5, card.Total.Change!.Value, 1e-9);
        Assert.Equal(Verdict.NoClearChange, Row(card, "south").Verdict);

        // Whatever it is broken down by, the parts add up to the change.
        foreach (var by in (RollupBy[])[RollupBy.Region, RollupBy.Team, RollupBy.Agent, RollupBy.Product, RollupBy.Channel, RollupBy.Segment])
        {
            var split = (await Read(database, Floor.Executive, new ScorecardFilter(by, Metric.Csat, Monday, Monday.AddDays(1)))).Split!;
            Assert.Equal((-1.5, ChangeStory.Real), (Math.Round(split.Parts.Sum(p => p.Sum), 9), split.Story));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task An_agent_sees_themselves_and_their_team_and_no_other_place(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, [.. Many(Floor.NorthA, 10, agent: 101), .. Many(Floor.NorthA, 10, agent: 102), .. Many(Floor.SouthA, 10)]);
        await using var database = floor.Database;
        var agent = Floor.AgentOf(101, Floor.NorthA);
        var filter = new ScorecardFilter(RollupBy.Agent, Metric.Csat, Monday, Monday.AddDays(1)) { Parent = "north-a" };
        Assert.Equal(["a101"], (await Read(database, agent, filter)).Rows.Select(r => r.Key));
        Assert.Equal(20, (await Read(database, agent, filter)).Total.N);
        Assert.Null(await database.Db.Read(s => Floor.Query.Read(s, agent, filter with { Parent = "south-a" })));
        Assert.Equal(["north-a"], (await Read(database, agent, filter with { By = RollupBy.Team, Parent = null })).Rows.Select(r => r.Key));
    }

    private static IEnumerable<FloorAnswer> Many(int team, int n, DateOnly? day = null, int even = 4, int odd = 5, int? agent = null) =>
        Enumerable.Range(0, n).Select(i => new FloorAnswer(day ?? Monday, team, Csat: i % 2 == 0 ? even : odd, Agent: agent));

    private static ScorecardRow Row(Scorecard card, string key) => card.Rows.Single(r => r.Key == key);

    private static async Task<Scorecard> Read(TestDatabase database, Viewer viewer, ScorecardFilter filter) =>
        (await database.Db.Read(s => Floor.Query.Read(s, viewer, filter)))!;

    private sealed record PlainMean
    {
        public required string Key { get; init; }
        public required long N { get; init; }
        public required double Score { get; init; }
    }
}
