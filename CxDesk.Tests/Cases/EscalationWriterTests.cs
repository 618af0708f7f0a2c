using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Cases;

public class EscalationWriterTests
{
    private static readonly Statement Climbed = new("SELECT CaseId, Breach, Level, ToPersonId, Reason FROM Escalations ORDER BY CaseId, Breach, Level");
    private static readonly Statement State = new("SELECT Id, OwnerId, EscalationLevel, EscalatedToId, NextEscalationAt, RowVersion FROM Cases ORDER BY Id");
    private static readonly Statement Events = new("SELECT Detail FROM CaseEvents WHERE Event = 'escalated' ORDER BY Id");
    private static readonly Statement Watchers = new("SELECT PersonId FROM CaseWatchers ORDER BY PersonId");
    private static readonly Statement Told = new("SELECT PersonId, Event, CaseId, DedupKey FROM Notices ORDER BY Id");
    private static readonly Statement SetOwner = new("UPDATE Cases SET OwnerId = @personId, Status = 2, RowVersion = RowVersion + 1");
    private static readonly Statement SetStatus = new("UPDATE Cases SET Status = @status");
    private static readonly Statement SetInactive = new("UPDATE People SET IsActive = 0 WHERE Id = @personId");
    private static readonly Statement SetDue = new("UPDATE Cases SET DueAt = @at, NextEscalationAt = @at");
    private static readonly Statement Breach = new("UPDATE Cases SET Breach = 2, EscalationLevel = 0, EscalatedToId = NULL, NextEscalationAt = DueAt");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "18")]
    public async Task Overdue_case_climbs_one_level_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var opened = await floor.Open(csat: 1);
        await floor.Database.Db.Write(s => s.Execute(SetOwner, new { personId = CaseFloor.Agent }));
        var writer = Writer(floor);
        Assert.Equal(default, await writer.Sweep());

        floor.Database.Time.Now = Utc(15, 11);      // due: eight business hours in Paris
        Assert.Equal(new SweepResult(1, 1, 1), await writer.Sweep());
        for (var i = 0; i < 10_000; i++) Assert.Equal(default, await writer.Sweep());

        var climbed = Assert.Single(await floor.Read<Escalation>(Climbed));
        Assert.Equal((opened.CaseId, 1, 1, (int?)CaseFloor.Supervisor), (climbed.CaseId, climbed.Breach, climbed.Level, climbed.ToPersonId));
        var state = Assert.Single(await floor.Read<CaseState>(State));
        Assert.Equal((CaseFloor.Agent, 1, CaseFloor.Supervisor), (state.OwnerId, state.EscalationLevel, state.EscalatedToId));
        Assert.Equal(Utc(15, 15), state.NextEscalationAt);      // four business hours on
        Assert.Equal([CaseFloor.Supervisor], await floor.Read<int>(Watchers));
        var notice = Assert.Single(await floor.Read<Notice>(Told));
        Assert.Equal((CaseFloor.Supervisor, "caseEscalated", (long?)opened.CaseId, $"escalated/{opened.CaseId}/1/1/{CaseFloor.Supervisor}"),
            (notice.PersonId, notice.Event, notice.CaseId, notice.DedupKey));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "18")]
    public async Task Two_nodes_that_sweep_at_once_move_each_case_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 60; i++) await floor.Open(csat: 1);
        floor.Database.Time.Now = Utc(15, 11);
        using var other = new Db(floor.Database.Options, floor.Database.Time, floor.Database.Signal);
        EscalationWriter[] nodes = [Writer(floor), new EscalationWriter(other, floor.Database.Company, floor.Calendars, floor.Policies)];
        var swept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => nodes[i % 2].Sweep())));
        Assert.Equal(60, swept.Sum(s => s.Cases));
        Assert.Equal(60, (await floor.Read<Escalation>(Climbed)).Count);
        Assert.All(await floor.Read<CaseState>(State), c => Assert.Equal(1, c.EscalationLevel));
        Assert.All(await floor.Read<Notice>(Told), n => Assert.Equal(CaseFloor.Manager, n.PersonId));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "18")]
    public async Task A_sweep_that_breaks_off_and_a_restart_lose_and_repeat_nothing(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 1100; i++) await floor.Open(csat: 1);
        floor.Database.Time.Now = Utc(15, 11);
        using var end = new CancellationTokenSource();
        floor.Database.Signal.Changed += _ => end.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Writer(floor).Sweep(end.Token));
        var half = (await floor.Read<Escalation>(Climbed)).Count;
        Assert.Equal(1000, half);

        using var restarted = new Db(floor.Database.Options, floor.Database.Time, new Data.Feed.ChangeSignal());
        var writer = new EscalationWriter(restarted, floor.Database.Company, floor.Calendars, floor.Policies);
        Assert.Equal(100, (await writer.Sweep()).Cases);
        Assert.Equal(default, await writer.Sweep());
        var climbed = await floor.Read<Escalation>(Climbed);
        Assert.Equal(1100, climbed.Select(c => (c.CaseId, c.Breach, c.Level)).Distinct().Count());
        Assert.Equal(1100, climbed.Count);
        Assert.Equal(2, (await floor.Read<Notice>(Told)).Count);       // what was told before the break, and the rest
    }

    [Theory]
    [InlineData("2026-03-29T01:00:00Z")]      // in Paris 02:00 becomes 03:00
    [InlineData("2026-10-25T01:00:00Z")]      // in Paris 03:00 becomes 02:00 again
    [Trait("Behaviour", "18")]
    public async Task Over_a_clock_change_a_case_climbs_at_its_instant_and_once(string change)
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var at = DateTimeOffset.Parse(change, System.Globalization.CultureInfo.InvariantCulture);
        await floor.Open(csat: 1);
        await floor.Database.Db.Write(s => s.Execute(SetDue, new { at }));
        for (var minute = -90; minute <= 90; minute++)
        {
            floor.Database.Time.Now = at.AddMinutes(minute);
            Assert.Equal(minute == 0 ? 1 : 0, (await Writer(floor).Sweep()).Cases);
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "19")]
    public async Task After_downtime_missed_levels_come_in_order_and_each_person_is_told_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        await floor.Open(csat: 1);
        await floor.Database.Db.Write(s => s.Execute(SetOwner, new { personId = CaseFloor.Agent }));
        floor.Database.Time.Now = Utc(25, 12);
        Assert.Equal(new SweepResult(2, 6, 3), await Writer(floor).Sweep());
        var climbed = await floor.Read<Escalation>(Climbed);
        int[] line = [CaseFloor.Supervisor, CaseFloor.Manager, CaseFloor.Executive];
        Assert.Equal([.. line, .. line], climbed.Select(c => c.ToPersonId ?? 0));
        var told = await floor.Read<Notice>(Told);
        Assert.Equal(line.Order(), told.Select(n => n.PersonId).Order());
        Assert.All(told, n => Assert.Equal(("casesEscalated", (long?)null), (n.Event, n.CaseId)));
        Assert.All(await floor.Read<CaseState>(State), c => Assert.Equal((3, null), (c.EscalationLevel, c.NextEscalationAt)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "18")]
    public async Task Until_it_is_retimed_a_case_climbs_by_the_calendar_that_its_deadline_was_counted_by(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        await floor.Database.Db.Write(s => s.Execute(SetOwner, new { personId = CaseFloor.Agent }));
        await new CalendarWriter(floor.Database.Db, floor.Database.Company).Save(Viewer.System, new SaveCalendar
        {
            UnitId = CaseFloor.Region, Version = 0, UnitVersion = 1, Zone = "Europe/Paris", Hours = null, Days = [new CalendarDay { Date = new(2026, 9, 15), Kind = CalendarDayKind.Holiday, Name = "Founders' day" }],
        });
        floor.Database.Time.Now = Utc(15, 11);
        Assert.Equal(new SweepResult(1, 1, 1), await Writer(floor).Sweep());
        Assert.Equal(Utc(15, 15), Assert.Single(await floor.Read<CaseState>(State)).NextEscalationAt);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "20")]
    public async Task A_level_without_anybody_is_passed_over_and_the_case_says_why(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        await floor.Database.Db.Write(s => s.Execute(SetInactive, new { personId = CaseFloor.Manager }));
        floor.Database.Time.Now = Utc(15, 11);
        await Writer(floor).Sweep();
        var climbed = Assert.Single(await floor.Read<Escalation>(Climbed));
        Assert.Equal(CaseFloor.Executive, climbed.ToPersonId);
        Assert.Equal("""{"unit":"Company","passedOver":[{"unit":"North","why":"inactive"}]}""", climbed.Reason);
        Assert.Contains("\"to\":\"Max\"", Assert.Single(await floor.Read<string>(Events)));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "21")]
    public async Task A_case_that_waits_or_is_done_never_climbs(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        floor.Database.Time.Now = Utc(25, 12);
        foreach (var status in (CaseStatus[])[CaseStatus.Waiting, CaseStatus.Resolved, CaseStatus.Closed])
        {
            await floor.Database.Db.Write(s => s.Execute(SetStatus, new { status = (int)status }));
            await Writer(floor).Sweep();
        }
        Assert.Empty(await floor.Read<Escalation>(Climbed));
        Assert.Empty(await floor.Read<Notice>(Told));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "25")]
    public async Task A_second_breach_is_news_again(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        floor.Database.Time.Now = Utc(15, 11);
        await Writer(floor).Sweep();
        await floor.Database.Db.Write(s => s.Execute(Breach));
        await Writer(floor).Sweep();
        Assert.Equal([1, 2], (await floor.Read<Escalation>(Climbed)).Select(c => c.Breach));
        Assert.Equal(2, (await floor.Read<Notice>(Told)).Count);
    }

    [Fact]
    public async Task A_sweep_that_finds_nothing_is_an_index_seek()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        foreach (var statement in StatementTests.All().Where(s => s.Place.StartsWith("EscalationWriter", StringComparison.Ordinal) && s.For(SqlDialect.Sqlite).Contains("NextEscalationAt <=")))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + statement.For(SqlDialect.Sqlite);
            command.Parameters.AddWithValue("@now", "2026-01-01 00:00:00.000");
            if (command.CommandText.Contains("@count")) command.Parameters.AddWithValue("@count", 10);
            await using var plan = await command.ExecuteReaderAsync();
            Assert.True(await plan.ReadAsync());
            Assert.Contains("SEARCH", plan.GetString(3));
            Assert.Contains("IX_Cases_Escalation", plan.GetString(3));
        }
    }

    private static EscalationWriter Writer(CaseFloor floor) => new(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies);

    private static DateTimeOffset Utc(int day, int hour) => new(2026, 9, day, hour, 0, 0, TimeSpan.Zero);

    private sealed record Escalation
    {
        public required long CaseId { get; init; }
        public required int Breach { get; init; }
        public required int Level { get; init; }
        public required int? ToPersonId { get; init; }
        public required string Reason { get; init; }
    }

    private sealed record CaseState
    {
        public required long Id { get; init; }
        public required int? OwnerId { get; init; }
        public required int EscalationLevel { get; init; }
        public required int? EscalatedToId { get; init; }
        public required DateTimeOffset? NextEscalationAt { get; init; }
        public required int RowVersion { get; init; }
    }

    private sealed record Notice
    {
        public required int PersonId { get; init; }
        public required string Event { get; init; }
        public required long? CaseId { get; init; }
        public required string DedupKey { get; init; }
    }
}
