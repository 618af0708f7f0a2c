using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;

namespace CxDesk.Tests.Policies;

/// <summary>What comes in is judged by the policy in force.</summary>
public class PolicyIntakeTests
{
    private static readonly Statement Cases = new("""
        SELECT Id, Status, Severity, OwnerId, RegionId, TeamId, ResponsibleId, RuleVersion, RuleKey, RuleInputs, DueAt FROM Cases ORDER BY Id
        """);

    private static readonly Statement Low = new("SELECT COUNT(*) FROM Answers WHERE IsLow = 1");
    private static readonly Statement Held = new("SELECT COUNT(*) FROM CaseAnswers");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "12")]
    public async Task Score_topic_customer_measure_and_words_decide_and_the_case_keeps_version_rule_and_inputs(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var rule = Opens("all", CaseSeverity.High) with
        {
            When = new()
            {
                Csat = new(1, 4), Products = ["net"], Regions = ["north"], Channels = ["phone"], Touchpoints = ["hotline"], Words = ["refund"],
                ValueFrom = 100, Segments = ["home"], Measure = new("wait", 300, null),
            },
        };
        await SwitchOn(floor, rule);
        var answer = Answer("a") with
        {
            Csat = 4, Touchpoint = "hotline", Comment = "A REFUND, please", Customer = new IncomingCustomer { Id = "k", Value12m = 100, Segment = "home" },
            Operational = new Dictionary<string, double> { ["wait"] = 300, ["handleTime"] = 10 },
        };
        await Send(floor, answer,
            answer with { ExternalId = "b", Product = "tv" }, answer with { ExternalId = "c", Region = "east" }, answer with { ExternalId = "d", Channel = "mail" },
            answer with { ExternalId = "e", Touchpoint = null }, answer with { ExternalId = "f", Comment = "Refunded" },
            answer with { ExternalId = "g", Operational = new Dictionary<string, double> { ["wait"] = 299 } }, answer with { ExternalId = "h", Csat = 5 });
        var opened = Assert.Single(await Stored(floor));
        Assert.Equal((CaseSeverity.High, 2, "all"), (opened.Severity, opened.RuleVersion, opened.RuleKey));
        var inputs = CaseInputs.FromJson(opened.RuleInputs);
        Assert.Equal((4, "net", "north", "phone", "hotline", 100m, "home"), (inputs.Csat, inputs.Product, inputs.Region, inputs.Channel, inputs.Touchpoint, inputs.Value12m, inputs.Segment));
        Assert.Equal(["refund"], inputs.Words);
        Assert.Equal(300, Assert.Single(inputs.Operational!).Value);
        // The board's low scores are those that are low in themselves, whatever opens a case.
        Assert.Equal(0, await floor.Database.Db.Read(s => s.Single<int>(Low)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "11")]
    public async Task An_answer_that_is_ignored_opens_no_case_joins_none_and_is_low_all_the_same(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await SwitchOn(floor, Opens("two", CaseSeverity.Medium) with { When = new() { Csat = new(1, 2) } },
            new PolicyRule { Key = "mail", Name = "Mail", Effect = PolicyEffect.Ignore, When = new() { Channels = ["mail"] } });
        var customer = new IncomingCustomer { Id = "k" };
        await Send(floor, Answer("a") with { Csat = 1, Customer = customer }, Answer("b") with { Csat = 1, Customer = customer, Channel = "mail" }, Answer("c") with { Csat = 1, Channel = "mail" });
        Assert.Single(await Stored(floor));
        Assert.Equal(1, await floor.Database.Db.Read(s => s.Single<int>(Held)));
        Assert.Equal(3, await floor.Database.Db.Read(s => s.Single<int>(Low)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "12")]
    public async Task A_rule_gives_its_cases_to_a_person_who_may_have_them_or_to_the_queue_of_a_team(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await SwitchOn(floor,
            Opens("person", CaseSeverity.High) with { When = new() { Csat = new(1, 1) }, Owner = new(OwnerKind.Person, PersonId: CaseFloor.Agent) },
            Opens("queue", CaseSeverity.High) with { When = new() { Csat = new(2, 2) }, Owner = new(OwnerKind.Queue, TeamId: CaseFloor.OtherTeam) });
        await Send(floor, Answer("a") with { Csat = 1 }, Answer("b") with { Csat = 1, Region = "east", Agent = "a3" }, Answer("c") with { Csat = 2 });
        var cases = await Stored(floor);
        Assert.Equal((CaseStatus.InProgress, CaseFloor.Agent, CaseFloor.Team), (cases[0].Status, cases[0].OwnerId, cases[0].TeamId));
        Assert.Equal((CaseStatus.New, null, CaseFloor.OtherTeam), (cases[1].Status, cases[1].OwnerId, cases[1].TeamId));     // has no access there
        Assert.Equal((CaseStatus.New, null, CaseFloor.OtherRegion, CaseFloor.OtherTeam, null),
            (cases[2].Status, cases[2].OwnerId, cases[2].RegionId, cases[2].TeamId, cases[2].ResponsibleId));
        // Monday 12:00 UTC is 20:00 in Shanghai, whose hours the case keeps now: eight of them are over on Tuesday at 17:00.
        Assert.Equal(new DateTimeOffset(2026, 9, 15, 9, 0, 0, TimeSpan.Zero), cases[2].DueAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "10")]
    public async Task One_answer_that_arrives_fifty_times_while_the_policy_changes_opens_one_case(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var change = Task.Run(() => SwitchOn(floor, Opens("two", CaseSeverity.Critical) with { When = new() { Csat = new(1, 2) } }));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Send(floor, Answer("a") with { Csat = 1, Customer = new IncomingCustomer { Id = "k" } }))));
        await change;
        Assert.Single(await Stored(floor));
        Assert.Equal(1, await floor.Database.Db.Read(s => s.Single<int>(Held)));
    }

    [Fact]
    [Trait("Behaviour", "12")]
    public async Task A_policy_that_another_node_switched_on_holds_once_the_change_is_known()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await Send(floor, Answer("a") with { Csat = 3 });
        using var other = new Db(floor.Database.Options, floor.Database.Time, new Data.Feed.ChangeSignal());
        var writer = new PolicyWriter(other, new PolicyBook(new Data.Feed.ChangeSignal()));
        await writer.SwitchOn(Viewer.System, await writer.SaveDraft(Viewer.System, CasePolicy.First with { Rules = [Opens("three", CaseSeverity.Low) with { When = new() { Csat = new(3, 3) } }] }, 0), null);
        await Send(floor, Answer("b") with { Csat = 3 });
        Assert.Empty(await Stored(floor));
        floor.Database.Signal.Raise(new Data.Feed.Change(1, [Data.Feed.ChangeTopic.Policies]));
        await Send(floor, Answer("c") with { Csat = 3 });
        Assert.Equal("three", Assert.Single(await Stored(floor)).RuleKey);
    }

    private static PolicyRule Opens(string key, CaseSeverity severity) => new() { Key = key, Name = key, Effect = PolicyEffect.Open, Severity = severity };

    private static IncomingResponse Answer(string id) => new()
    {
        ExternalId = id, Source = "survey", RespondedAt = new DateTimeOffset(2026, 9, 14, 11, 59, 0, TimeSpan.Zero), Channel = "phone", Product = "net", Region = "north", Agent = "a1",
    };

    private static Task Send(CaseFloor floor, params IncomingResponse[] answers) =>
        new IngestWriter(floor.Database.Db, floor.Database.Company, floor.Policies, floor.Opener, floor.Database.Signal).WriteResponses(Viewer.System, IngestFloor.Batch(answers));

    private static async Task SwitchOn(CaseFloor floor, params PolicyRule[] rules)
    {
        var writer = new PolicyWriter(floor.Database.Db, floor.Policies);
        await writer.SwitchOn(Viewer.System, await writer.SaveDraft(Viewer.System, CasePolicy.First with { Rules = rules }, 0), null);
    }

    private static Task<IReadOnlyList<StoredCase>> Stored(CaseFloor floor) => floor.Database.Db.Read(s => s.Query<StoredCase>(Cases));

    private sealed record StoredCase
    {
        public required long Id { get; init; }
        public required CaseStatus Status { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required int? OwnerId { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int? ResponsibleId { get; init; }
        public required int RuleVersion { get; init; }
        public required string RuleKey { get; init; }
        public required string RuleInputs { get; init; }
        public required DateTimeOffset DueAt { get; init; }
    }
}
