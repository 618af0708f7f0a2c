using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Policies;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class CaseOpenerTests
{
    private static readonly Statement All = new("""
        SELECT Id, Status, Severity, OpenedAt, DueAt, TargetMinutes, ResponsibleId, OwnerId, Value12m, RuleVersion, RuleInputs, NextEscalationAt, RowVersion
        FROM Cases ORDER BY Id
        """);

    private static readonly Statement Answers = new("SELECT COUNT(*) FROM CaseAnswers");
    private static readonly Statement Events = new("SELECT Event FROM CaseEvents ORDER BY Id");
    private static readonly Statement EndPlace = new("UPDATE Places SET ToDay = @day WHERE PersonId = @personId");
    private static readonly Statement SetFallback = new("UPDATE Units SET FallbackPersonId = @personId WHERE Id = 1");
    private static readonly Statement Pause = new("UPDATE Cases SET PausedMinutes = @minutes");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "1"), Trait("Behaviour", "12")]
    public async Task A_low_answer_opens_a_case_due_in_business_hours_of_its_region(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        // Monday 12:00 UTC is 14:00 in Paris and 20:00 in Shanghai: four hours of eight are left today, and none.
        await floor.Open(csat: 1, value: 120.5m);
        await floor.Open(csat: 1, regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam);
        var cases = await Cases(floor);
        Assert.Equal([1001L, 1002L], cases.Select(c => c.Id));
        Assert.Equal(Utc(15, 11), cases[0].DueAt);
        Assert.Equal(Utc(15, 9), cases[1].DueAt);
        Assert.Equal((CaseStatus.New, CaseSeverity.High, 480, 120.5m), (cases[0].Status, cases[0].Severity, cases[0].TargetMinutes, cases[0].Value12m));
        Assert.Equal(cases[0].DueAt, cases[0].NextEscalationAt);
        Assert.Equal(CasePolicy.First.Version, cases[0].RuleVersion);
        Assert.Equal(1, CaseInputs.FromJson(cases[0].RuleInputs).Csat);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "11")]
    public async Task Another_low_answer_of_the_customer_joins_and_may_only_raise_the_severity(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k1");
        var first = await floor.Open(csat: 2, customerId: customer);
        await floor.Database.Db.Write(s => s.Execute(Pause, new { minutes = 60 }));
        floor.Database.Time.Now = Utc(14, 13);
        Assert.Equal(new OpenedCase(first.CaseId, true), await floor.Open(csat: 1, customerId: customer, value: 9m));
        var raised = Assert.Single(await Cases(floor));
        // Eight hours from then on: the hour since it opened was a pause.
        Assert.Equal((CaseSeverity.High, Utc(15, 12), 9m, 2), (raised.Severity, raised.DueAt, raised.Value12m, raised.RowVersion));
        Assert.Equal(raised.DueAt, raised.NextEscalationAt);
        await floor.Open(csat: 2, customerId: customer);
        var kept = Assert.Single(await Cases(floor));
        Assert.Equal((CaseSeverity.High, raised.DueAt, 9m, 3), (kept.Severity, kept.DueAt, kept.Value12m, kept.RowVersion));
        Assert.Equal(3, await floor.Database.Db.Read(s => s.Single<int>(Answers)));
        Assert.Equal(["opened", "joined", "joined"], await floor.Database.Db.Read(s => s.Query<string>(Events)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "11")]
    public async Task A_case_that_becomes_more_urgent_is_not_overdue_at_once_and_never_gets_more_time(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k1");
        await floor.Open(csat: 2, customerId: customer);
        var before = Assert.Single(await Cases(floor));
        // Tuesday 10:00 in Paris: five hours of 24 are used, and eight from here are less than the 19 left.
        floor.Database.Time.Now = Utc(15, 8);
        await floor.Open(csat: 1, customerId: customer);
        var raised = Assert.Single(await Cases(floor));
        Assert.Equal((13 * 60, Utc(15, 16)), (raised.TargetMinutes, raised.DueAt));

        var other = await floor.Customer("k2");
        floor.Database.Time.Now = Utc(14, 12);
        await floor.Open(csat: 2, customerId: other);
        // Wednesday 17:00 in Paris: 21 hours are used, and the three left are all that there is.
        floor.Database.Time.Now = Utc(16, 15);
        await floor.Open(csat: 1, customerId: other);
        var late = (await Cases(floor)).Single(c => c.Id != raised.Id);
        Assert.Equal((CaseSeverity.High, 24 * 60, before.DueAt), (late.Severity, late.TargetMinutes, late.DueAt));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "10")]
    public async Task Fifty_low_answers_of_one_customer_at_once_share_one_case(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k1");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => floor.Open(customerId: customer))));
        Assert.Equal(50, Assert.Single(await Cases(floor)).RowVersion);
        Assert.Equal(50, await floor.Database.Db.Read(s => s.Single<int>(Answers)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Answers_without_a_customer_never_join(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        Assert.False((await floor.Open()).Joined);
        Assert.False((await floor.Open()).Joined);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Responsible_is_the_supervisor_of_that_day_else_the_manager_else_the_fallback_else_nobody(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open();
        await floor.Open(teamId: CaseFloor.NoTeam);
        await floor.Open(regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam);
        await floor.Database.Db.Write(async s =>
        {
            await s.Execute(EndPlace, new { personId = CaseFloor.Supervisor, day = new DateOnly(2026, 9, 15) });
            await s.Execute(SetFallback, new { personId = CaseFloor.Executive });
            s.Changed(ChangeTopic.Units);
        });
        await floor.Open(at: Utc(14, 15));
        await floor.Open(at: Utc(15, 15));
        await floor.Open(regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam);
        Assert.Equal([CaseFloor.Supervisor, CaseFloor.Manager, null, CaseFloor.Supervisor, CaseFloor.Manager, CaseFloor.Executive],
            (await Cases(floor)).Select(c => c.ResponsibleId));
    }

    private static Task<IReadOnlyList<StoredCase>> Cases(CaseFloor floor) => floor.Database.Db.Read(s => s.Query<StoredCase>(All));

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);

    private sealed record StoredCase
    {
        public required long Id { get; init; }
        public required CaseStatus Status { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required int TargetMinutes { get; init; }
        public required int? ResponsibleId { get; init; }
        public required decimal Value12m { get; init; }
        public required int RuleVersion { get; init; }
        public required string RuleInputs { get; init; }
        public required DateTimeOffset? NextEscalationAt { get; init; }
        public required int RowVersion { get; init; }
    }
}
