using System.Text.Json;
using CxDesk.Data.Admin;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Cases;

[Trait("Behaviour", "6")]
public sealed class CaseRetimerTests
{
    private static readonly Statement Audits = new("SELECT Detail FROM AuditLog WHERE Event = 'casesRecomputed' ORDER BY Id");
    private static readonly Statement Recomputed = new("SELECT CaseId FROM CaseEvents WHERE Event = 'recomputed' ORDER BY Id");
    private static readonly CalendarDay Holiday = new() { Date = new(2026, 9, 15), Kind = CalendarDayKind.Holiday, Name = "Founders' day" };

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_holiday_moves_every_open_case_of_its_regions_in_one_audited_batch(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        // Monday 12:00 UTC is 14:00 in Paris; eight business hours are Tuesday 13:00 there.
        var open = (await floor.Open(csat: 1)).CaseId;
        var waiting = (await floor.Open(csat: 1)).CaseId;
        await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = waiting, Reason = "parts" });
        var resolved = (await floor.Open(csat: 1)).CaseId;
        await floor.Do(CaseFloor.Agent, new ResolveCase { CaseId = resolved, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        var elsewhere = (await floor.Open(csat: 1, regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam)).CaseId;
        var before = await floor.Read(resolved);
        Assert.Equal(Utc(15, 11), (await floor.Read(open)).DueAt);

        await Save(floor, CaseFloor.Region, [Holiday]);
        Assert.Equal(new RetimeResult(2, 2), await Retimer(floor).Run());

        Assert.Equal(Utc(16, 11), (await floor.Read(open)).DueAt);
        Assert.Equal(Utc(16, 11), (await floor.Read(waiting)).DueAt);
        Assert.Equal(before, await floor.Read(resolved));
        Assert.Equal(1, (await floor.Read(elsewhere)).Version);
        Assert.Equal([open, waiting], await floor.Read<long>(Recomputed));
        using var audit = JsonDocument.Parse(Assert.Single(await floor.Read<string>(Audits)));
        var calendar = Assert.Single(audit.RootElement.GetProperty("calendars").EnumerateArray());
        Assert.Equal((2, 2, 2), (audit.RootElement.GetProperty("cases").GetInt32(), calendar.GetProperty("cases").GetInt32(), calendar.GetProperty("version").GetInt32()));
        var file = (await floor.Query.Read(Viewer.System, open))!;
        var detail = file.Events[^1].Detail;
        Assert.Equal((Utc(15, 11), Utc(16, 11), 2), (detail.DueWas, detail.DueAt, detail.CalendarVersion));
        Assert.Equal(2, file.Calendar.Version);

        Assert.Equal(default, await Retimer(floor).Run());      // nothing is left
        Assert.Single(await floor.Read<string>(Audits));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_zone_and_the_week_move_deadlines_too_and_a_case_goes_by_one_calendar_whole(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 1)).CaseId;
        await new UnitWriter(floor.Database.Db, floor.Database.Company).Edit(Viewer.System,
            new EditUnit { Id = CaseFloor.Region, Version = 1, Name = "North", ParentId = 1, TimeZone = "Europe/London" });
        // Until the job has run, what happens to the case goes on by the calendar of before.
        await floor.Do(CaseFloor.Agent, new EditCase { CaseId = id, Severity = CaseSeverity.Critical });
        var critical = await floor.Read(id);
        Assert.Equal("Europe/Paris", (await floor.Query.Read(Viewer.System, id))!.Calendar.Zone.Id);
        await Retimer(floor).Run();
        var moved = await floor.Read(id);
        Assert.NotEqual(critical.CalendarId, moved.CalendarId);

        await Save(floor, CaseFloor.Region, null, [.. Enumerable.Range(0, 7).Select(day => new WeekdayHours((DayOfWeek)day, BusinessHours.WholeDay))], zone: "Europe/London", unitVersion: 2);
        await Retimer(floor).Run();
        Assert.Equal(Utc(14, 12).AddMinutes(critical.TargetMinutes), (await floor.Read(id)).DueAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "4")]
    public async Task Pauses_are_counted_by_the_new_calendar_too(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var id = (await floor.Open(csat: 1)).CaseId;
        await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = id, Reason = "parts" });
        floor.Database.Time.Now = Utc(15, 8);       // Tuesday 10:00 in Paris: five business hours later
        await floor.Do(CaseFloor.Agent, new ResumeCase { CaseId = id });
        Assert.Equal((300, Utc(15, 16)), ((await floor.Read(id)).PausedMinutes, (await floor.Read(id)).DueAt));

        await Save(floor, CaseFloor.Region, [Holiday]);
        await Retimer(floor).Run();
        var row = await floor.Read(id);
        Assert.Equal((240, Utc(16, 15)), (row.PausedMinutes, row.DueAt));       // the hour on the holiday is none any more
        Assert.Equal(TimeSpan.FromMinutes(row.TargetMinutes), (await floor.Query.Read(Viewer.System, id))!.Working().Counted);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_crash_half_way_is_made_good_by_the_next_run(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 620; i++) await floor.Open(csat: 1);
        await Save(floor, CaseFloor.Region, [Holiday]);
        using var stop = new CancellationTokenSource();
        // The second batch begins with its first change signalled.
        floor.Database.Signal.Changed += _ => stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Retimer(floor).Run(stop.Token));
        Assert.Equal(500, (await floor.Read<long>(Recomputed)).Count);

        Assert.Equal(new RetimeResult(120, 120), await Retimer(floor).Run());
        var events = await floor.Read<long>(Recomputed);
        Assert.Equal((620, 620), (events.Count, events.Distinct().Count()));
        // One line of each run: of all that were behind, and of those that the first left.
        Assert.Equal([620, 120], (await floor.Read<string>(Audits)).Select(Cases));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_run_of_many_transactions_is_one_audit_line(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 510; i++) await floor.Open(csat: 1);
        await Save(floor, CaseFloor.Region, [Holiday]);
        Assert.Equal(new RetimeResult(510, 510), await Retimer(floor).Run());
        Assert.Equal(510, Cases(Assert.Single(await floor.Read<string>(Audits))));
    }

    [Fact]
    public async Task A_run_that_finds_nothing_writes_nothing()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Open(csat: 1);
        await Save(floor, CaseFloor.Region, [Holiday]);
        await Retimer(floor).Run();
        // Somebody else writes all the while.
        await using var other = new SqliteConnection(floor.Database.Options.ConnectionString);
        other.Open();
        await using var writing = other.BeginTransaction(deferred: false);
        Assert.Equal(default, await Retimer(floor).Run());
    }

    private static int Cases(string detail)
    {
        using var json = JsonDocument.Parse(detail);
        return json.RootElement.GetProperty("cases").GetInt32();
    }

    [Fact]
    public async Task Who_saves_a_calendar_that_means_the_same_moves_nothing_and_makes_nobodys_edit_stale()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var id = (await floor.Open(csat: 1)).CaseId;
        await Save(floor, CaseFloor.Region, [Holiday with { Date = new(2027, 1, 1) }]);
        Assert.Equal(new RetimeResult(1, 0), await Retimer(floor).Run());
        var row = await floor.Read(id);
        Assert.Equal(1, row.Version);
        Assert.NotNull(row.CalendarId);
        Assert.Empty(await floor.Read<long>(Recomputed));
    }

    private static CaseRetimer Retimer(CaseFloor floor) => new(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies);

    private static Task Save(CaseFloor floor, int unitId, IReadOnlyList<CalendarDay>? days, IReadOnlyList<WeekdayHours>? hours = null, string zone = "Europe/Paris", int unitVersion = 1) =>
        new CalendarWriter(floor.Database.Db, floor.Database.Company).Save(Viewer.System,
            new SaveCalendar { UnitId = unitId, Version = 0, UnitVersion = unitVersion, Zone = zone, Hours = hours, Days = days });

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);
}
