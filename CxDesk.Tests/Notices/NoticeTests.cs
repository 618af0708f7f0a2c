using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Notices;
using CxDesk.Tests.Cases;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Notices;

public class NoticeTests
{
    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "25")]
    public async Task The_same_thing_is_told_once_and_another_thing_is_news(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var caseId = (await floor.Open()).CaseId;
        await Tell(floor, CaseFloor.Supervisor, "reminder/1", caseId);
        await Tell(floor, CaseFloor.Supervisor, "reminder/1", caseId);
        await Tell(floor, CaseFloor.Supervisor, "reminder/2", caseId);
        Assert.Equal(2, (await Read(floor, CaseFloor.Supervisor)).Unread);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_person_reads_and_marks_their_own_notices_only(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var caseId = (await floor.Open()).CaseId;
        await Tell(floor, CaseFloor.Supervisor, "a", caseId);
        await Tell(floor, CaseFloor.Supervisor, "b", caseId);
        await Tell(floor, CaseFloor.Manager, "c", caseId);
        var mine = await Read(floor, CaseFloor.Supervisor);
        Assert.Equal((2, 2), (mine.Unread, mine.Newest.Count));
        Assert.Equal((NoticeEvent.CaseEscalated, 3), (mine.Newest[0].Event, mine.Newest[0].Detail.Level));

        var writer = new NoticeWriter(floor.Database.Db);
        await writer.MarkRead(CaseFloor.ViewerOf(CaseFloor.Manager), mine.Newest[0].Id);
        Assert.Equal(2, (await Read(floor, CaseFloor.Supervisor)).Unread);
        await writer.MarkRead(CaseFloor.ViewerOf(CaseFloor.Supervisor), mine.Newest[0].Id);
        Assert.Equal(1, (await Read(floor, CaseFloor.Supervisor)).Unread);
        await writer.MarkAllRead(CaseFloor.ViewerOf(CaseFloor.Supervisor), mine.Newest[0].Id);
        Assert.Equal(0, (await Read(floor, CaseFloor.Supervisor)).Unread);
        Assert.Equal(1, (await Read(floor, CaseFloor.Manager)).Unread);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_is_told_again_under_a_key_is_unread_again(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await Tell(floor, CaseFloor.Supervisor, "a", null);
        await new NoticeWriter(floor.Database.Db).MarkAllRead(CaseFloor.ViewerOf(CaseFloor.Supervisor), long.MaxValue);
        await floor.Database.Db.Write(s => NoticeWriter.Retell(s, CaseFloor.Supervisor, NoticeEvent.CasesEscalated, "a", detail: new NoticeDetail { Cases = 4 }));
        var page = await Read(floor, CaseFloor.Supervisor);
        Assert.Equal((1, NoticeEvent.CasesEscalated, 4), (page.Unread, page.Newest.Single().Event, page.Newest.Single().Detail.Cases));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task A_notice_holds_nothing_about_the_customer_since_its_reader_may_have_lost_the_case(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var opened = await floor.Open(comment: "Call me on 0612345678", customerId: await floor.Customer("Jane Roe"));
        await floor.Do(CaseFloor.Supervisor, new AssignCase { CaseId = opened.CaseId, OwnerId = CaseFloor.Agent });
        await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = opened.CaseId, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        await floor.Do(CaseFloor.Supervisor, new ReopenCase { CaseId = opened.CaseId, Reason = "Jane Roe called again" });
        var told = (await Read(floor, CaseFloor.Agent)).Newest;
        Assert.Equal([NoticeEvent.CaseReopened, NoticeEvent.CaseAssigned], told.Select(n => n.Event ?? NoticeEvent.Test));
        Assert.All(told, n => Assert.DoesNotMatch("Jane|0612", n.DetailJson));
    }

    private static Task Tell(CaseFloor floor, int personId, string key, long? caseId) => floor.Database.Db.Write(s =>
        NoticeWriter.Tell(s, personId, NoticeEvent.CaseEscalated, key, caseId, new NoticeDetail { Level = 3 }));

    private static Task<NoticesPage> Read(CaseFloor floor, int personId) => new NoticesQuery(floor.Database.Db).Read(CaseFloor.ViewerOf(personId));
}
