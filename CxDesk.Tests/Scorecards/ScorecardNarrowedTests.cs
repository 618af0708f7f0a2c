using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Scorecards;

/// <summary>Scorecards of an agent, a product, a channel, a segment; their cases; and what stays withheld.</summary>
public sealed class ScorecardNarrowedTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    private static readonly Statement AddCase = new("""
        INSERT INTO Cases (Status, Severity, OpenedAt, ClockFrom, TargetMinutes, DueAt, RegionId, TeamId, AgentId, ProductId, AnswerId, RuleVersion, RuleInputs, ResolvedAt, ResolvedInTime, UpdatedAt)
        VALUES (@status, 2, @at, @at, 60, @due, @region, @team, @agent, 1, @answer, 1, '{}', @resolved, @inTime, @at)
        """);

    private static readonly Statement AddAgent = new("INSERT INTO People (Id, Name, AgentCode) VALUES (@id, @code, @code)");

    private static readonly Statement AddTarget = new("""
        INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy) VALUES (1, 1, 1, @from, @target, 3, @at, 'test')
        """);

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task An_agent_has_a_card_of_their_own_that_only_their_place_sees(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, Enumerable.Range(0, 40).Select(i =>
            new FloorAnswer(Monday, Floor.NorthA, Csat: 1 + i % 5, Agent: 101 + i % 2, Product: 1 + i % 3, Channel: 1 + i / 20)));
        await using var database = floor.Database;
        var filter = new ScorecardFilter(RollupBy.Product, Metric.Csat, Monday, Monday.AddDays(1)) { Parent = "north-a", Agent = "a101" };

        foreach (var viewer in (Viewer[])[Floor.Executive, Floor.ManagerOf(Floor.North), Floor.SupervisorOf(Floor.NorthA), Floor.AgentOf(101, Floor.NorthA)])
        {
            var card = await Read(database, viewer, filter);
            Assert.Equal((20, "Agent 101"), (card!.Total.N, card.Subjects.Agent!.Name));
            Assert.Equal(20, card.Rows.Sum(r => r.N));
            Assert.Equal(10, (await Read(database, viewer, filter with { By = RollupBy.Product, Channel = "chat" }))!.Total.N);
        }
        foreach (var viewer in (Viewer[])[Floor.ManagerOf(Floor.South), Floor.Display, Floor.AgentOf(102, Floor.NorthA)])
            Assert.Null(await Read(database, viewer, filter));
        Assert.Null(await Read(database, Floor.Executive, filter with { Agent = "nobody" }));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "28")]
    public async Task Where_product_and_channel_meet_others_see_nothing_of_it_and_small_channels_stay_withheld(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine,
        [
            .. Enumerable.Range(0, 30).Select(i => new FloorAnswer(Monday, Floor.NorthA, Csat: 1 + i % 5, Product: 1 + i % 2, Channel: 1 + i % 2)),
            .. Enumerable.Range(0, 30).Select(i => new FloorAnswer(Monday, Floor.SouthA, Csat: 1 + i % 5, Product: 1 + i % 2, Channel: i < 3 ? 2 : 1)),
        ]);
        await using var database = floor.Database;
        var south = Floor.ManagerOf(Floor.South);
        var filter = new ScorecardFilter(RollupBy.Region, Metric.Csat, Monday, Monday.AddDays(1));

        var crossed = await Read(database, south, filter with { Product = "phone", Channel = "call" });
        Assert.Equal([("north", true), ("south", false)], crossed!.Rows.OrderBy(r => r.Key).Select(r => (r.Key, r.Withheld)));
        Assert.Empty(crossed.Rows.Single(r => r.Withheld).Trend);

        // Three answers of the south came by chat: the north's manager would know them by what the others leave.
        var chat = await Read(database, Floor.ManagerOf(Floor.North), filter with { Channel = "chat" });
        Assert.True(chat!.Rows.Single(r => r.Key == "south").Withheld);
        Assert.Equal(3, chat.Rows.Single(r => r.Key == "south").N);
        Assert.All((await Read(database, Floor.Executive, filter with { Product = "phone", Channel = "chat" }))!.Rows, r => Assert.False(r.Withheld));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_row_says_what_became_of_its_cases_to_who_sees_them(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine, Enumerable.Range(0, 20).Select(i => new FloorAnswer(Monday, i % 2 == 0 ? Floor.NorthA : Floor.SouthA, Csat: 1 + i % 5, Agent: i % 2 == 0 ? 101 : 104)));
        await using var database = floor.Database;
        var noon = database.Time.Now;
        await database.Db.Write(async s =>
        {
            // Open and late, open and in time, waiting past its time, resolved in time and late, resolved long ago.
            foreach (var (answer, status, due, resolved, inTime) in ((int, int, int, int?, bool?)[])[
                (1, 1, -1, null, null), (3, 2, 5, null, null), (5, 3, -9, null, null), (7, 4, -1, -2, true), (9, 5, -5, -2, false), (11, 5, -5, -900, true)])
                await s.Execute(AddCase, new
                {
                    status, at = noon.AddHours(-1000), due = noon.AddHours(due), region = Floor.North, team = Floor.NorthA, agent = 101, answer,
                    resolved = resolved is { } hours ? noon.AddHours(hours) : (DateTimeOffset?)null, inTime,
                });
        });
        var filter = new ScorecardFilter(RollupBy.Region, Metric.Csat, Monday, Monday.AddDays(1));
        var north = new ScorecardCases(3, 1, 2, 1);

        var card = await Read(database, Floor.Executive, filter);
        Assert.Equal([north, new ScorecardCases(0, 0, 0, 0), north], card!.Rows.OrderBy(r => r.Key).Append(card.Total).Select(r => r.Cases!.Value));
        Assert.Equal(.5, north.InTimeShare);
        foreach (var what in (RollupBy[])[RollupBy.Team, RollupBy.Agent, RollupBy.Product, RollupBy.Channel])
            Assert.Equal(3, (await Read(database, Floor.Executive, filter with { By = what }))!.Rows.Sum(r => r.Cases!.Value.Open));

        var manager = await Read(database, Floor.ManagerOf(Floor.North), filter);
        Assert.Equal([north, null, null], manager!.Rows.OrderBy(r => r.Key).Append(manager.Total).Select(r => r.Cases));
        Assert.All((await Read(database, Floor.AgentOf(101, Floor.NorthA), filter with { By = RollupBy.Agent, Parent = "north-a" }))!.Rows, r => Assert.Null(r.Cases));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Teams_are_compared_by_places_and_who_has_too_few_answers_is_not(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine,
        [
            .. Enumerable.Range(0, 60).Select(i => new FloorAnswer(Monday, Floor.NorthA, Csat: 4 + i % 2)), .. Enumerable.Range(0, 60).Select(i => new FloorAnswer(Monday, Floor.NorthB, Csat: 1 + i % 3)),
            .. Enumerable.Range(0, 4).Select(_ => new FloorAnswer(Monday, Floor.SouthA, Csat: 5)), .. Enumerable.Range(0, 9).Select(_ => new FloorAnswer(Monday, Floor.NorthNone, Csat: 5)),
        ]);
        await using var database = floor.Database;
        var filter = new ScorecardFilter(RollupBy.Team, Metric.Csat, Monday, Monday.AddDays(1));
        foreach (var compare in (ScorecardCompare[])[ScorecardCompare.Fair, ScorecardCompare.Plain])
        {
            var ranks = (await Read(database, Floor.Executive, filter with { Compare = compare }))!.Ranks;
            Assert.Equal([(Floor.NorthA, 1, 1), (Floor.NorthB, 2, 2)], ranks.Select(r => (r.Key, r.BestRank, r.WorstRank)));
        }
        Assert.Empty((await Read(database, Floor.Executive, filter))!.Ranks);
    }

    [Fact]
    public async Task Of_very_many_agents_the_first_have_lines_and_all_have_figures_and_the_targets_of_their_days()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        await database.Db.Write(async s =>
        {
            foreach (var id in Enumerable.Range(1000, 205)) await s.Execute(AddAgent, new { id, code = $"many{id}" });
        });
        await floor.Store(Enumerable.Range(0, 205).SelectMany(i => (FloorAnswer[])[
            new FloorAnswer(Monday.AddDays(-1), Floor.NorthA, Csat: 1 + i % 5, Agent: 1000 + i), new FloorAnswer(Monday, i % 2 == 0 ? Floor.NorthA : Floor.SouthA, Csat: 1 + i % 4, Agent: 1000 + i)]));
        await database.Db.Write(async s =>
        {
            await s.Execute(AddTarget, new { from = Monday.AddDays(-9), target = 3.0, at = s.Now });
            await s.Execute(AddTarget, new { from = Monday, target = 4.0, at = s.Now });
        });
        var filter = new ScorecardFilter(RollupBy.Agent, Metric.Csat, Monday.AddDays(-6), Monday.AddDays(1)) { Sort = ScorecardSort.Value };

        var card = (await Read(database, Floor.Executive, filter))!;
        Assert.Equal(205, card.Rows.Count);
        Assert.All(card.Rows, row => Assert.Equal((2, 3.5), (row.N, row.Target)));
        Assert.Equal([.. Enumerable.Repeat(7, ScorecardQuery.FirstLines), .. Enumerable.Repeat(0, 205 - ScorecardQuery.FirstLines)], card.Rows.Select(row => row.Trend.Count));
        Assert.All(card.Rows.Take(ScorecardQuery.FirstLines), row => Assert.Equal([0, 0, 0, 0, 0, 1, 1], row.Trend.Select(p => p.N)));

        var fewer = (await Read(database, Floor.Executive, filter with { Parent = "south" }))!;
        Assert.Equal(102, fewer.Rows.Count);
        Assert.All(fewer.Rows, row => Assert.Equal((1, 7), (row.N, row.Trend.Count)));
    }

    private static Task<Scorecard?> Read(TestDatabase database, Viewer viewer, ScorecardFilter filter) => database.Db.Read(s => Floor.Query.Read(s, viewer, filter));
}
