using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Ingest;

public class IngestWriterTests
{
    private static readonly Statement CountAnswers = new("SELECT COUNT(*) FROM Answers");
    private static readonly Statement CountCases = new("SELECT COUNT(*) FROM Cases");
    private static readonly Statement CountMeasurements = new("SELECT COUNT(*) FROM Measurements");
    private static readonly Statement CountToPlace = new("SELECT (SELECT COUNT(*) FROM Units WHERE IsPlaced = 0) + (SELECT COUNT(*) FROM Products WHERE IsPlaced = 0) + (SELECT COUNT(*) FROM People WHERE IsPlaced = 0)");
    private static readonly Statement TeamOf = new("SELECT u.Code FROM Answers a JOIN Units u ON u.Id = a.TeamId WHERE a.ExternalId = @id");
    private static readonly Statement CustomerOf = new("SELECT Name, Value12m, Phone FROM Customers WHERE Code = @code");
    private static readonly Statement AddTeam = new("INSERT INTO Units (ParentId, Kind, Code, Name) SELECT Id, 3, 'desk', 'Desk' FROM Units WHERE Kind = 2 AND Code = 'north'");
    private static readonly Statement AddPlace = new("""
        INSERT INTO Places (PersonId, UnitId, Role, FromDay, ToDay)
        SELECT p.Id, u.Id, 1, @from, @to FROM People p CROSS JOIN Units u WHERE p.AgentCode = 'ann' AND u.Code = 'desk'
        """);
    private static readonly Statement RegionId = new("SELECT Id FROM Units WHERE Kind = 2 AND Code = @code");
    private static readonly Statement SeverityByValue = new("SELECT Severity FROM Cases ORDER BY Value12m");
    private static readonly Statement SentWith = new("SELECT a.ExternalId, s.Code, s.IsPlaced, a.Value12m FROM Answers a LEFT JOIN Segments s ON s.Id = a.SegmentId ORDER BY a.Id");
    private static readonly Statement WorthCounted = new("""
        SELECT Axis, SUM(N) AS N, SUM(NValue) AS NValue, SUM(SumValue) AS SumValue FROM Rollups
        WHERE Axis IN (1, 5) AND Kind = 1 AND MetricId = 1 GROUP BY Axis, KeyId ORDER BY Axis, SUM(SumValue)
        """);
    private static readonly Statement SumsOf = new("SELECT N, SumX, SumXX FROM Rollups WHERE Axis = 1 AND Kind = 3");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "10")]
    public async Task The_same_answer_fifty_times_at_once_is_one_answer_and_one_case(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var answer = floor.Answer("1", csat: 1);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => floor.Send(answer))));
        Assert.Equal(1, results.Sum(r => r.Accepted));
        Assert.Equal(49, results.Sum(r => r.Duplicates));
        Assert.Single(results.SelectMany(r => r.CasesOpened));
        Assert.Equal(1, await floor.Value<long>(CountAnswers));
        Assert.Equal(1, await floor.Value<long>(CountCases));
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Of_equal_ids_in_one_batch_the_first_wins_and_a_known_id_changes_nothing(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var result = await floor.Send(floor.Answer("1", 5), floor.Answer("2", 5), floor.Answer("1", 1, region: "new"));
        Assert.Equal((2, 1, 0), (result.Accepted, result.Duplicates, result.CasesOpened.Count));
        var codes = await floor.Value<long>(CountToPlace);
        result = await floor.Send(floor.Answer("2", 1, region: "elsewhere", agent: "nobody"));
        Assert.Equal((0, 1, 0), (result.Accepted, result.Duplicates, result.CasesOpened.Count));
        Assert.Equal(codes, await floor.Value<long>(CountToPlace));
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_low_answer_opens_a_case_and_the_next_of_that_customer_joins_it(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var customer = new IncomingCustomer { Id = "c1" };
        var first = await floor.Send(floor.Answer("1", 2, customer: customer));
        Assert.Single(first.CasesOpened);
        var second = await floor.Send(floor.Answer("2", 1, customer: customer), floor.Answer("3", 2));
        Assert.Single(second.CasesOpened);
        Assert.Equal(2, await floor.Value<long>(CountCases));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Old_answers_open_no_case_where_the_sender_says_so(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var old = floor.Answer("1", 1) with { RespondedAt = floor.Now.AddDays(-10) };
        var result = await floor.Writer.WriteResponses(Viewer.System, IngestFloor.Batch(old, floor.Answer("2", 1)),
            new IntakeOptions { OpenCasesSince = floor.Now.AddDays(-1) });
        Assert.Equal(2, result.Accepted);
        Assert.Single(result.CasesOpened);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "31")]
    public async Task The_team_is_the_agents_of_that_day_and_lies_in_the_region_that_was_sent(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Send(floor.Answer("before"));
        await floor.Do(AddTeam);
        var today = DateOnly.FromDateTime(floor.Now.UtcDateTime);
        await floor.Do(AddPlace, new { from = today.AddDays(-2), to = today.AddDays(-1) });
        await floor.Do(AddPlace, new { from = today, to = (DateOnly?)null });
        await floor.Send(
            floor.Answer("in"), floor.Answer("gap") with { RespondedAt = floor.Now.AddDays(-1) }, floor.Answer("early") with { RespondedAt = floor.Now.AddDays(-2) },
            floor.Answer("away", region: "south"), floor.Answer("nobody", agent: null));
        var teams = new Dictionary<string, string>();
        foreach (var id in (string[])["before", "in", "gap", "early", "away", "nobody"]) teams[id] = await floor.Value<string>(TeamOf, new { id });
        Assert.Equal("north/no-team", teams["before"]);
        Assert.Equal("desk", teams["in"]);
        Assert.Equal("north/no-team", teams["gap"]);
        Assert.Equal("desk", teams["early"]);
        Assert.Equal("south/no-team", teams["away"]);
        Assert.Equal("north/no-team", teams["nobody"]);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_customer_follows_the_newest_answer_whatever_comes_last(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Send(floor.Answer("1", customer: new IncomingCustomer { Id = "c", Name = "New", Value12m = 20.5m }));
        await floor.Send(floor.Answer("2", customer: new IncomingCustomer { Id = "c", Name = "Old", Phone = "123", Value12m = 7 }) with { RespondedAt = floor.Now.AddDays(-3) });
        Assert.Equal(new CustomerRow { Name = "New", Value12m = 20.5m, Phone = "123" }, await floor.Value<CustomerRow>(CustomerOf, new { code = "c" }));
        await floor.Send(floor.Answer("3", customer: new IncomingCustomer { Id = "c", Value12m = 30 }) with { RespondedAt = floor.Now });
        Assert.Equal(new CustomerRow { Name = "New", Value12m = 30m, Phone = "123" }, await floor.Value<CustomerRow>(CustomerOf, new { code = "c" }));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "31")]
    public async Task Segment_and_value_are_those_that_were_sent_with_the_answer(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Post("""
            [{"externalId":"1","source":"s","respondedAt":"2026-09-14T09:00:00Z","channel":"c","product":"p","region":"r","scores":{"csat":5,"ces":2},
              "customer":{"id":"k","segment":" cafe\u0301 ","value12m":100.25}}]
            """);
        await floor.Send(
            floor.Answer("2", customer: new IncomingCustomer { Id = "k", Segment = "business", Value12m = 900 }),
            floor.Answer("3", customer: new IncomingCustomer { Id = "k" }));
        var sent = await floor.Database.Db.Read(s => s.Query<SentRow>(SentWith));
        Assert.Equal([("1", "café", false, 100.25m), ("2", "business", false, 900), ("3", null, null, null)], sent.Select(r => (r.ExternalId, r.Code, r.IsPlaced, r.Value12m)));
        var counted = await floor.Database.Db.Read(s => s.Query<WorthRow>(WorthCounted));
        Assert.Equal([(1, 3L, 2L, 1000.25m), (5, 1, 1, 100.25m), (5, 1, 1, 900)], counted.Select(r => (r.Axis, r.N, r.NValue, r.SumValue)));
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_measure_counts_once_whether_it_comes_with_the_answer_or_by_itself(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var answer = floor.Answer("1") with { Operational = new Dictionary<string, double> { ["wait"] = 10 } };
        await floor.Send(answer);
        Assert.Equal(1, (await floor.Measure(floor.Measurement("1", 99))).Duplicates);
        await floor.Measure(floor.Measurement("2", 20));
        await floor.Send(answer with { ExternalId = "2" });
        Assert.Equal(1, (await floor.Measure(floor.Measurement("2", 20, measure: "handle"))).Duplicates);
        Assert.Equal(2, await floor.Value<long>(CountMeasurements));
        Assert.Equal(new SumsRow { N = 2, SumX = 30, SumXX = 500 }, await floor.Value<SumsRow>(SumsOf));
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_mean_of_several_observations_counts_as_so_many(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Measure(floor.Measurement("1", 10, count: 3), floor.Measurement("2", 20));
        Assert.Equal(new SumsRow { N = 4, SumX = 50, SumXX = 700 }, await floor.Value<SumsRow>(SumsOf));
        await floor.Measure(floor.Measurement("3", 5, region: null, measure: "uptime"));
        Assert.Empty(await RollupCheck.Run(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_key_of_a_region_writes_inside_it_and_creates_nothing_outside(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Send(floor.Answer("1"));
        var key = new Viewer { Name = "key", Role = Role.Manager, Reach = Reach.Units, RegionIds = [await floor.Value<int>(RegionId, new { code = "north" })] };
        var result = await floor.Send(key, floor.Answer("2"), floor.Answer("3", region: "south"), floor.Answer("4", agent: "new one"));
        Assert.Equal(2, result.Accepted);
        var rejected = Assert.Single(result.Rejected);
        Assert.Equal((1, "3"), (rejected.Index, rejected.ExternalId));
        Assert.Equal([new ItemFault("region", FaultCode.OutsideKey)], rejected.Faults, (a, b) => (a.Field, a.Code) == (b.Field, b.Code));
        Assert.Null(await floor.Database.Db.Read(s => s.First<int?>(RegionId, new { code = "south" })));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_dry_run_says_what_would_happen_and_stores_nothing(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var raised = 0;
        floor.Database.Signal.Changed += _ => raised++;
        var batch = IngestFloor.Batch(floor.Answer("1", 1), floor.Answer("1", 1));
        var dry = await floor.Writer.WriteResponses(Viewer.System, batch, new IntakeOptions { DryRun = true });
        Assert.Equal((1, 1, 1), (dry.Accepted, dry.Duplicates, dry.CasesOpened.Count));
        Assert.Equal(0, await floor.Value<long>(CountAnswers) + await floor.Value<long>(CountToPlace));
        Assert.Equal(0, raised);
        Assert.Equal(1, (await floor.Writer.WriteResponses(Viewer.System, batch)).Accepted);
        Assert.Equal(1, raised);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_tenth_who_spend_most_is_who_the_case_rule_says(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        decimal[] values = [.. Enumerable.Range(1, 18).Select(v => (decimal)v), 50.25m, 60];
        await floor.Send([.. values.Select((v, i) => floor.Answer($"{i}", 2, customer: new IncomingCustomer { Id = $"c{i}", Value12m = v }))]);
        var severities = await floor.Database.Db.Read(s => s.Query<CaseSeverity>(SeverityByValue));
        Assert.Equal(values.Select(v => values.Count(o => o >= v) * 10 <= values.Length ? CaseSeverity.High : CaseSeverity.Medium), severities);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_changed_is_signalled(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        var topics = new List<ChangeTopic>();
        floor.Database.Signal.Changed += c => topics.AddRange(c.Topics);
        await floor.Send(floor.Answer("1", 1));
        Assert.Equal([ChangeTopic.Answers, ChangeTopic.Cases, ChangeTopic.Units], topics);
        topics.Clear();
        await floor.Send(floor.Answer("2", 5));
        Assert.Equal([ChangeTopic.Answers], topics);
        topics.Clear();
        await floor.Send(floor.Answer("2", 5));
        Assert.Empty(topics);
    }

    private sealed record CustomerRow
    {
        public required string? Name { get; init; }
        public required decimal? Value12m { get; init; }
        public required string? Phone { get; init; }
    }

    private sealed record SumsRow
    {
        public required long N { get; init; }
        public required double SumX { get; init; }
        public required double SumXX { get; init; }
    }

    private sealed record SentRow
    {
        public required string ExternalId { get; init; }
        public required string? Code { get; init; }
        public required bool? IsPlaced { get; init; }
        public required decimal? Value12m { get; init; }
    }

    private sealed record WorthRow
    {
        public required int Axis { get; init; }
        public required long N { get; init; }
        public required long NValue { get; init; }
        public required decimal SumValue { get; init; }
    }
}
