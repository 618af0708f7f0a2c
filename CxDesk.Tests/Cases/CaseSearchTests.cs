using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;

namespace CxDesk.Tests.Cases;

/// <summary>By what a case is found, from when on, and by whom.</summary>
public sealed class CaseSearchTests
{
    private static readonly Statement Forgotten = Statement.PerEngine("DELETE FROM CaseWords WHERE rowid > 0", "DELETE FROM CaseWords");
    private static readonly Statement FromBefore = new("INSERT INTO Settings (Name, Setting) VALUES ('caseSearchBelow', '9999')");
    private static readonly Statement Left = new("SELECT COUNT(*) FROM Settings WHERE Name = 'caseSearchBelow'");

    private static readonly Statement Rename = new("UPDATE Customers SET Name = 'Berg', IsRenamed = 1 WHERE Id = @id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_case_is_found_by_reference_customer_comments_and_notes(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var customer = await floor.Customer("K-77");
        var one = (await floor.Open(customerId: customer, comment: "The router broke")).CaseId;
        Assert.Equal(one, (await floor.Open(customerId: customer, comment: "再次断网")).CaseId);
        var other = (await floor.Open(comment: "Nobody called")).CaseId;
        await floor.Do(CaseFloor.Agent, new NoteCase { CaseId = other, Text = "已经退款" });
        await floor.Do(CaseFloor.Agent, new WaitCase { CaseId = other, Reason = "on holiday" });
        foreach (var text in (string[])[CaseReference.Of(one), $"{one}", "cust", "k 77", "ROUT", "断网", "网", "再次 router", "router customer"]) Assert.Equal([one], await Found(floor, text));
        foreach (var text in (string[])["退款", "holiday nobody", "经退"]) Assert.Equal([other], await Found(floor, text));
        foreach (var text in (string[])["outer", "router nobody", "断款", "网断", "?!", "C-1"]) Assert.Empty(await Found(floor, text));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Words_show_a_case_only_to_who_may_see_it(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var far = (await floor.Open(regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam, comment: "退款")).CaseId;
        Assert.Equal([far], await Found(floor, "退款", CaseFloor.Stranger));
        foreach (var text in (string[])["退款", CaseReference.Of(far), $"{far}"])
        {
            var page = await floor.Board.Read(CaseFloor.ViewerOf(CaseFloor.Supervisor), new() { Text = text }, CaseSort.Urgency, 9);
            Assert.Equal((0, 0), (page.Rows.Count, page.Counts.New));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_customer_who_is_renamed_is_found_by_the_new_name(DatabaseProvider engine)
    {
        await using var floor = await IngestFloor.Create(engine);
        await floor.Send(floor.Answer("1") with { Csat = 1, Customer = new IncomingCustomer { Id = "k1", Name = "Anna Berg" } });
        var board = new CaseBoardQuery(floor.Database.Db, floor.Database.Company, new(floor.Database.Company, floor.Database.Signal));
        async Task<int> Count(string text) => (await board.Read(Viewer.System, new() { Text = text }, CaseSort.Urgency, 9)).Rows.Count;
        Assert.Equal(1, await Count("berg"));
        await floor.Send(floor.Answer("2") with { Csat = 5, RespondedAt = floor.Now.AddMinutes(1), Customer = new IncomingCustomer { Id = "k1", Name = "Anna 王" } });
        Assert.Equal((0, 1, 1), (await Count("berg"), await Count("王"), await Count("anna")));
        Assert.Equal(0, await CaseSearch.IndexRest(floor.Database.Db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Ended_cases_of_a_renamed_customer_follow_in_writes_of_their_own(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var db = floor.Database.Db;
        var customer = await floor.Customer("K-1");
        List<long> ended = [];
        for (var i = 0; i < 3; i++)
        {
            ended.Add((await floor.Open(customerId: customer)).CaseId);
            await floor.Do(CaseFloor.Supervisor, new ResolveCase { CaseId = ended[^1], RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        }
        var open = (await floor.Open(customerId: customer)).CaseId;
        for (var again = 0; again < 2; again++)
            await db.Write(async s =>
            {
                await s.Execute(Rename, new { id = customer });
                await CaseSearch.FollowRenames(s);
            });
        Assert.Equal([open], await Found(floor, "berg"));
        Assert.Equal(4, await CaseSearch.IndexRest(db));
        Assert.Equal([.. ended, open], (await Found(floor, "berg")).Order());
        Assert.Equal(0, await CaseSearch.IndexRest(db));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Cases_from_before_are_indexed_once_in_steps_that_go_on_where_they_ended(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add((await floor.Open(comment: "路由器")).CaseId);
        var db = floor.Database.Db;
        await db.Write(async s =>
        {
            await s.Execute(Forgotten);
            await s.Execute(FromBefore);
        });
        Assert.Empty(await Found(floor, "路由"));
        // One that changes meanwhile is not forgotten, nor stored twice.
        await floor.Do(CaseFloor.Supervisor, new NoteCase { CaseId = ids[2], Text = "called" });
        Assert.Equal([ids[2]], await Found(floor, "路由"));
        Assert.Equal(5, await CaseSearch.IndexOlder(db));
        Assert.Equal(ids, (await Found(floor, "路由")).Order());
        Assert.Equal(0, await CaseSearch.IndexOlder(db));
        Assert.Equal(0, await db.Read(s => s.Single<int>(Left)));
    }

    private static async Task<IReadOnlyList<long>> Found(CaseFloor floor, string text, int person = CaseFloor.Executive) =>
        [.. (await floor.Board.Read(CaseFloor.ViewerOf(person), new() { Text = text }, CaseSort.Urgency, 50)).Rows.Select(row => row.Id)];
}
