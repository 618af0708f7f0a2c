using System.Globalization;
using System.Text;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Walls;

/// <summary>A wall as it is to be.</summary>
public sealed record SaveWall
{
    public required string Code { get; init; }

    /// <summary>As it was read.</summary>
    public required int RowVersion { get; init; }
    public required string Name { get; init; }

    /// <summary>Null: laid out from the regions that there are.</summary>
    public required WallDocument? Document { get; init; }
}

/// <summary>
/// Makes, changes and removes walls. Each save is a new version, and the old ones stay: a screen can be asked what it
/// showed. The code in a wall's address comes from its first name and never changes.
/// </summary>
public sealed class WallWriter(Db db)
{
    private const string Entity = "wall";
    private const int CodeLength = 32;    // and a number, where it is taken

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Walls (Code, Name, Document, OwnerId, CreatedAt, UpdatedAt) {d.Output("Id")}
        VALUES (@code, @name, @document, @ownerId, @at, @at) {d.Returning("Id")}
        """);

    private static readonly Statement Update = new("""
        UPDATE Walls SET Name = @name, Document = @document, Version = Version + 1, UpdatedAt = @at, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @rowVersion AND DeletedAt IS NULL
        """);

    private static readonly Statement Remove = new("""
        UPDATE Walls SET DeletedAt = @at, UpdatedAt = @at, RowVersion = RowVersion + 1 WHERE Id = @id AND RowVersion = @rowVersion AND DeletedAt IS NULL
        """);

    private static readonly Statement Keep = new("""
        INSERT INTO WallVersions (WallId, Version, Name, Document, CreatedAt, CreatedBy) SELECT Id, Version, Name, Document, @at, @by FROM Walls WHERE Id = @id
        """);

    private static readonly Statement Taken = new("SELECT COUNT(*) FROM Walls WHERE Code = @code");
    private static readonly Statement Former = new("SELECT Id FROM Walls WHERE Code = @code");

    /// <returns>The code of the new wall.</returns>
    /// <exception cref="InvalidField">Something cannot be shown, and where it stands: <see cref="WallCheck"/>; wall: not theirs to make.</exception>
    public Task<string> Create(Viewer actor, string name, WallDocument document, CancellationToken cancel = default) => db.Write(async s =>
    {
        WallCheck.Demand(document, (await WallsQuery.Subjects(s)).Codes);
        return await Create(s, actor, name, document.ToJson(), "wallCreated", null);
    }, cancel);

    /// <param name="name">Of the copy.</param>
    /// <returns>The code of the copy.</returns>
    /// <exception cref="InvalidField">name; code: there is no such wall (any more); wall: not theirs to make.</exception>
    public Task<string> Duplicate(Viewer actor, string code, string name, CancellationToken cancel = default) => db.Write(async s =>
    {
        var wall = await s.First<WallRow>(WallsQuery.One, new { code }) ?? throw new InvalidField("code", "Unknown", $"code: there is no wall {code}.");
        return await Create(s, actor, name, wall.DocumentJson, "wallDuplicated", new { from = wall.Code });
    }, cancel);

    /// <summary>Saves name and document as the next version.</summary>
    /// <returns>The wall as it stands now.</returns>
    /// <exception cref="InvalidField">As of <see cref="Create(Viewer, string, WallDocument, CancellationToken)"/>.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody saved or deleted it since it was read.</exception>
    public Task<WallRow> Save(Viewer actor, SaveWall save, CancellationToken cancel = default) => db.Write(async s =>
    {
        var present = await Changeable(s, actor, save.Code, save.RowVersion);
        var name = WallCheck.Name(save.Name);
        if (save.Document is { } document) WallCheck.Demand(document, (await WallsQuery.Subjects(s)).Codes);
        var changed = await s.Execute(Update, new { id = present.Id, rowVersion = save.RowVersion, name, document = save.Document?.ToJson(), at = s.Now });
        if (changed == 0) throw await Audit.Conflict(s, Entity, present.Id);
        await s.Execute(Keep, new { id = present.Id, at = s.Now, by = actor.Name });
        var after = await s.Single<WallRow>(WallsQuery.One, new { code = save.Code });
        await Audit.Write(s, actor, after.DocumentJson == present.DocumentJson ? "wallRenamed" : "wallSaved", Entity, present.Id, new
        {
            version = after.Version,
            name = name == present.Name ? null : new { from = present.Name, to = name },
            changes = WallDifference.Between(present.Document, save.Document).Select(c => c.ToString()),
        });
        s.Changed(ChangeTopic.Walls);
        return after;
    }, cancel);

    /// <summary>Takes it from the list and from every screen; what it was stays known.</summary>
    /// <exception cref="InvalidField">code: the company's first wall stays; wall: not theirs.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody saved or deleted it since it was read.</exception>
    public Task Delete(Viewer actor, string code, int rowVersion, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (code == WallQuery.Main) throw new InvalidField("code", "Main", "code: the company's first wall stays.");
        var present = await Changeable(s, actor, code, rowVersion);
        if (await s.Execute(Remove, new { id = present.Id, rowVersion, at = s.Now }) == 0) throw await Audit.Conflict(s, Entity, present.Id);
        await Audit.Write(s, actor, "wallDeleted", Entity, present.Id, new { code, name = present.Name });
        s.Changed(ChangeTopic.Walls);
    }, cancel);

    private static async Task<string> Create(Session s, Viewer actor, string name, string? document, string what, object? detail)
    {
        if (!WallRights.MayMake(actor)) throw NotYours();
        name = WallCheck.Name(name);
        var code = await NewCode(s, name);
        var id = await s.Single<int>(Insert, new { code, name, document, ownerId = actor.PersonId, at = s.Now });
        await s.Execute(Keep, new { id, at = s.Now, by = actor.Name });
        await Audit.Write(s, actor, what, Entity, id, new { code, name, detail });
        s.Changed(ChangeTopic.Walls);
        return code;
    }

    private static async Task<WallRow> Changeable(Session s, Viewer actor, string code, int rowVersion)
    {
        if (await s.First<WallRow>(WallsQuery.One, new { code }) is not { } present)
        {
            // Deleted meanwhile: the audit trail says by whom.
            if (await s.First<int?>(Former, new { code }) is { } former) throw await Audit.Conflict(s, Entity, former);
            throw new InvalidField("code", "Unknown", $"code: there is no wall {code}.");
        }
        if (!WallRights.MayEdit(actor, present)) throw NotYours();
        if (present.RowVersion != rowVersion) throw await Audit.Conflict(s, Entity, present.Id);
        return present;
    }

    // Codes of deleted walls stay theirs: a display link or a bookmark must never lead to another wall.
    private static async Task<string> NewCode(Session s, string name)
    {
        var stem = Slug(name);
        var code = stem;
        for (var i = 2; await s.Single<int>(Taken, new { code }) > 0; i++) code = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        return code;
    }

    /// <summary>Small letters, digits and hyphens; letters of any script stay, since addresses can carry them.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var c in Codes.Normal(name).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        var code = slug.Length > CodeLength ? slug.ToString(0, CodeLength) : slug.ToString();
        return code.Trim('-') is { Length: > 0 } whole ? whole : Entity;
    }

    private static InvalidField NotYours() => new(Entity, "NotYours", "wall: is its owner's and the admins' to change; duplicate it.");
}
