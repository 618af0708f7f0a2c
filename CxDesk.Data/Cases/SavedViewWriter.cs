using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>What somebody wants to keep under a name.</summary>
public sealed record SavedViewDraft
{
    public required string Name { get; init; }

    /// <summary>As in the address of the desk, without the question mark.</summary>
    public required string Query { get; init; }
    public ViewAudience Audience { get; init; } = ViewAudience.Owner;

    /// <summary>Of the audience <see cref="ViewAudience.Unit"/>.</summary>
    public int? UnitId { get; init; }
}

/// <summary>
/// Keeps views, and what each person chose for themselves. With a unit of theirs anybody may share; with the company
/// whoever leads people. What a person chose for their own screen alone leaves no audit line.
/// </summary>
public sealed class SavedViewWriter(Db db)
{
    public const int MostPerPerson = 50, NameLength = 80, QueryLength = 2_000, ColumnsLength = 1_000;
    private const string Entity = "savedView";

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO SavedViews (OwnerId, Audience, UnitId, Name, Query, CreatedAt, UpdatedAt) {d.Output("Id")}
        VALUES (@ownerId, @audience, @unitId, @name, @query, @at, @at) {d.Returning("Id")}
        """);

    private static readonly Statement Update = new("""
        UPDATE SavedViews SET Audience = @audience, UnitId = @unitId, Name = @name, Query = @query, UpdatedAt = @at, RowVersion = @version + 1
        WHERE Id = @id AND RowVersion = @version
        """);

    private static readonly StatementFamily<Reach> Find = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT v.Id AS {nameof(SavedViewRow.Id)}, v.OwnerId AS {nameof(SavedViewRow.OwnerId)}, o.Name AS {nameof(SavedViewRow.OwnerName)},
            v.Audience AS {nameof(SavedViewRow.Audience)}, v.UnitId AS {nameof(SavedViewRow.UnitId)}, u.Name AS {nameof(SavedViewRow.UnitName)},
            v.Name AS {nameof(SavedViewRow.Name)}, v.Query AS {nameof(SavedViewRow.Query)}, v.RowVersion AS {nameof(SavedViewRow.Version)}
        FROM SavedViews v JOIN People o ON o.Id = v.OwnerId LEFT JOIN Units u ON u.Id = v.UnitId
        WHERE v.Id = @id AND {SavedViewQuery.Visible(reach)}
        """);

    private static readonly Statement Kept = new("SELECT COUNT(*) FROM SavedViews WHERE OwnerId = @ownerId");
    private static readonly Statement Named = new("SELECT Id FROM SavedViews WHERE OwnerId = @ownerId AND Name = @name");
    private static readonly Statement Delete = new("DELETE FROM SavedViews WHERE Id = @id AND RowVersion = @version");
    private static readonly Statement Forget = new("UPDATE DeskChoices SET DefaultViewId = NULL WHERE DefaultViewId = @id");
    private static readonly Statement Begin = new("INSERT INTO DeskChoices (PersonId) SELECT p.Id FROM People p WHERE p.Id = @personId AND NOT EXISTS (SELECT 1 FROM DeskChoices d WHERE d.PersonId = @personId)");
    private static readonly Statement ChooseDefault = new("UPDATE DeskChoices SET DefaultViewId = @viewId WHERE PersonId = @personId");
    private static readonly Statement ChooseColumns = new("UPDATE DeskChoices SET Columns = @columns WHERE PersonId = @personId");

    /// <returns>The view's id.</returns>
    /// <exception cref="InvalidField">name: missing, too long, taken by another of the same owner, one too many; audience: not theirs to share with.</exception>
    public Task<int> Save(Viewer actor, SavedViewDraft draft, CancellationToken cancel = default) => db.Write(s => Save(s, actor, draft), cancel);

    /// <summary>The same in the caller's transaction.</summary>
    public static async Task<int> Save(Session s, Viewer actor, SavedViewDraft draft)
    {
        var ownerId = Person(actor);
        var name = await Checked(s, actor, draft, ownerId, null);
        if (await s.Single<int>(Kept, new { ownerId }) >= MostPerPerson)
            throw new InvalidField("name", "TooMany", $"name: you keep {MostPerPerson} views already; delete one that you no longer use.");
        var id = await s.Single<int>(Insert, new { ownerId, audience = (int)draft.Audience, unitId = UnitOf(draft), name, query = draft.Query, at = s.Now });
        await Audit.Write(s, actor, "viewSaved", Entity, id, draft with { Name = name });
        return id;
    }

    /// <exception cref="InvalidField">As in <see cref="Save"/>.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody changed or deleted it since it was read, or it is not theirs to change any more.</exception>
    public Task Change(Viewer actor, int id, int version, SavedViewDraft draft, CancellationToken cancel = default) => db.Write(async s =>
    {
        var present = await Changeable(s, actor, id, version);
        var name = await Checked(s, actor, draft, present.OwnerId, present);
        var changed = await s.Execute(Update, new { id, version, audience = (int)draft.Audience, unitId = UnitOf(draft), name, query = draft.Query, at = s.Now });
        if (changed == 0) throw await Audit.Conflict(s, Entity, id);
        await Audit.Write(s, actor, "viewChanged", Entity, id, new { from = Told(present), to = draft with { Name = name } });
    }, cancel);

    /// <exception cref="ChangedMeanwhile">As in <see cref="Change"/>.</exception>
    public Task Remove(Viewer actor, int id, int version, CancellationToken cancel = default) => db.Write(async s =>
    {
        var present = await Changeable(s, actor, id, version);
        await s.Execute(Forget, new { id });
        if (await s.Execute(Delete, new { id, version }) == 0) throw await Audit.Conflict(s, Entity, id);
        await Audit.Write(s, actor, "viewDeleted", Entity, id, Told(present));
    }, cancel);

    /// <param name="viewId">Where the desk begins for this person; null: with everything. One that they may not see is not chosen.</param>
    public Task MakeDefault(Viewer actor, int? viewId, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (viewId is { } id && await Seen(s, actor, id) is null) return;
        await s.Execute(Begin, new { personId = Person(actor) });
        await s.Execute(ChooseDefault, new { personId = Person(actor), viewId });
    }, cancel);

    /// <param name="columns">The columns of the list in their order, as in the address; null: the usual ones.</param>
    public Task KeepColumns(Viewer actor, string? columns, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (columns?.Length > ColumnsLength) throw new InvalidField("columns", "TooLong", $"columns: has at most {ColumnsLength} characters.");
        await s.Execute(Begin, new { personId = Person(actor) });
        await s.Execute(ChooseColumns, new { personId = Person(actor), columns });
    }, cancel);

    private static async Task<string> Checked(Session s, Viewer actor, SavedViewDraft draft, int ownerId, SavedViewRow? present)
    {
        var name = Codes.Name(draft.Name, "name");
        if (name.Length > NameLength) throw new InvalidField("name", "TooLong", $"name: has at most {NameLength} characters.");
        if (draft.Query.Length > QueryLength) throw new InvalidField("query", "TooLong", $"query: has at most {QueryLength} characters.");
        if (!MayShare(actor, draft, present)) throw new InvalidField("audience", "NotYours", "audience: is not yours to share with.");
        if (await s.First<int?>(Named, new { ownerId, name }) is { } taken && taken != present?.Id) throw new InvalidField("name", "Taken", $"name: there is another view '{name}'.");
        return name;
    }

    private static bool MayShare(Viewer actor, SavedViewDraft draft, SavedViewRow? present) => draft.Audience switch
    {
        ViewAudience.Owner => true,
        ViewAudience.Unit => draft.UnitId is { } unit && (unit == present?.UnitId || actor.TeamIds.Contains(unit) || actor.RegionIds.Contains(unit)),
        ViewAudience.Company => actor.Role is Role.Supervisor or Role.Manager or Role.Executive or Role.Admin,
    };

    private static async Task<SavedViewRow> Changeable(Session s, Viewer actor, int id, int version)
    {
        var present = await Seen(s, actor, id);
        if (present is null || present.Version != version || !present.MayBeChangedBy(actor)) throw await Audit.Conflict(s, Entity, id);
        return present;
    }

    private static Task<SavedViewRow?> Seen(Session s, Viewer actor, int id) =>
        s.First<SavedViewRow>(Find[actor.Reach], RowPolicy.Parameters(actor, new { id, viewerId = Person(actor) }));

    private static SavedViewDraft Told(SavedViewRow row) => new() { Name = row.Name, Query = row.Query, Audience = row.Audience, UnitId = row.UnitId };

    private static int? UnitOf(SavedViewDraft draft) => draft.Audience == ViewAudience.Unit ? draft.UnitId : null;

    private static int Person(Viewer actor) => actor.PersonId ?? throw new InvalidOperationException("Only a person keeps views.");
}
