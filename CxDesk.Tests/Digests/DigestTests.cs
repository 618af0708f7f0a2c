using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Digests;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Tests.Deliveries;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Digests;

public sealed class DigestTests
{
    private static readonly Statement Speak = new("UPDATE People SET Language = 'zh-Hans' WHERE Id = @id");
    private static readonly Statement Deactivate = new("UPDATE People SET IsActive = 0 WHERE Id = @id");
    private static readonly Statement Forget = new("UPDATE People SET Email = NULL WHERE Id = @id");
    private static readonly Statement EndPlaces = new("UPDATE Places SET ToDay = FromDay WHERE PersonId = @id");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "18")]
    public async Task Each_person_gets_one_digest_a_period_however_often_the_job_runs(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        // The supervisor daily, manager and executive weekly, agents not at all.
        Assert.Equal(3, (await Task.WhenAll(Writer(floor).Run(), Writer(floor).Run())).Sum());
        Assert.Equal(0, await Writer(floor).Run());
        Assert.Equal(3, (await floor.Sender.Run()).Sent);
        Assert.Equal(["max@example.com", "mia@example.com", "sue@example.com"], floor.Mail.Inbox.Select(m => m.To).Order());
        floor.Pass(TimeSpan.FromDays(1));
        Assert.Equal(1, await Writer(floor).Run());
        Assert.EndsWith("2026-09-15", (await floor.Read())[^1].DedupKey);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_gets_one_who_wants_none_is_gone_or_has_no_address(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        await new DigestChoices(floor.Db).Save(CaseFloor.ViewerOf(CaseFloor.Supervisor), DigestRhythm.Off);
        await floor.Db.Write(async s =>
        {
            await s.Execute(Deactivate, new { id = CaseFloor.Manager });
            await s.Execute(Forget, new { id = CaseFloor.Executive });
        });
        Assert.Equal(0, await Writer(floor).Run());
        floor.MailSettings.Host = null;
        await new DigestChoices(floor.Db).Save(CaseFloor.ViewerOf(CaseFloor.Supervisor), DigestRhythm.Daily);
        Assert.Equal(0, await Writer(floor).Run());
    }

    [Fact]
    public async Task What_was_queued_is_taken_back_from_who_turned_it_off_since()
    {
        await using var floor = await DeliveryFloor.Create();
        await Writer(floor).Run();
        await new DigestChoices(floor.Db).Save(CaseFloor.ViewerOf(CaseFloor.Supervisor), DigestRhythm.Off);
        Assert.Equal(new DeliveryRunCount(2, 1), DeliveryRunCount.Of(await floor.Sender.Run()));
        Assert.Equal(["digestOff"], (await floor.Read()).Where(r => r.Status == DeliveryStatus.Cancelled).Select(r => r.Reason));
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task An_agent_who_asks_for_it_is_told_of_their_own_overdue_cases_in_their_language_without_the_customer()
    {
        await using var floor = await DeliveryFloor.Create();
        var long_ago = floor.Cases.Database.Time.Now.AddDays(-20);
        var customer = await floor.Cases.Customer("Öz");
        var own = (await floor.Cases.Open(agentId: CaseFloor.Agent, customerId: customer, comment: "Call me on 0170 1234567", at: long_ago)).CaseId;
        var other = (await floor.Cases.Open(agentId: CaseFloor.Colleague, at: long_ago)).CaseId;
        await floor.Cases.Do(CaseFloor.Agent, new Data.Cases.ClaimCase { CaseId = own });
        await new DigestChoices(floor.Db).Save(CaseFloor.ViewerOf(CaseFloor.Agent), DigestRhythm.Daily);
        await floor.Db.Write(s => s.Execute(Speak, new { id = CaseFloor.Agent }));
        await Writer(floor).Run();
        await floor.Sender.Run();

        var mail = Assert.Single(floor.Mail.Inbox, m => m.To == "ann@example.com");
        Assert.Contains("目前逾期 1 件", mail.Body);
        Assert.Contains($"https://cx.example.com/cases/C-{own}", mail.Body);
        Assert.DoesNotContain($"C-{other}", mail.Body);
        Assert.DoesNotContain("Öz", mail.Body);
        Assert.DoesNotContain("0170", mail.Body);
        // The supervisor is told of both.
        Assert.Contains("Overdue now: 2.", Assert.Single(floor.Mail.Inbox, m => m.To == "sue@example.com").Body);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Who_lost_their_place_after_it_was_queued_is_told_of_nothing_there()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Cases.Open(at: floor.Cases.Database.Time.Now.AddDays(-20));
        await Writer(floor).Run();
        await floor.Db.Write(s => s.Execute(EndPlaces, new { id = CaseFloor.Supervisor }));
        await floor.Sender.Run();
        var mail = Assert.Single(floor.Mail.Inbox, m => m.To == "sue@example.com");
        Assert.Contains("You have no unit today", mail.Body);
        Assert.Contains("No case of yours is overdue.", mail.Body);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    [Trait("Behaviour", "41")]
    public async Task A_digest_holds_the_scorecard_of_the_readers_own_units_and_only_certain_changes(DatabaseProvider engine)
    {
        var monday = new DateOnly(2026, 9, 7);
        var floor = await Floor.Create(engine,
        [
            // North A fell for certain, North B moved by chance at most, South is none of the manager's business.
            .. Many(monday.AddDays(-7), Floor.NorthA, 60, 5), .. Many(monday, Floor.NorthA, 60, 2), .. Many(monday.AddDays(-7), Floor.NorthB, 40, 4), .. Many(monday, Floor.NorthB, 40, 4),
            .. Many(monday.AddDays(-7), Floor.SouthA, 60, 5), .. Many(monday, Floor.SouthA, 60, 1),
        ]);
        await using var database = floor.Database;
        var calendars = new Data.Calendars.RegionCalendars(database.Company, database.Signal);
        var query = new DigestQuery(database.Db, Floor.Query, new Data.Cases.CaseBoardQuery(database.Db, database.Company, calendars), calendars, database.Company);
        var period = await query.Period(DigestRhythm.Weekly);
        Assert.Equal((monday, monday.AddDays(7)), (period.From, period.To));

        var digest = await query.Read(Floor.ManagerOf(Floor.North), period);
        var unit = Assert.Single(digest.Units);
        Assert.Equal("north", unit.Unit.Code);
        var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.ManagerOf(Floor.North), new ScorecardFilter(RollupBy.Team, Metric.Csat, monday, monday.AddDays(7)) { Parent = "north" })))!;
        Assert.Equal(card.Total, Assert.Single(unit.Figures).Row with { Trend = card.Total.Trend, Cases = card.Total.Cases });
        Assert.Equal(["north", "north-a"], unit.Changes.Select(c => c.IsWhole ? unit.Unit.Code : c.Row.Key));
        Assert.All(unit.Changes, c => Assert.Equal(Verdict.Worse, c.Row.Verdict));

        // An agent: the team and themselves.
        var own = Assert.Single((await query.Read(Floor.AgentOf(101, Floor.SouthA), period)).Units);
        Assert.Equal("south-a", own.Unit.Code);
        Assert.All(own.Changes, c => Assert.True(c.IsWhole || c.Row.KeyId == 101));
        Assert.Contains(own.Figures, f => f.IsSelf && f.Row.KeyId == 101);
        Assert.Empty((await query.Read(Floor.Display, period)).Units);
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public async Task What_is_named_holds_in_view_of_all_that_was_looked_at()
    {
        var monday = new DateOnly(2026, 9, 7);
        // A fell for certain. B fell so that chance explains it one time in thirty, and nothing else moved: of so many figures one such is to be expected.
        var floor = await Floor.Create(DatabaseProvider.Sqlite,
        [
            .. Many(monday.AddDays(-7), Floor.NorthA, 60, 5), .. Many(monday, Floor.NorthA, 60, 2), .. Many(monday.AddDays(-7), Floor.NorthB, 40, 4),
            .. Many(monday, Floor.NorthB, 40, 4).Select((a, i) => i < 17 ? a with { Csat = a.Csat - 1 } : a),
            .. ((DateOnly[])[monday.AddDays(-7), monday]).SelectMany(day => Enumerable.Range(0, 80).Select(i => new FloorAnswer(day, i % 2 == 0 ? Floor.NorthA : Floor.NorthB, Nps: 6 + i % 5, Ces: 3 + i % 3))),
        ]);
        await using var database = floor.Database;
        var manager = Floor.ManagerOf(Floor.North);
        var card = (await database.Db.Read(s => Floor.Query.Read(s, manager, new ScorecardFilter(RollupBy.Team, Metric.Csat, monday, monday.AddDays(7)) { Parent = "north" })))!;
        var b = card.Rows.Single(r => r.Key == "north-b");
        Assert.Equal(Verdict.Worse, b.Verdict);
        Assert.InRange(b.Chance!.Value, 0.01, 0.05);

        var calendars = new Data.Calendars.RegionCalendars(database.Company, database.Signal);
        var query = new DigestQuery(database.Db, Floor.Query, new Data.Cases.CaseBoardQuery(database.Db, database.Company, calendars), calendars, database.Company);
        var digest = await query.Read(manager, await query.Period(DigestRhythm.Weekly));
        Assert.Equal(9, digest.Looked);
        Assert.Equal(["north", "north-a"], Assert.Single(digest.Units).Changes.Select(c => c.IsWhole ? "north" : c.Row.Key));
    }

    private static IEnumerable<FloorAnswer> Many(DateOnly day, int team, int n, int csat) =>
        Enumerable.Range(0, n).Select(i => new FloorAnswer(day, team, Csat: Math.Clamp(csat + i % 3 - 1, 1, 5), Agent: 101 + i % 2));

    private static DigestWriter Writer(DeliveryFloor floor) => new(floor.Db, floor.Cases.Database.Company, floor.Cases.Calendars, floor.MailSettings);

    private readonly record struct DeliveryRunCount(int Sent, int Dropped)
    {
        public static DeliveryRunCount Of(Web.Deliveries.DeliveryRun run) => new(run.Sent, run.Dropped);
    }
}
