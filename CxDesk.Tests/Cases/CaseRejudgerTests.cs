using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class CaseRejudgerTests
{
    private static readonly Statement Stored = new("""
        SELECT Id, Severity, TargetMinutes, DueAt, RuleVersion, RuleKey, NextEscalationAt, NextWarningAt, FirstResponseMinutes, FirstResponseDueAt,
            FirstResponseInTime, RowVersion
        FROM Cases ORDER BY Id
        """);

    private static readonly Statement Audited = new("SELECT COUNT(*) FROM AuditLog WHERE Event = 'casesRejudged'");
    private static readonly Statement AuditDetails = new("SELECT Detail FROM AuditLog WHERE Event = 'casesRejudged'");
    private static readonly Statement Recomputed = new("SELECT CaseId FROM CaseEvents WHERE Event = 'recomputed' ORDER BY CaseId");
    private static readonly PolicyTargets Targets = CasePolicy.First.Targets;

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "6")]
    public async Task A_new_policy_times_every_open_case_anew_in_one_audited_batch_and_no_closed_one(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        await floor.Open(csat: 2);
        var done = await floor.Open(csat: 1);
        await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = done.CaseId, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        var before = await Cases(floor);

        await SwitchOn(floor, CasePolicy.First with { Targets = Targets with { High = Targets.High with { TargetMinutes = 4 * 60, FirstResponseMinutes = 60, WarnMinutesBefore = 120 } } });
        Assert.Equal(new RetimeResult(2, 1), await Rejudger(floor).Run());
        Assert.Equal(default, await Rejudger(floor).Run());

        var after = await Cases(floor);
        // Monday 14:00 in Paris: four business hours are over at 18:00, two hours before is 16:00, one hour on is 15:00.
        Assert.Equal((240, Utc(14, 16), Utc(14, 14), Utc(14, 13), 2), (after[0].TargetMinutes, after[0].DueAt, after[0].NextWarningAt, after[0].FirstResponseDueAt, after[0].RuleVersion));
        Assert.Equal(after[0].DueAt, after[0].NextEscalationAt);
        Assert.Equal(before[1] with { RuleVersion = 2 }, after[1]);
        Assert.Equal(before[2], after[2]);
        Assert.Equal(1, await floor.Database.Db.Read(s => s.Single<int>(Audited)));
        Assert.Equal([before[0].Id], await floor.Database.Db.Read(s => s.Query<long>(Recomputed)));
    }

    [Fact]
    [Trait("Behaviour", "6")]
    public async Task A_run_of_many_transactions_is_one_audit_line()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        for (var i = 0; i < 510; i++) await floor.Open(csat: 1);
        await SwitchOn(floor, CasePolicy.First with { Targets = Targets with { High = Targets.High with { TargetMinutes = 4 * 60 } } });
        Assert.Equal(new RetimeResult(510, 510), await Rejudger(floor).Run());
        Assert.Contains("\"cases\":510", Assert.Single(await floor.Database.Db.Read(s => s.Query<string>(AuditDetails))));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "6")]
    public async Task The_severity_follows_the_new_rules_unless_somebody_chose_it(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 2);
        var chosen = await floor.Open(csat: 2);
        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = chosen.CaseId, Severity = CaseSeverity.Low });
        await SwitchOn(floor, WithRule("csat-medium", r => r with { Severity = CaseSeverity.Critical }));
        await Rejudger(floor).Run();
        Assert.Equal([(CaseSeverity.Critical, 240), (CaseSeverity.Low, 72 * 60)], (await Cases(floor)).Select(c => (c.Severity, c.TargetMinutes)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "21")]
    public async Task A_case_whose_rule_is_switched_off_keeps_its_time_and_falls_silent_until_it_is_on_again(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        var before = Assert.Single(await Cases(floor));
        await SwitchOn(floor, WithRule("csat-high", r => r with { IsOn = false }));
        await Rejudger(floor).Run();
        var silent = Assert.Single(await Cases(floor));
        Assert.Equal((before.DueAt, before.Severity, null, null), (silent.DueAt, silent.Severity, silent.NextEscalationAt, silent.NextWarningAt));

        floor.Database.Time.Now = Utc(25, 12);
        Assert.Equal(default, await new EscalationWriter(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies).Sweep());
        await SwitchOn(floor, CasePolicy.First);
        await Rejudger(floor).Run();
        Assert.Equal(before.DueAt, Assert.Single(await Cases(floor)).NextEscalationAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "6")]
    public async Task What_a_rise_had_given_stays_and_a_first_response_is_never_judged_again(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k1");
        await floor.Open(csat: 2, customerId: customer);
        floor.Database.Time.Now = Utc(15, 8);
        await floor.Open(csat: 1, customerId: customer);       // 13 hours in all: five were used, eight are the new target
        floor.Database.Time.Now = Utc(15, 9);
        await floor.Do(CaseFloor.Supervisor, new NoteCase { CaseId = (await Cases(floor))[0].Id, Text = "Called" });
        var before = Assert.Single(await Cases(floor));
        Assert.True(before.FirstResponseInTime);

        await SwitchOn(floor, CasePolicy.First with { Targets = Targets with { High = Targets.High with { TargetMinutes = 6 * 60, FirstResponseMinutes = 1 } } });
        await Rejudger(floor).Run();
        var after = Assert.Single(await Cases(floor));
        Assert.Equal((11 * 60, before.FirstResponseMinutes, before.FirstResponseDueAt, before.FirstResponseInTime),
            (after.TargetMinutes, after.FirstResponseMinutes, after.FirstResponseDueAt, after.FirstResponseInTime));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "16")]
    public async Task Reopening_starts_the_clock_that_the_policy_names_and_nothing_is_overdue_at_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var late = await floor.Open(csat: 1);
        var early = await floor.Open(csat: 1);
        await SwitchOn(floor, CasePolicy.First with { Reopen = new() { Kind = RestartKind.TimeLeft, AtLeastMinutes = 90 } });
        floor.Database.Time.Now = Utc(15, 8);       // Tuesday 10:00 in Paris: five hours of eight are used
        await Resolve(early.CaseId);
        floor.Database.Time.Now = Utc(25, 12);
        await Resolve(late.CaseId);
        foreach (var id in (long[])[early.CaseId, late.CaseId])
            Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Supervisor, new ReopenCase { CaseId = id, Reason = "Not solved" }));

        Assert.Equal([90, 180], (await Cases(floor)).Select(c => c.TargetMinutes));
        Assert.All(await Cases(floor), c => Assert.True(c.DueAt > floor.Database.Time.Now && c.NextEscalationAt == c.DueAt && c.RuleVersion == 2));
        Assert.Equal(default, await new EscalationWriter(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies).Sweep());

        Task<CaseResult> Resolve(long id) => floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
    }

    private static CasePolicy WithRule(string key, Func<PolicyRule, PolicyRule> change) =>
        CasePolicy.First with { Rules = [.. CasePolicy.First.Rules.Select(r => r.Key == key ? change(r) : r)] };

    private static async Task SwitchOn(CaseFloor floor, CasePolicy policy)
    {
        var writer = new PolicyWriter(floor.Database.Db, floor.Policies);
        var version = (await new PolicyQuery(floor.Database.Db, floor.Policies).Read()).DraftVersion;
        await writer.SwitchOn(Viewer.System, await writer.SaveDraft(Viewer.System, policy, version), null);
    }

    private static CaseRejudger Rejudger(CaseFloor floor) => new(floor.Database.Db, floor.Calendars, floor.Policies);

    private static Task<IReadOnlyList<CaseTimes>> Cases(CaseFloor floor) => floor.Database.Db.Read(s => s.Query<CaseTimes>(Stored));

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);

    private sealed record CaseTimes
    {
        public required long Id { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required int TargetMinutes { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required int RuleVersion { get; init; }
        public required string RuleKey { get; init; }
        public required DateTimeOffset? NextEscalationAt { get; init; }
        public required DateTimeOffset? NextWarningAt { get; init; }
        public required int? FirstResponseMinutes { get; init; }
        public required DateTimeOffset? FirstResponseDueAt { get; init; }
        public required bool? FirstResponseInTime { get; init; }
        public required int RowVersion { get; init; }
    }
}
