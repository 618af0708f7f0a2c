using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Cases;

public class HandOverWriterTests
{
    private static readonly Statement Deactivate = new("UPDATE People SET IsActive = 0 WHERE Id = @id");
    private static readonly Statement EndPlaces = new("UPDATE Places SET ToDay = @day WHERE PersonId = @id");
    private static readonly Statement MovePlace = new("UPDATE Places SET UnitId = @unitId WHERE PersonId = @id");
    private static readonly Statement Fallback = new("UPDATE Units SET FallbackPersonId = @id WHERE Id = 1");
    private static readonly Statement CloseTeam = new("UPDATE Units SET IsActive = 0 WHERE Id = @id");
    private static readonly Statement Holders = new("SELECT Status, OwnerId, ResponsibleId, EscalatedToId, RowVersion FROM Cases ORDER BY Id");
    private static readonly Statement Events = new("SELECT Detail FROM CaseEvents WHERE Event = 'handedOver' ORDER BY Id");
    private static readonly Statement Audits = new("SELECT COUNT(*) FROM AuditLog WHERE Event = 'caseHandedOver'");
    private static readonly Statement Told = new("SELECT PersonId, Event, CaseId FROM Notices WHERE Event LIKE '%andedOver' ORDER BY Id");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task Cases_of_who_is_deactivated_go_to_the_supervisor_with_an_audit_line_and_one_notice(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 3; i++) await Claimed(floor);
        await floor.Open();
        await Write(floor, Deactivate, CaseFloor.Agent);
        Assert.Equal(3, (await Invariant(floor).Read()).Count);

        Assert.Equal(new HandOverResult(3, 1), await Writer(floor).Run());
        Assert.Empty(await Invariant(floor).Read());
        var held = await floor.Read<Held>(Holders);
        Assert.Equal([CaseFloor.Supervisor, CaseFloor.Supervisor, CaseFloor.Supervisor, null], held.Select(h => h.OwnerId));
        Assert.All(held.Take(3), h => Assert.Equal(CaseStatus.InProgress, h.Status));
        Assert.Equal(3, Assert.Single(await floor.Read<int>(Audits)));
        Assert.All(await floor.Read<string>(Events), e => Assert.Contains("\"owner\":{\"from\":\"Ann\",\"to\":\"Sue\"}", e));
        var notice = Assert.Single(await floor.Read<Notice>(Told));
        Assert.Equal((CaseFloor.Supervisor, "casesHandedOver", null), (notice.PersonId, notice.Event, notice.CaseId));

        for (var i = 0; i < 20; i++) Assert.Equal(default, await Writer(floor).Run());
        Assert.Equal(3, (await floor.Read<string>(Events)).Count);
        Assert.Empty(await CaseTallyCheck.Run(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task Who_moves_to_another_region_leaves_their_cases_behind(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var caseId = await Claimed(floor);
        await floor.Database.Db.Write(s => s.Execute(MovePlace, new { id = CaseFloor.Agent, unitId = CaseFloor.OtherTeam }));
        await Writer(floor).Run();
        Assert.Equal(CaseFloor.Supervisor, Assert.Single(await floor.Read<Held>(Holders)).OwnerId);
        var notice = Assert.Single(await floor.Read<Notice>(Told));
        Assert.Equal(("caseHandedOver", (long?)caseId), (notice.Event, notice.CaseId));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task Where_nobody_leads_any_more_it_goes_to_the_named_fallback_and_without_one_to_the_queue(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Claimed(floor);
        await Write(floor, Fallback, CaseFloor.Stranger);
        foreach (var person in (int[])[CaseFloor.Agent, CaseFloor.Supervisor, CaseFloor.Manager]) await Write(floor, Deactivate, person);
        await Writer(floor).Run();
        var held = Assert.Single(await floor.Read<Held>(Holders));
        Assert.Equal((CaseFloor.Stranger, CaseFloor.Stranger), (held.OwnerId, held.ResponsibleId));
        Assert.Empty(await Invariant(floor).Read());

        await Write(floor, Deactivate, CaseFloor.Stranger);
        floor.Database.Signal.Raise(new Data.Feed.Change(0, [Data.Feed.ChangeTopic.Units]));
        await Writer(floor).Run();
        held = Assert.Single(await floor.Read<Held>(Holders));
        Assert.Equal((null, null, CaseStatus.New), (held.OwnerId, held.ResponsibleId, held.Status));
        Assert.Empty(await Invariant(floor).Read());
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task A_place_that_ends_with_the_day_counts_from_then_on(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Claimed(floor);
        await floor.Database.Db.Write(s => s.Execute(EndPlaces, new { id = CaseFloor.Agent, day = new DateOnly(2026, 9, 15) }));
        Assert.Equal(default, await Writer(floor).Run());
        floor.Database.Time.Now = floor.Database.Time.Now.AddHours(12);
        Assert.Equal(1, (await Writer(floor).Run()).Cases);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task An_escalation_target_who_is_gone_is_replaced_by_the_next_one_up(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Claimed(floor, csat: 1);
        floor.Database.Time.Now = new DateTimeOffset(2026, 9, 15, 11, 0, 0, TimeSpan.Zero);
        await new EscalationWriter(floor.Database.Db, floor.Database.Company, floor.Calendars, floor.Policies).Sweep();
        Assert.Equal(CaseFloor.Supervisor, Assert.Single(await floor.Read<Held>(Holders)).EscalatedToId);
        await Write(floor, Deactivate, CaseFloor.Supervisor);
        await Writer(floor).Run();
        var held = Assert.Single(await floor.Read<Held>(Holders));
        Assert.Equal((CaseFloor.Agent, CaseFloor.Manager, CaseFloor.Manager), (held.OwnerId, held.ResponsibleId, held.EscalatedToId));
        Assert.Single(await floor.Read<Notice>(Told));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task Two_nodes_that_hand_over_at_once_do_it_once(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        for (var i = 0; i < 20; i++) await Claimed(floor);
        await Write(floor, Deactivate, CaseFloor.Agent);
        using var other = new Db(floor.Database.Options, floor.Database.Time, floor.Database.Signal);
        HandOverWriter[] nodes = [Writer(floor), Writer(floor, other)];
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => nodes[i % 2].Run())));
        Assert.Equal(20, results.Sum(r => r.Cases));
        Assert.Equal(20, (await floor.Read<string>(Events)).Count);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "17")]
    public async Task The_invariant_names_a_closed_team_too_and_leaves_done_cases_alone(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var open = await Claimed(floor);
        var done = await Claimed(floor);
        await floor.Do(CaseFloor.Agent, new ResolveCase { CaseId = done, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        await Write(floor, Deactivate, CaseFloor.Agent);
        await Write(floor, CloseTeam, CaseFloor.Team);
        Assert.Equal([(open, CaseHolder.Owner), (open, CaseHolder.Team)], (await Invariant(floor).Read()).Select(m => (m.CaseId, m.Holder)).Order());
    }

    [Fact]
    public async Task The_invariant_starts_from_people_and_seeks_their_cases()
    {
        await using var database = await TestDatabase.Create();
        await using var connection = new SqliteConnection(database.Options.ConnectionString);
        connection.Open();
        var statement = Assert.Single(StatementTests.All(), s => s.Place.StartsWith("CaseInvariant.cs", StringComparison.Ordinal));
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + statement.For(SqlDialect.Sqlite);
        command.Parameters.AddWithValue("@today", "2026-09-14");
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) plan.Add(reader.GetString(3));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN c", StringComparison.Ordinal));
        foreach (var index in (string[])["IX_Cases_OpenOwner (OwnerId=? AND RegionId=?)", "IX_Cases_OpenResponsible (ResponsibleId=? AND RegionId=?)", "IX_Cases_OpenEscalated (EscalatedToId=? AND RegionId=?)"])
            Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
    }

    private static async Task<long> Claimed(CaseFloor floor, int csat = 2)
    {
        var caseId = (await floor.Open(csat)).CaseId;
        await floor.Do(CaseFloor.Agent, new ClaimCase { CaseId = caseId });
        return caseId;
    }

    private static CaseInvariant Invariant(CaseFloor floor) => new(floor.Database.Db, floor.Database.Company);

    private static HandOverWriter Writer(CaseFloor floor, Db? db = null) => new(db ?? floor.Database.Db, floor.Database.Company,
        new CaseInvariant(db ?? floor.Database.Db, floor.Database.Company), new CaseResponsibility(floor.Database.Company, floor.Database.Signal));

    private static Task Write(CaseFloor floor, Statement statement, int id) => floor.Database.Db.Write(s => s.Execute(statement, new { id }));

    private sealed record Held
    {
        public required CaseStatus Status { get; init; }
        public required int? OwnerId { get; init; }
        public required int? ResponsibleId { get; init; }
        public required int? EscalatedToId { get; init; }
        public required int RowVersion { get; init; }
    }

    private sealed record Notice
    {
        public required int PersonId { get; init; }
        public required string Event { get; init; }
        public required long? CaseId { get; init; }
    }
}
