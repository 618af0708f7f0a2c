using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

/// <summary>What is typed and not sent, and who has a case open.</summary>
public class CaseDraftTests
{
    private static readonly Statement Deactivate = new("UPDATE People SET IsActive = 0 WHERE Id = @id");

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "13")]
    public async Task A_draft_is_kept_for_its_author_alone_until_it_is_sent(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var drafts = new CaseDraftStore(floor.Database.Db);
        var id = (await floor.Open()).CaseId;
        var (ann, bob) = (CaseFloor.ViewerOf(CaseFloor.Agent), CaseFloor.ViewerOf(CaseFloor.Colleague));
        var heard = new List<Change>();
        floor.Database.Signal.Changed += heard.Add;
        await drafts.Keep(ann, id, CaseDraftField.Note, "等了");
        floor.Database.Time.Now = floor.Database.Time.Now.AddMinutes(1);
        await drafts.Keep(ann, id, CaseDraftField.Note, "等了四十分钟");
        await drafts.Keep(ann, id, CaseDraftField.Wait, "the bill");
        Assert.Empty(heard);
        Assert.Empty(await drafts.Read(bob, id));
        Assert.Empty(await drafts.Read(CaseFloor.ViewerOf(CaseFloor.Executive), id));
        var kept = (await drafts.Read(ann, id)).Single(d => d.Field == CaseDraftField.Note);
        Assert.Equal(("等了四十分钟", floor.Database.Time.Now), (kept.Text, kept.UpdatedAt));

        await floor.Do(CaseFloor.Agent, new NoteCase { CaseId = id, Text = "等了四十分钟", Draft = CaseDraftField.Note });
        Assert.Equal(CaseDraftField.Wait, Assert.Single(await drafts.Read(ann, id)).Field);
        await drafts.Keep(ann, id, CaseDraftField.Wait, " ");
        Assert.Empty(await drafts.Read(ann, id));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Nobody_drafts_on_or_reads_drafts_of_a_case_out_of_sight(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var drafts = new CaseDraftStore(floor.Database.Db);
        var id = (await floor.Open()).CaseId;
        await drafts.Keep(CaseFloor.ViewerOf(CaseFloor.Stranger), id, CaseDraftField.Note, "mine");
        await drafts.Keep(CaseFloor.ViewerOf(CaseFloor.Agent), id, CaseDraftField.Note, "mine");
        await floor.Do(CaseFloor.Colleague, new ClaimCase { CaseId = id });
        Assert.Empty(await drafts.Read(CaseFloor.ViewerOf(CaseFloor.Stranger), id));
        Assert.Empty(await drafts.Read(CaseFloor.ViewerOf(CaseFloor.Agent), id));
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "14"), Trait("Behaviour", "41")]
    public async Task Who_has_a_case_open_is_seen_by_those_who_see_it_and_until_they_leave(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        var presence = new CasePresenceStore(floor.Database.Db);
        var id = (await floor.Open()).CaseId;
        var (ann, bob, eve, sue) = (CaseFloor.ViewerOf(CaseFloor.Agent), CaseFloor.ViewerOf(CaseFloor.Colleague), CaseFloor.ViewerOf(CaseFloor.Stranger), CaseFloor.ViewerOf(CaseFloor.Supervisor));
        var heard = new List<ChangeTopic>();
        floor.Database.Signal.Changed += change => heard.AddRange(change.Topics);
        await presence.Here(ann, id, "a", isEditing: false);
        await presence.Here(ann, id, "b", isEditing: true);
        await presence.Here(eve, id, "c", isEditing: true);
        Assert.Equal([("Ann", true)], await Seen(sue));
        Assert.Empty(await Seen(ann));
        Assert.Empty(await Seen(eve));
        Assert.Equal([ChangeTopic.Presence, ChangeTopic.Presence], heard);
        // Still there: no news.
        floor.Database.Time.Now += CasePresenceStore.Beat;
        await presence.Here(ann, id, "b", isEditing: true);
        Assert.Equal(2, heard.Count);
        // The first screen fell silent, the second one closes.
        floor.Database.Time.Now += CasePresenceStore.Believed - CasePresenceStore.Beat;
        Assert.Equal([("Ann", true)], await Seen(sue));
        await presence.Gone(ann, id, "b");
        Assert.Empty(await Seen(sue));

        // Who loses the case is gone with the next beat; who loses the job at once.
        await presence.Here(ann, id, "a", isEditing: true);
        await floor.Do(CaseFloor.Colleague, new ClaimCase { CaseId = id });
        await presence.Here(bob, id, "d", isEditing: false);
        await presence.Here(ann, id, "a", isEditing: true);
        Assert.Equal([("Bob", false)], await Seen(sue));
        await floor.Database.Db.Write(s => s.Execute(Deactivate, new { id = CaseFloor.Colleague }));
        Assert.Empty(await Seen(sue));

        async Task<IEnumerable<(string, bool)>> Seen(CxDesk.Data.People.Viewer viewer) => (await presence.Read(viewer, id)).Select(p => (p.Name, p.IsEditing));
    }
}
