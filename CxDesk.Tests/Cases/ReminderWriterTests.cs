using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class ReminderWriterTests
{
    private static readonly Statement Told = new("SELECT PersonId, Event, CaseId, DedupKey FROM Notices WHERE Event NOT LIKE '%ssigned' ORDER BY Id");
    private static readonly Statement Reminded = new("SELECT Topic FROM CaseReminders ORDER BY RemindedAt, Topic");
    private static readonly Statement WarnAt = new("UPDATE Cases SET NextWarningAt = @at");
    private static readonly Statement NextAt = new("SELECT NextWarningAt FROM Cases");
    private static readonly Statement Versions = new("SELECT RowVersion FROM Cases");
    private static readonly Statement Counts = new("SELECT (SELECT COUNT(*) FROM Notices) + (SELECT COUNT(*) FROM Deliveries) + (SELECT COUNT(*) FROM Cases) + (SELECT COUNT(*) FROM Answers) + (SELECT COUNT(*) FROM CaseEvents)");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "9")]
    [Trait("Behaviour", "25")]
    public async Task The_owner_is_warned_once_before_the_deadline_and_told_once_when_it_has_passed(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var caseId = await Claimed(floor);
        var due = (await floor.Read(caseId)).DueAt;
        await At(floor, due.AddHours(-1));
        Assert.Equal(default, await Sweep(floor));

        floor.Database.Time.Now = due.AddMinutes(-59);
        Assert.Equal(new ReminderResult(1, 1), await Sweep(floor));
        for (var i = 0; i < 100; i++) Assert.Equal(default, await Sweep(floor));
        Assert.Equal(due, Assert.Single(await floor.Read<DateTimeOffset?>(NextAt)));

        floor.Database.Time.Now = due;
        Assert.Equal(new ReminderResult(1, 1), await Sweep(floor));
        Assert.Equal(default, await Sweep(floor));
        Assert.Equal([(CaseFloor.Agent, "caseDueSoon"), (CaseFloor.Agent, "caseOverdue")], (await floor.Read<Notice>(Told)).Select(n => (n.PersonId, n.Event)));
        Assert.Equal(2, Assert.Single(await floor.Read<int>(Versions)));      // opened, claimed
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "25")]
    public async Task Two_reminders_for_two_deadlines_are_two_notices_and_for_one_deadline_one(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var caseId = await Claimed(floor);
        await At(floor, floor.Database.Time.Now);
        await Sweep(floor);
        await At(floor, floor.Database.Time.Now);      // timed anew, to the same deadline
        Assert.Equal(default, await Sweep(floor));
        Assert.Single(await floor.Read<Notice>(Told));

        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = caseId, Severity = CaseSeverity.High });
        await At(floor, floor.Database.Time.Now);
        Assert.Equal(1, (await Sweep(floor)).Cases);
        Assert.Equal(2, (await floor.Read<Notice>(Told)).Select(n => n.DedupKey).Distinct().Count());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task When_the_customers_time_is_over_the_owner_is_reminded_once_for_each_wait(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var caseId = await Claimed(floor);
        var until = floor.Database.Time.Now.AddHours(3);
        await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = caseId, Reason = "calls back", Until = until });
        Assert.Equal(default, await Sweep(floor));
        floor.Database.Time.Now = until;
        Assert.Equal(1, (await Sweep(floor)).Cases);
        Assert.Equal(default, await Sweep(floor));

        await floor.Do(CaseFloor.Agent, new ResumeCase { CaseId = caseId });
        await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = caseId, Reason = "calls back", Until = until.AddHours(2) });
        floor.Database.Time.Now = until.AddHours(2);
        Assert.Equal(1, (await Sweep(floor)).Cases);
        Assert.Equal(["caseWaitOver", "caseWaitOver"], (await floor.Read<Notice>(Told)).Select(n => n.Event));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "19")]
    public async Task After_downtime_each_person_gets_one_combined_reminder_of_what_is_true_now(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 5; i++) await Claimed(floor);
        var due = (await floor.Read(1001)).DueAt;
        await At(floor, due.AddHours(-1));
        floor.Database.Time.Now = due.AddDays(3);
        Assert.Equal(new ReminderResult(5, 1), await Sweep(floor));
        var notice = Assert.Single(await floor.Read<Notice>(Told));
        Assert.Equal(("casesOverdue", (long?)null), (notice.Event, notice.CaseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_unclaimed_case_reminds_whoever_is_responsible(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open();
        await At(floor, floor.Database.Time.Now);
        await Sweep(floor);
        Assert.Equal(CaseFloor.Supervisor, Assert.Single(await floor.Read<Notice>(Told)).PersonId);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "26")]
    public async Task What_the_system_says_comes_to_rest_and_opens_nothing(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 4; i++) await Claimed(floor);
        await At(floor, floor.Database.Time.Now);
        floor.Database.Time.Now = floor.Database.Time.Now.AddDays(30);
        var (climbs, hands) = (new EscalationWriter(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies),
            new HandOverWriter(floor.Database.Db, floor.Database.Company, new CaseInvariant(floor.Database.Db, floor.Database.Company), new CaseResponsibility(floor.Database.Company, floor.Database.Signal)));
        async Task All()
        {
            await Sweep(floor);
            await climbs.Sweep();
            await hands.Run();
        }

        var answers = await floor.Read<int>(new Statement("SELECT COUNT(*) FROM Answers"));
        await All();
        var after = Assert.Single(await floor.Read<int>(Counts));
        for (var i = 0; i < 50; i++) await All();
        Assert.Equal(after, Assert.Single(await floor.Read<int>(Counts)));
        Assert.Equal(answers, await floor.Read<int>(new Statement("SELECT COUNT(*) FROM Answers")));
    }

    private static async Task<long> Claimed(CaseFloor floor)
    {
        var caseId = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = caseId });
        return caseId;
    }

    private static Task At(CaseFloor floor, DateTimeOffset at) => floor.Database.Db.Write(s => s.Execute(WarnAt, new { at }));

    private static Task<ReminderResult> Sweep(CaseFloor floor) => new ReminderWriter(floor.Database.Db).Sweep();

    private sealed record Notice
    {
        public required int PersonId { get; init; }
        public required string Event { get; init; }
        public required long? CaseId { get; init; }
        public required string DedupKey { get; init; }
    }
}
