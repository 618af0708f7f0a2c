using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

public class SavedViewTests
{
    private static readonly Statement Audited = new("SELECT Event FROM AuditLog WHERE Entity = 'savedView' ORDER BY Id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_view_is_its_owners_its_units_or_the_companys(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var desk = new Desk(floor);
        await desk.Save(CaseFloor.Agent, "mine", ViewAudience.Owner);
        await desk.Save(CaseFloor.Agent, "team", ViewAudience.Unit, CaseFloor.Team);
        await desk.Save(CaseFloor.Manager, "region", ViewAudience.Unit, CaseFloor.Region);
        await desk.Save(CaseFloor.Supervisor, "all", ViewAudience.Company);

        Assert.Equal(["mine", "region", "team", "all"], await desk.Names(CaseFloor.Agent));
        Assert.Equal(["region", "team", "all"], await desk.Names(CaseFloor.Colleague));
        Assert.Equal(["region", "team", "all"], await desk.Names(CaseFloor.Supervisor));
        Assert.Equal(["region", "team", "all"], await desk.Names(CaseFloor.Manager));
        Assert.Equal(["all"], await desk.Names(CaseFloor.Stranger));
        Assert.Equal(["all"], await desk.Names(CaseFloor.Executive));
        Assert.Empty((await desk.Query.Read(Viewer.System)).Views);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_shared_view_finds_what_each_viewer_may_see(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var here = (await floor.Open()).CaseId;
        var there = (await floor.Open(regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam)).CaseId;
        var desk = new Desk(floor);
        await desk.Save(CaseFloor.Supervisor, "all", ViewAudience.Company);
        async Task<IEnumerable<long>> Seen(int person) =>
            (await floor.Board.Read(CaseFloor.ViewerOf(person), new CaseBoardFilter(), CaseSort.Urgency, 10)).Rows.Select(row => row.Id);
        Assert.Equal([here], await Seen(CaseFloor.Agent));
        Assert.Equal([there], await Seen(CaseFloor.Stranger));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Nobody_shares_with_units_that_are_not_theirs_and_an_agent_not_with_the_company(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var desk = new Desk(floor);
        async Task Refused(int person, string name, ViewAudience audience, int? unit, string field, string fault)
        {
            var refused = await Assert.ThrowsAsync<InvalidField>(() => desk.Save(person, name, audience, unit));
            Assert.Equal((field, fault), (refused.Field, refused.Fault));
        }
        await Refused(CaseFloor.Agent, "x", ViewAudience.Company, null, "audience", "NotYours");
        await Refused(CaseFloor.Agent, "x", ViewAudience.Unit, CaseFloor.OtherTeam, "audience", "NotYours");
        await Refused(CaseFloor.Agent, "x", ViewAudience.Unit, CaseFloor.Region, "audience", "NotYours");
        await Refused(CaseFloor.Agent, " ", ViewAudience.Owner, null, "name", "Missing");
        await Refused(CaseFloor.Agent, new string('x', SavedViewWriter.NameLength + 1), ViewAudience.Owner, null, "name", "TooLong");
        await desk.Save(CaseFloor.Agent, "x", ViewAudience.Owner);
        await Refused(CaseFloor.Agent, "x", ViewAudience.Owner, null, "name", "Taken");
        await desk.Save(CaseFloor.Colleague, "x", ViewAudience.Owner);
    }

    [Fact]
    public async Task Nobody_keeps_more_views_than_fit_a_menu()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var desk = new Desk(floor);
        for (var i = 1; i < SavedViewWriter.MostPerPerson; i++) await desk.Save(CaseFloor.Agent, $"view {i}", ViewAudience.Owner);
        var last = await desk.Save(CaseFloor.Agent, "last", ViewAudience.Owner);
        var refused = await Assert.ThrowsAsync<InvalidField>(() => desk.Save(CaseFloor.Agent, "one more", ViewAudience.Owner));
        Assert.Equal(("name", "TooMany"), (refused.Field, refused.Fault));

        var me = CaseFloor.ViewerOf(CaseFloor.Agent);
        await desk.Writer.Change(me, last, 1, new SavedViewDraft { Name = "renamed", Query = "status=new" });
        await desk.Writer.Remove(me, last, 2);
        await desk.Save(CaseFloor.Agent, "one more", ViewAudience.Owner);
        await desk.Save(CaseFloor.Colleague, "mine", ViewAudience.Owner);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_second_save_is_told_who_came_first(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var desk = new Desk(floor);
        var id = await desk.Save(CaseFloor.Agent, "team", ViewAudience.Unit, CaseFloor.Team);
        var seen = await desk.One(CaseFloor.Supervisor, id);
        var draft = new SavedViewDraft { Name = "renamed", Query = "overdue=true", Audience = ViewAudience.Unit, UnitId = CaseFloor.Team };
        await desk.Writer.Change(CaseFloor.ViewerOf(CaseFloor.Supervisor), id, seen.Version, draft);

        var late = await Assert.ThrowsAsync<ChangedMeanwhile>(() => desk.Writer.Change(CaseFloor.ViewerOf(CaseFloor.Agent), id, seen.Version, draft with { Name = "mine again" }));
        Assert.Equal(("Sue", "viewChanged"), (late.By, late.What));
        Assert.Equal(("renamed", "overdue=true"), ((await desk.One(CaseFloor.Agent, id)).Name, (await desk.One(CaseFloor.Agent, id)).Query));
        await Assert.ThrowsAsync<ChangedMeanwhile>(() => desk.Writer.Remove(CaseFloor.ViewerOf(CaseFloor.Agent), id, seen.Version));
        Assert.Equal(["viewSaved", "viewChanged"], await floor.Database.Db.Read(s => s.Query<string>(Audited)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_colleague_changes_nobody_elses_view_and_a_stranger_chooses_none_that_they_do_not_see(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var desk = new Desk(floor);
        var id = await desk.Save(CaseFloor.Agent, "team", ViewAudience.Unit, CaseFloor.Team);
        var seen = await desk.One(CaseFloor.Colleague, id);
        Assert.False(seen.MayBeChangedBy(CaseFloor.ViewerOf(CaseFloor.Colleague)));
        Assert.True(seen.MayBeChangedBy(CaseFloor.ViewerOf(CaseFloor.Supervisor)));
        await Assert.ThrowsAsync<ChangedMeanwhile>(() => desk.Writer.Remove(CaseFloor.ViewerOf(CaseFloor.Colleague), id, seen.Version));
        await desk.Writer.MakeDefault(CaseFloor.ViewerOf(CaseFloor.Stranger), id);
        Assert.Null((await desk.Query.Read(CaseFloor.ViewerOf(CaseFloor.Stranger))).Default);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Each_person_keeps_where_the_desk_begins_and_which_columns_it_shows(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var desk = new Desk(floor);
        var (ann, bob) = (CaseFloor.ViewerOf(CaseFloor.Agent), CaseFloor.ViewerOf(CaseFloor.Colleague));
        var id = await desk.Save(CaseFloor.Agent, "team", ViewAudience.Unit, CaseFloor.Team);
        await desk.Writer.KeepColumns(bob, "due,owner");
        await desk.Writer.MakeDefault(bob, id);
        await desk.Writer.MakeDefault(bob, id);
        var kept = await desk.Query.Read(bob);
        Assert.Equal((id, "due,owner"), (kept.Default!.Id, kept.Columns));
        Assert.Null((await desk.Query.Read(ann)).Default);

        // A view that is deleted, or not shared any more, is nobody's beginning.
        await desk.Writer.Remove(ann, id, (await desk.One(CaseFloor.Agent, id)).Version);
        Assert.Equal((null, "due,owner"), ((await desk.Query.Read(bob)).Default, (await desk.Query.Read(bob)).Columns));
    }

    private sealed class Desk(CaseFloor floor)
    {
        public SavedViewWriter Writer { get; } = new(floor.Database.Db);
        public SavedViewQuery Query { get; } = new(floor.Database.Db);

        public Task<int> Save(int person, string name, ViewAudience audience, int? unitId = null) =>
            Writer.Save(CaseFloor.ViewerOf(person), new SavedViewDraft { Name = name, Query = "status=new", Audience = audience, UnitId = unitId });

        public async Task<IEnumerable<string>> Names(int person) => (await Query.Read(CaseFloor.ViewerOf(person))).Views.Select(view => view.Name);

        public async Task<SavedViewRow> One(int person, int id) => (await Query.Read(CaseFloor.ViewerOf(person))).Views.Single(view => view.Id == id);
    }
}
