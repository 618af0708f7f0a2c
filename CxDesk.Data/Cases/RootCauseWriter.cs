using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Changes the tree of causes. Nothing is deleted: cases keep what they were resolved by.</summary>
public sealed class RootCauseWriter(Db db)
{
    private const string Entity = "rootCause";

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO RootCauses (ParentId, Code, Name, Position) {d.Output("Id")} VALUES (@parentId, @code, @name, @position) {d.Returning("Id")}
        """);

    private static readonly Statement Update = new("""
        UPDATE RootCauses SET ParentId = @parentId, Name = @name, IsRetired = @isRetired, Position = @position, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @version
        """);

    // Two moves at once, each looked at alone, could put a cause under the other and the other under it. So whoever changes the
    // tree first takes its oldest cause, which is always there, and reads the tree only then: the second waits, and sees the first's.
    private static readonly Statement TakeTurn = new("UPDATE RootCauses SET Position = Position WHERE Id = (SELECT MIN(Id) FROM RootCauses)");

    private static readonly Statement Place = new("UPDATE RootCauses SET Position = @position WHERE Id = @id");

    /// <summary>Adds a cause as the last one under another, or at the top.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidField">name, parent.</exception>
    public Task<int> Add(Viewer actor, int? parentId, string? name, CancellationToken cancel = default) => db.Write(async s =>
    {
        var given = Codes.Name(name, "name");
        var tree = await InTurn(s);
        CheckName(tree, null, parentId, given);
        CheckPlace(tree, null, parentId);
        var code = given;
        for (var i = 2; tree.Find(code) is not null; i++) code = $"{given[..Math.Min(given.Length, Codes.Longest - 4)]} {i}";
        var id = await s.Single<int>(Insert, new { parentId, code, name = given, position = Last(tree, parentId) });
        await Audit.Write(s, actor, "rootCauseAdded", Entity, id, new { code, name = given, parentId });
        s.Changed(ChangeTopic.Units);
        return id;
    }, cancel);

    /// <summary>Renames, moves, retires, or takes back into use.</summary>
    /// <param name="was">As it was read.</param>
    /// <param name="next">As it is to be; id and code stay. Without a name a usual cause has its usual one.</param>
    /// <exception cref="InvalidField">name, parent.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else saved it since it was read.</exception>
    public Task Save(Viewer actor, RootCauseRow was, RootCauseRow next, CancellationToken cancel = default) => db.Write(async s =>
    {
        var isUsual = RootCauses.Usual.Contains(was.Code);
        var name = isUsual && string.IsNullOrWhiteSpace(next.Name) ? null : Codes.Name(next.Name, "name");
        var tree = await InTurn(s);
        if (name is not null) CheckName(tree, was, next.ParentId, name);
        CheckPlace(tree, was, next.ParentId);
        // Where it stands now: a move among its siblings makes nobody's edit stale.
        var position = next.ParentId == was.ParentId ? tree.Find(was.Id)?.Position ?? was.Position : Last(tree, next.ParentId);
        var saved = await s.Execute(Update, new { id = was.Id, version = was.Version, parentId = next.ParentId, name, isRetired = next.IsRetired, position });
        if (saved == 0) throw await Audit.Conflict(s, Entity, was.Id);
        await Audit.Write(s, actor, "rootCauseEdited", Entity, was.Id, new { from = was, to = next with { Name = name, Position = position } });
        s.Changed(ChangeTopic.Units);
    }, cancel);

    /// <summary>Moves a cause one place up or down among its siblings; at the end it stays.</summary>
    public Task Shift(Viewer actor, int id, bool up, CancellationToken cancel = default) => db.Write(async s =>
    {
        var tree = await InTurn(s);
        if (tree.Find(id) is not { } row) return;
        var siblings = tree.ChildrenOf(row.ParentId).ToList();
        var (from, to) = (siblings.IndexOf(row), siblings.IndexOf(row) + (up ? -1 : 1));
        if (to < 0 || to >= siblings.Count) return;
        (siblings[from], siblings[to]) = (siblings[to], siblings[from]);
        for (var i = 0; i < siblings.Count; i++) await s.Execute(Place, new { id = siblings[i].Id, position = i + 1 });
        await Audit.Write(s, actor, "rootCauseMoved", Entity, id, new { position = to + 1 });
        s.Changed(ChangeTopic.Units);
    }, cancel);

    private static async Task<RootCauseTree> InTurn(Session session)
    {
        await session.Execute(TakeTurn);
        return await RootCauseQuery.Tree(session);
    }

    private static int Last(RootCauseTree tree, int? parentId) => tree.ChildrenOf(parentId).Select(r => r.Position).DefaultIfEmpty(0).Max() + 1;

    private static void CheckName(RootCauseTree tree, RootCauseRow? self, int? parentId, string name)
    {
        if (tree.ChildrenOf(parentId).Any(r => r.Id != self?.Id && string.Equals(r.Name ?? r.Code, name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidField("name", "Taken", "name: another cause beside it has this name.");
    }

    private static void CheckPlace(RootCauseTree tree, RootCauseRow? self, int? parentId)
    {
        if (parentId is not { } id) return;
        if (tree.Find(id) is not { } parent) throw new InvalidField("parent", "Missing", "parent: there is no such cause.");
        if (self is not null && tree.With(self).Contains(parent)) throw new InvalidField("parent", "Cycle", "parent: belongs to this cause itself.");
        var below = self is null ? 1 : tree.With(self).Max(r => tree.PathOf(r).Count) - tree.PathOf(self).Count + 1;
        if (tree.PathOf(parent).Count + below > RootCauseTree.Deepest)
            throw new InvalidField("parent", "TooDeep", $"parent: causes stand at most {RootCauseTree.Deepest} deep.");
    }
}
