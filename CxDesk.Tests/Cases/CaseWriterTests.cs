using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class CaseWriterTests
{
    private static readonly Statement Deactivate = new("UPDATE People SET IsActive = 0 WHERE Id = @id");
    private static readonly Statement Audits = new("SELECT Event FROM AuditLog WHERE Entity = 'case' ORDER BY Id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Claiming_makes_the_claimer_the_owner_and_a_second_claimer_is_told_who(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        Assert.Equal(new CaseResult.Done(2), await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = id }));
        Assert.Equal(new CaseResult.Refused(CaseRefusal.AlreadyTaken, "Ann"), await floor.Do(CaseFloor.Supervisor, new ClaimCase { CaseId = id }));
        var row = await floor.Read(id);
        Assert.Equal((CaseStatus.InProgress, "Ann", floor.Database.Time.Now), (row.Status, row.OwnerName, row.FirstResponseAt));
        Assert.Equal(["caseClaimed"], await floor.Database.Db.Read(s => s.Query<string>(Audits)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_case_out_of_sight_does_not_exist(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        Assert.IsType<CaseResult.NotFound>(await floor.Do(CaseFloor.Stranger, new ClaimCase { CaseId = id }));
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = id });
        // A colleague sees what nobody has, and no longer what somebody has.
        Assert.IsType<CaseResult.NotFound>(await floor.Do(CaseFloor.Colleague, new NoteCase { CaseId = id, Text = "hello" }));
        var wall = new Viewer { PersonId = CaseFloor.Colleague, Name = "wall", Role = Role.Wall, Reach = Reach.None };
        Assert.IsType<CaseResult.NotFound>(await floor.Writer.Do(wall, new NoteCase { CaseId = id, Text = "hello" }));
        Assert.Equal(2, (await floor.Read(id)).Version);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "13")]
    public async Task A_second_save_is_told_who_changed_what_and_changes_nothing(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, ExpectedVersion = 1, Severity = CaseSeverity.Critical });
        var conflict = Assert.IsType<CaseResult.Conflict>(await floor.Do(CaseFloor.Manager, new EditCase { CaseId = id, ExpectedVersion = 1, ProductId = 2 }));
        var change = Assert.Single(conflict.Since);
        Assert.Equal(("Sue", CaseEventName.Edited, new Shift("medium", "critical")), (change.ActorName, change.Name, change.Detail.Severity));
        var row = await floor.Read(id);
        Assert.Equal((CaseSeverity.Critical, 1, 2), (row.Severity, row.ProductId, row.Version));
        // Monday 14:00 in Paris and four business hours.
        Assert.Equal(new DateTimeOffset(2026, 9, 14, 16, 0, 0, TimeSpan.Zero), row.DueAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_who_save_the_same_version_at_once_are_never_both_right(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            floor.Do(CaseFloor.Supervisor, new WaitCase { CaseId = id, ExpectedVersion = 1, Reason = $"reason {i}" }))));
        Assert.Single(results.OfType<CaseResult.Done>());
        Assert.Equal(7, results.OfType<CaseResult.Conflict>().Count());
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_owner_must_be_active_and_have_a_place_in_the_region(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        Task<CaseResult> Assign(int owner) => floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = id, OwnerId = owner });
        Assert.Equal(new CaseResult.Refused(CaseRefusal.OwnerHasNoAccess), await Assign(CaseFloor.Stranger));
        Assert.Equal(new CaseResult.Refused(CaseRefusal.OwnerUnknown), await Assign(CaseFloor.Gone));
        Assert.Equal(new CaseResult.Refused(CaseRefusal.OwnerUnknown), await Assign(99));
        foreach (var owner in (int[])[CaseFloor.Colleague, CaseFloor.Manager, CaseFloor.Executive])
            Assert.IsType<CaseResult.Done>(await Assign(owner));
        Assert.Equal("Max", (await floor.Read(id)).OwnerName);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task An_API_key_owns_nothing_and_names_an_owner(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        var key = new Viewer { Name = "robot", Role = Role.Admin, Reach = Reach.All };
        Assert.Equal(new CaseResult.Refused(CaseRefusal.OwnerNeeded), await floor.Writer.Do(key, new ClaimCase { CaseId = id }));
        Assert.IsType<CaseResult.Done>(await floor.Writer.Do(key, new ClaimCase { CaseId = id, OwnerId = CaseFloor.Agent }));
        var file = (await floor.Query.Read(Viewer.System, id))!;
        Assert.Equal(("Ann", "robot"), (file.Case.OwnerName, file.Events[^1].ActorName));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "4"), Trait("Behaviour", "5")]
    public async Task Waiting_stops_the_clock_for_business_minutes_only(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 1)).CaseId;
        // Paris: opened Monday 14:00, due Tuesday 13:00. Waits from Monday 17:30 over the night to Tuesday 9:30: an hour.
        await At(floor, 14, 15, 30, new WaitCase { CaseId = id, Reason = "bill" });
        Assert.Equal(CaseStatus.Waiting, (await floor.Read(id)).Status);
        await At(floor, 15, 7, 30, new ResumeCase { CaseId = id });
        var row = await floor.Read(id);
        Assert.Equal((CaseStatus.New, 60, Utc(15, 12)), (row.Status, row.PausedMinutes, row.DueAt));
        var working = (await floor.Query.Read(Viewer.System, id))!.Working();
        Assert.Equal((480, 60), (working.Counted.TotalMinutes, working.Paused.TotalMinutes));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "4"), Trait("Behaviour", "8")]
    public async Task Resolving_what_waits_adds_only_the_business_minutes_of_the_pause(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 1)).CaseId;
        await At(floor, 14, 15, 30, new WaitCase { CaseId = id, Reason = "bill" });
        // Tuesday 13:30 in Paris would be late by half an hour; half an hour of Monday and 4.5 of Tuesday were a pause.
        await At(floor, 15, 11, 30, Resolved(id));
        var row = await floor.Read(id);
        Assert.Equal((CaseStatus.Resolved, true, 210, 300), (row.Status, row.ResolvedInTime, row.ElapsedMinutes, row.PausedMinutes));
        Assert.Null(row.WaitingSince);
        Assert.Equal(("waitTooLong", ContactOutcome.Reached), (row.RootCause, row.ContactOutcome));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "8"), Trait("Behaviour", "15"), Trait("Behaviour", "16")]
    public async Task Reopening_starts_the_clock_anew_and_never_changes_what_was_judged(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 1)).CaseId;
        await At(floor, 16, 8, 0, Resolved(id));
        var late = await floor.Read(id);
        Assert.Equal((false, 840), (late.ResolvedInTime, late.ElapsedMinutes));
        Assert.Equal("Sue", late.OwnerName);
        await At(floor, 17, 8, 0, new ReopenCase { CaseId = id, Reason = "called again" });
        var again = await floor.Read(id);
        Assert.Equal((CaseStatus.InProgress, Utc(17, 8), Utc(17, 16)), (again.Status, again.ClockFrom, again.DueAt));
        Assert.False(again.IsOverdue(floor.Database.Time.Now));
        Assert.Null(again.ResolvedAt);
        await At(floor, 17, 9, 0, Resolved(id));
        var twice = await floor.Read(id);
        Assert.Equal((false, 840), (twice.ResolvedInTime, twice.ElapsedMinutes));
        var judged = (await floor.Query.Read(Viewer.System, id))!.Events.Where(e => e.Name == CaseEventName.Resolved).Select(e => (e.Detail.InTime, e.Detail.ElapsedMinutes));
        Assert.Equal([(false, 840), (true, 60)], judged);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_is_not_reopened_beside_another_open_one_of_its_customer(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("k1");
        var first = (await floor.Open(customerId: customer)).CaseId;
        await floor.Do(CaseFloor.Supervisor, Resolved(first));
        var second = (await floor.Open(customerId: customer)).CaseId;
        Assert.Equal(new CaseResult.Refused(CaseRefusal.CustomerHasOpenCase, CaseReference.Of(second)),
            await floor.Do(CaseFloor.Supervisor, new ReopenCase { CaseId = first, Reason = "again" }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Reopened_without_its_former_owner_a_case_is_new(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = id });
        await floor.Do(CaseFloor.Agent, Resolved(id));
        await floor.Database.Db.Write(s => s.Execute(Deactivate, new { id = CaseFloor.Agent }));
        await floor.Do(CaseFloor.Supervisor, new ReopenCase { CaseId = id, Reason = "again" });
        var row = await floor.Read(id);
        Assert.Equal((CaseStatus.New, null), (row.Status, row.OwnerName));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "15")]
    public async Task A_supervisor_closes_at_once_and_the_system_after_days(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var (one, two, three) = ((await floor.Open()).CaseId, (await floor.Open()).CaseId, (await floor.Open()).CaseId);
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = one });
        Assert.Equal(new CaseResult.Refused(CaseRefusal.NotResolved), await floor.Do(CaseFloor.Supervisor, new CloseCase { CaseId = one }));
        await floor.Do(CaseFloor.Agent, Resolved(one));
        Assert.Equal(new CaseResult.Refused(CaseRefusal.NeedsSupervisor), await floor.Do(CaseFloor.Agent, new CloseCase { CaseId = one }));
        Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Supervisor, new CloseCase { CaseId = one }));
        await floor.Do(CaseFloor.Supervisor, Resolved(two));
        floor.Database.Time.Now = Utc(20, 8);
        await floor.Do(CaseFloor.Supervisor, Resolved(three));
        Assert.Equal(1, await floor.Writer.CloseResolved(Utc(15, 8)));
        Assert.Equal([CaseStatus.Closed, CaseStatus.Closed, CaseStatus.Resolved],
            [(await floor.Read(one)).Status, (await floor.Read(two)).Status, (await floor.Read(three)).Status]);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_given_back_is_new_and_what_changes_nothing_is_no_change(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open()).CaseId;
        await floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = id, OwnerId = CaseFloor.Agent });
        Assert.Equal(new CaseResult.Done(2), await floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = id, OwnerId = CaseFloor.Agent }));
        Assert.Equal(new CaseResult.Done(2), await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, Severity = CaseSeverity.Medium }));
        await floor.Do(CaseFloor.Supervisor, new EditCase { CaseId = id, Owner = new OwnerChange(null) });
        Assert.Equal((CaseStatus.New, null), ((await floor.Read(id)).Status, (await floor.Read(id)).OwnerId));
    }

    private static ResolveCase Resolved(long id) => new() { CaseId = id, RootCause = "waitTooLong", ContactOutcome = ContactOutcome.Reached };

    private static async Task At(CaseFloor floor, int day, int hour, int minute, CaseCommand command)
    {
        floor.Database.Time.Now = Utc(day, hour, minute);
        Assert.IsType<CaseResult.Done>(await floor.Do(CaseFloor.Supervisor, command));
    }

    private static DateTimeOffset Utc(int day, int hour, int minute = 0) => new(2026, 9, day, hour, minute, 0, TimeSpan.Zero);
}
