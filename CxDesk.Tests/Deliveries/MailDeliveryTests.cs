using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;
using CxDesk.Web.Deliveries;

namespace CxDesk.Tests.Deliveries;

public class MailDeliveryTests
{
    private static readonly Statement Speak = new("UPDATE People SET Language = 'zh-Hans' WHERE Id = @id");
    private static readonly Statement Deactivate = new("UPDATE People SET IsActive = 0 WHERE Id = @id");
    private static readonly Statement EndPlaces = new("UPDATE Places SET ToDay = FromDay WHERE PersonId = @id");
    private static readonly Statement Resolve = new("UPDATE Cases SET Status = 4");
    private static readonly Statement AnyHour = new("UPDATE People SET AnyHour = 1 WHERE Id = @id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task News_leaves_as_mail_in_both_forms_with_the_customer_and_the_way_to_the_case(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        var customer = await floor.Cases.Customer("Öz & Söhne <b>");
        var opened = await floor.Cases.Open(comment: "Waited 40 minutes.", customerId: customer);
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId);
        Assert.Equal(new DeliveryRun(1, 0, 0), await floor.Sender.Run());

        var mail = Assert.Single(floor.Mail.Inbox);
        Assert.Equal("sue@example.com", mail.To);
        Assert.Equal($"Max gave you C-{opened.CaseId}", mail.Header("Subject"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Matches("^<[0-9a-f]{32}@example.com>$", mail.Header("Message-Id"));
        Assert.Contains("Customer: Customer Öz & Söhne <b>", mail.Body);
        Assert.Contains("Customer Öz &amp; Söhne &lt;b&gt;", mail.Body);
        Assert.Contains("Waited 40 minutes.", mail.Body);
        Assert.Contains($"https://cx.example.com/cases/C-{opened.CaseId}", mail.Body);
        var row = await floor.One();
        Assert.Equal((DeliveryStatus.Sent, 1, "sue@example.com"), (row.Status, row.Attempts, row.SentTo));
        Assert.Equal(default, await floor.Sender.Run());
    }

    [Fact]
    public async Task Mail_speaks_the_language_of_its_receiver()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Db.Write(s => s.Execute(Speak, new { id = CaseFloor.Supervisor }));
        var opened = await floor.Cases.Open();
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId);
        await floor.Sender.Run();
        var mail = Assert.Single(floor.Mail.Inbox);
        Assert.Equal($"Max 把 C-{opened.CaseId} 分配给了您", mail.Header("Subject"));
        Assert.Contains("严重程度：中", mail.Body);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Two_senders_at_once_deliver_each_once(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        var cases = new List<long>();
        for (var i = 0; i < 120; i++) cases.Add((await floor.Cases.Open()).CaseId);
        foreach (var caseId in cases) await floor.Tell(caseId % 2 == 0 ? CaseFloor.Supervisor : CaseFloor.Manager, caseId);
        using var other = new Db(floor.Cases.Database.Options, floor.Cases.Database.Time, floor.Cases.Database.Signal);
        DeliverySender[] nodes = [floor.Sender, floor.SenderOn(other)];
        var runs = await Task.WhenAll(nodes.Select(n => Task.Run(() => n.Run())));
        Assert.Equal(120, runs.Sum(r => r.Sent));
        var told = floor.Mail.Inbox.SelectMany(m => m.Plain.Split('\n').Where(l => l.Contains("gave you", StringComparison.Ordinal))).ToList();
        Assert.Equal(cases.Select(c => $"Max gave you C-{c}").Order(), told.Order());
        Assert.All(await floor.Read(), r => Assert.Equal((DeliveryStatus.Sent, 1), (r.Status, r.Attempts)));
    }

    [Fact]
    public async Task What_waits_for_one_person_goes_as_one_mail()
    {
        await using var floor = await DeliveryFloor.Create();
        for (var i = 0; i < 3; i++) await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Mail.Refusals.Enqueue("450 busy");
        Assert.Equal(new DeliveryRun(0, 3, 0), await floor.Sender.Run());
        Assert.Single((await floor.Read()).Select(r => r.NextAt).Distinct());
        floor.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(new DeliveryRun(3, 0, 0), await floor.Sender.Run());
        var mail = Assert.Single(floor.Mail.Inbox);
        Assert.Equal("Max gave you C-1001, and 2 more", mail.Header("Subject"));
        Assert.All((int[])[1001, 1002, 1003], id => Assert.Contains($"https://cx.example.com/cases/C-{id}", mail.Plain));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "21")]
    public async Task What_was_queued_for_a_rule_that_is_switched_off_does_not_leave(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        var opened = await floor.Cases.Open(csat: 1);
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseOverdue, "a");
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseAssigned, "b");
        var (cases, policies) = (floor.Cases, floor.Cases.Policies);
        var policy = CasePolicy.First with { Rules = [.. CasePolicy.First.Rules.Select(r => r with { IsOn = false })] };
        var writer = new PolicyWriter(floor.Db, policies);
        var version = (await new PolicyQuery(floor.Db, policies).Read()).DraftVersion;
        await writer.SwitchOn(Viewer.System, await writer.SaveDraft(Viewer.System, policy, version), null);
        // Also before the cases were judged again.
        await floor.Sender.Run();
        Assert.Equal(["policyOff", null], (await floor.Read()).Select(r => r.Reason));

        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseOverdue, "c");
        Assert.Equal(1, (await new CaseRejudger(floor.Db, cases.Calendars, policies).Run()).Cases);
        Assert.Equal((DeliveryStatus.Cancelled, "policyOff"), ((await floor.Read())[2].Status, (await floor.Read())[2].Reason));
        Assert.Single(floor.Mail.Inbox);
    }

    [Fact]
    public async Task A_sender_that_dies_in_the_middle_leaves_a_doubt_and_no_second_mail()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        var claimed = Assert.Single(await floor.Queue.Claim("dead", 10));
        await floor.Db.Write(s => DeliveryQueue.Begin(s, "dead", claimed.Id, "sue@example.com"));

        Assert.Equal(default, await floor.Sender.Run());      // its lease holds
        floor.Pass(DeliveryQueue.LeaseTime + TimeSpan.FromSeconds(1));
        await floor.Sender.Run();
        Assert.Equal(DeliveryStatus.Unknown, (await floor.One()).Status);
        Assert.Empty(floor.Mail.Inbox);

        Assert.True(await new DeliveryWriter(floor.Db).Retry(Viewer.System, claimed.Id));
        await floor.Sender.Run();
        Assert.Equal($"<{claimed.Key}@example.com>", Assert.Single(floor.Mail.Inbox).Header("Message-Id"));
        Assert.False(await new DeliveryWriter(floor.Db).Retry(Viewer.System, claimed.Id));
    }

    [Fact]
    public async Task A_sender_that_dies_before_the_first_byte_is_followed_by_another()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        Assert.Single(await floor.Queue.Claim("dead", 10));
        Assert.Equal(default, await floor.Sender.Run());
        floor.Pass(DeliveryQueue.LeaseTime + TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await floor.Sender.Run()).Sent);
        Assert.Single(floor.Mail.Inbox);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_later_and_one_that_refuses_is_not()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Mail.Refusals.Enqueue("450 busy");
        await floor.Sender.Run();
        var row = await floor.One();
        Assert.Equal((DeliveryStatus.Queued, 1), (row.Status, row.Attempts));
        Assert.Contains("busy", row.LastError);
        Assert.InRange((row.NextAt - floor.Db.Now).TotalSeconds, 24, 36);

        Assert.Equal(default, await floor.Sender.Run());
        floor.Pass(TimeSpan.FromSeconds(40));
        floor.Mail.Refusals.Enqueue("550 nobody of that name");
        await floor.Sender.Run();
        row = await floor.One();
        Assert.Equal((DeliveryStatus.Failed, 2), (row.Status, row.Attempts));
        Assert.Contains("nobody of that name", row.LastError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_breaks_after_it_has_the_mail_leaves_a_doubt(bool breaks)
    {
        await using var floor = await DeliveryFloor.Create();
        (floor.Mail.BreaksAfterData, floor.Mail.HangsAfterData) = (breaks, !breaks);
        if (!breaks) floor.Options.TimeoutSeconds = 1;
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Sender.Run();
        floor.Pass(TimeSpan.FromHours(2));
        await floor.Sender.Run();
        Assert.Equal(DeliveryStatus.Unknown, (await floor.One()).Status);
        Assert.Single(floor.Mail.Inbox);
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_so_often_and_then_given_up()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Mail.DisposeAsync();
        for (var i = 0; i < 5; i++)
        {
            await floor.Sender.Run();
            floor.Pass(TimeSpan.FromMinutes(10));
        }
        var row = await floor.One();
        Assert.Equal((DeliveryStatus.Failed, 3), (row.Status, row.Attempts));
        Assert.NotNull(row.LastError);
    }

    [Fact]
    public async Task A_wrong_password_holds_the_mail_until_it_is_put_right()
    {
        await using var floor = await DeliveryFloor.Create();
        floor.Mail.SignIn = "AUTH PLAIN AGRlc2sAcmlnaHQ=";
        (floor.MailSettings.User, floor.MailSettings.Password) = ("desk", "wrong");
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Sender.Run();
        Assert.Equal((DeliveryStatus.Queued, "535 wrong name or password"), ((await floor.One()).Status, (await floor.One()).LastError));
        floor.MailSettings.Password = "right";
        floor.Pass(TimeSpan.FromMinutes(1));
        await floor.Sender.Run();
        Assert.Single(floor.Mail.Inbox);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_is_told_nothing()
    {
        await using var floor = await DeliveryFloor.Create();
        floor.MailSettings.Tls = true;
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        await floor.Sender.Run();
        Assert.Equal((DeliveryStatus.Queued, "502 not known"), ((await floor.One()).Status, (await floor.One()).LastError));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "21")]
    public async Task Nothing_leaves_for_a_dead_case(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        var opened = await floor.Cases.Open();
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId);
        await floor.Cases.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = opened.CaseId, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        Assert.Equal((DeliveryStatus.Cancelled, "caseResolved"), ((await floor.One()).Status, (await floor.One()).Reason));

        // Also where it was resolved behind the outbox's back.
        var second = await floor.Cases.Open();
        await floor.Tell(CaseFloor.Supervisor, second.CaseId);
        await floor.Db.Write(s => s.Execute(Resolve));
        await floor.Sender.Run();
        Assert.All(await floor.Read(), r => Assert.Equal("caseResolved", r.Reason));
        Assert.Empty(floor.Mail.Inbox);
    }

    [Fact]
    [Trait("Behaviour", "21")]
    public async Task What_is_said_of_a_deadline_does_not_leave_while_the_case_waits_or_once_it_moved()
    {
        await using var floor = await DeliveryFloor.Create();
        var opened = await floor.Cases.Open();
        var due = (await floor.Cases.Read(opened.CaseId)).DueAt;
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseDueSoon, "a", new NoticeDetail { DueAt = due.AddHours(-1) });
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseDueSoon, "b", new NoticeDetail { DueAt = due });
        await floor.Sender.Run();
        Assert.Equal(["outOfDate", null], (await floor.Read()).Select(r => r.Reason));

        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseOverdue, "c", new NoticeDetail { DueAt = due });
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId, NoticeEvent.CaseAssigned, "d");
        await floor.Cases.Do(CaseFloor.Supervisor, new WaitCase { CaseId = opened.CaseId, Reason = "calls back" });
        await floor.Sender.Run();
        Assert.Equal(["caseWaits", null], (await floor.Read()).Skip(2).Select(r => r.Reason));
        Assert.Equal(2, floor.Mail.Inbox.Count);
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Who_may_not_see_the_case_any_more_gets_no_mail_about_it(DatabaseProvider engine)
    {
        await using var floor = await DeliveryFloor.Create(engine);
        var opened = await floor.Cases.Open();
        await floor.Tell(CaseFloor.Supervisor, opened.CaseId);
        await floor.Tell(CaseFloor.Manager, opened.CaseId);
        await floor.Db.Write(s => s.Execute(EndPlaces, new { id = CaseFloor.Supervisor }));
        await floor.Db.Write(s => s.Execute(Deactivate, new { id = CaseFloor.Manager }));
        await floor.Sender.Run();
        Assert.Equal(["noAccess", "personInactive"], (await floor.Read()).Select(r => r.Reason));
        Assert.Empty(floor.Mail.Inbox);
    }

    [Fact]
    public async Task Mail_waits_for_the_working_hours_of_its_receiver_unless_it_is_critical_or_asked_for_at_any_hour()
    {
        await using var floor = await DeliveryFloor.Create();
        var (critical, medium) = (await floor.Cases.Open(csat: 1, tierA: true), await floor.Cases.Open());
        floor.Cases.Database.Time.Now = new DateTimeOffset(2026, 9, 14, 20, 0, 0, TimeSpan.Zero);     // 22:00 in Paris
        await floor.Tell(CaseFloor.Supervisor, medium.CaseId);
        await floor.Tell(CaseFloor.Supervisor, critical.CaseId);
        await floor.Sender.Run();
        Assert.Contains($"C-{critical.CaseId}", Assert.Single(floor.Mail.Inbox).Header("Subject"));
        var held = (await floor.Read())[0];
        Assert.Equal((DeliveryStatus.Queued, "outsideHours", new DateTimeOffset(2026, 9, 15, 7, 0, 0, TimeSpan.Zero)), (held.Status, held.Reason, held.NextAt));

        floor.Cases.Database.Time.Now = held.NextAt;
        await floor.Sender.Run();
        Assert.Equal(2, floor.Mail.Inbox.Count);

        floor.Cases.Database.Time.Now = new DateTimeOffset(2026, 9, 15, 20, 0, 0, TimeSpan.Zero);
        await floor.Db.Write(s => s.Execute(AnyHour, new { id = CaseFloor.Supervisor }));
        await floor.Tell(CaseFloor.Supervisor, medium.CaseId, key: "again");
        await floor.Sender.Run();
        Assert.Equal(3, floor.Mail.Inbox.Count);
    }

    [Fact]
    public async Task What_could_not_leave_for_days_is_no_news()
    {
        await using var floor = await DeliveryFloor.Create();
        await floor.Tell(CaseFloor.Supervisor, (await floor.Cases.Open()).CaseId);
        floor.Pass(TimeSpan.FromDays(11));
        await floor.Sender.Run();
        Assert.Equal("tooOld", (await floor.One()).Reason);
        Assert.Empty(floor.Mail.Inbox);
    }
}
