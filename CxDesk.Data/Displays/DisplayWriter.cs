using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Walls;

namespace CxDesk.Data.Displays;

/// <summary>A display as it is to be.</summary>
public sealed record SaveDisplay
{
    /// <summary>Null: a new one.</summary>
    public int? Id { get; init; }

    /// <summary>As it was read.</summary>
    public int RowVersion { get; init; }
    public required string Name { get; init; }
    public required int WallId { get; init; }
    public required string Language { get; init; }
}

/// <summary>What nobody can read again: the secret part of a display's address, and a short code that gives a screen such an address.</summary>
public sealed record MadeLink(int DisplayId, string Token, string Code, DateTimeOffset CodeUntil);

/// <param name="AppVersion">What its screen ran.</param>
public readonly record struct DisplaySighting(int DisplayId, DateTimeOffset At, string? AppVersion);

/// <summary>
/// Makes display links and takes them back. Of a link only the hash is stored. Who may edit a wall may do so; what they
/// do is heard by every open screen.
/// </summary>
public sealed class DisplayWriter(Db db)
{
    /// <summary>How long the short code can be typed.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(30);

    /// <summary>The languages that a display speaks.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "zh-Hans"];

    private const string Entity = "display";

    private static readonly Statement Wall = new($"""
        SELECT w.Id AS {nameof(DisplayWall.Id)}, w.Code AS {nameof(DisplayWall.Code)}, w.Name AS {nameof(DisplayWall.Name)}, w.OwnerId AS {nameof(DisplayWall.OwnerId)}
        FROM Walls w WHERE w.Id = @wallId AND w.DeletedAt IS NULL
        """);

    // A link of a wall that is gone can still be taken back.
    private static readonly Statement Present = new($"""
        SELECT d.Name AS {nameof(PresentRow.Name)}, d.WallId AS {nameof(PresentRow.WallId)}, d.Language AS {nameof(PresentRow.Language)},
            d.RowVersion AS {nameof(PresentRow.RowVersion)}, w.OwnerId AS {nameof(PresentRow.WallOwnerId)}
        FROM Displays d JOIN Walls w ON w.Id = d.WallId WHERE d.Id = @id AND d.RevokedAt IS NULL
        """);

    private static readonly Statement Named = new("SELECT Id FROM Displays WHERE Name = @name AND RevokedAt IS NULL");

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Displays (Name, WallId, Language, CreatedAt, CreatedBy) {d.Output("Id")}
        VALUES (@name, @wallId, @language, @at, @by) {d.Returning("Id")}
        """);

    private static readonly Statement Update = new("""
        UPDATE Displays SET Name = @name, WallId = @wallId, Language = @language, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @rowVersion AND RevokedAt IS NULL
        """);

    private static readonly Statement TakeBack = new("""
        UPDATE Displays SET RevokedAt = @at, CodeHash = NULL, CodeUntil = NULL, RowVersion = RowVersion + 1 WHERE Id = @id AND RevokedAt IS NULL
        """);

    private static readonly Statement GiveCode = new("UPDATE Displays SET CodeHash = @hash, CodeUntil = @until WHERE Id = @id");
    private static readonly Statement TakeCode = new("UPDATE Displays SET CodeHash = NULL, CodeUntil = NULL WHERE Id = @id AND CodeHash = @hash");

    private static readonly Statement Coded = new("""
        SELECT d.Id FROM Displays d JOIN Walls w ON w.Id = d.WallId
        WHERE d.CodeHash = @hash AND d.CodeUntil > @at AND d.RevokedAt IS NULL AND w.DeletedAt IS NULL
        """);

    private static readonly Statement AddToken = new("INSERT INTO DisplayTokens (TokenHash, DisplayId) VALUES (@hash, @id)");
    private static readonly Statement DropTokens = new("DELETE FROM DisplayTokens WHERE DisplayId = @id");

    private static readonly Statement Sight = new("""
        UPDATE Displays SET LastSeenAt = @at, AppVersion = COALESCE(@appVersion, AppVersion) WHERE Id = @id AND (LastSeenAt IS NULL OR LastSeenAt < @at)
        """);

    private sealed record PresentRow
    {
        public required string Name { get; init; }
        public required int WallId { get; init; }
        public required string Language { get; init; }
        public required int RowVersion { get; init; }
        public required int? WallOwnerId { get; init; }
    }

    /// <summary>Makes a display and its first link.</summary>
    /// <exception cref="InvalidField">name (missing, too long, taken by a display in use), wall (unknown, not theirs), language.</exception>
    public Task<MadeLink> Make(Viewer actor, SaveDisplay display, CancellationToken cancel = default) => db.Write(async s =>
    {
        var name = await Name(s, display);
        var wall = await Editable(s, actor, display.WallId);
        var language = Language(display.Language);
        var id = await s.Single<int>(Insert, new { name, wallId = wall.Id, language, at = s.Now, by = actor.Name });
        await Audit.Write(s, actor, "displayMade", Entity, id, new { name, wall = wall.Code, language });
        return await Link(s, id);
    }, cancel);

    /// <summary>Renames it, moves it to another wall, lets it speak another language: its screen follows by itself.</summary>
    /// <exception cref="InvalidField">As of <see cref="Make"/>; display: there is none, or it was revoked.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody saved it since it was read.</exception>
    public Task Save(Viewer actor, SaveDisplay display, CancellationToken cancel = default) => db.Write(async s =>
    {
        var id = display.Id ?? throw new ArgumentException("A display that is saved has an id.", nameof(display));
        var present = await Own(s, actor, id);
        var name = await Name(s, display);
        var wall = await Editable(s, actor, display.WallId);
        var language = Language(display.Language);
        if (await s.Execute(Update, new { id, rowVersion = display.RowVersion, name, wallId = wall.Id, language }) == 0) throw await Audit.Conflict(s, Entity, id);
        await Audit.Write(s, actor, "displayEdited", Entity, id, new { from = new { present.Name, present.WallId, present.Language }, to = new { name, wallId = wall.Id, language } });
        s.Changed(ChangeTopic.Displays);
    }, cancel);

    /// <summary>Gives it another link; the former ones are no good from then on.</summary>
    /// <exception cref="InvalidField">display: there is none, it was revoked, or it is not theirs.</exception>
    public Task<MadeLink> Relink(Viewer actor, int id, CancellationToken cancel = default) => db.Write(async s =>
    {
        await Own(s, actor, id);
        await s.Execute(DropTokens, new { id });
        await Audit.Write(s, actor, "displayRelinked", Entity, id);
        return await Link(s, id);
    }, cancel);

    /// <summary>Takes its links back for good: its screens say so within seconds. Revoking what is revoked changes nothing.</summary>
    /// <exception cref="InvalidField">display: it is not theirs.</exception>
    public Task Revoke(Viewer actor, int id, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (await s.First<PresentRow>(Present, new { id }) is not { } present) return;
        Demand(actor, present.WallOwnerId);
        if (await s.Execute(TakeBack, new { id, at = s.Now }) == 0) return;
        await s.Execute(DropTokens, new { id });
        await Audit.Write(s, actor, "displayRevoked", Entity, id, new { present.Name });
        s.Changed(ChangeTopic.Displays);
    }, cancel);

    /// <summary>Somebody typed a short code at a screen: it works once.</summary>
    /// <returns>The secret part of that screen's own address; null for a code that is unknown, used or too old.</returns>
    public Task<string?> Type(string code, CancellationToken cancel = default) => db.Write<string?>(async s =>
    {
        var hash = Secret.Hash(DisplayCode.Normal(code));
        if (await s.First<int?>(Coded, new { hash, at = s.Now }) is not { } id) return null;
        if (await s.Execute(TakeCode, new { id, hash }) == 0) return null;
        await Audit.Write(s, Viewer.System, "displayCodeTyped", Entity, id);
        return await AddLink(s, id);
    }, cancel);

    /// <summary>Notes which screens were seen. No screen waits for it, and it is no change that anybody reads again for.</summary>
    public Task Saw(IReadOnlyCollection<DisplaySighting> sightings, CancellationToken cancel = default) => db.Write(async s =>
    {
        foreach (var seen in sightings) await s.Execute(Sight, new { id = seen.DisplayId, at = seen.At, appVersion = seen.AppVersion });
    }, cancel);

    private static async Task<MadeLink> Link(Session s, int id)
    {
        var (code, until) = (DisplayCode.Make(), s.Now + CodeLife);
        await s.Execute(GiveCode, new { id, hash = Secret.Hash(DisplayCode.Normal(code)), until });
        return new MadeLink(id, await AddLink(s, id), code, until);
    }

    private static async Task<string> AddLink(Session s, int id)
    {
        var token = DisplayToken.Make();
        await s.Execute(AddToken, new { hash = Secret.Hash(token), id });
        s.Changed(ChangeTopic.Displays);
        return token;
    }

    private static async Task<string> Name(Session s, SaveDisplay display)
    {
        var name = Codes.Name(display.Name, "name");
        if (await s.First<int?>(Named, new { name }) is { } other && other != display.Id)
            throw new InvalidField("name", "Taken", $"name: there is a display {name}; revoke it first or choose another name.");
        return name;
    }

    private static string Language(string language) =>
        Languages.Contains(language) ? language : throw new InvalidField("language", "Unknown", $"language: one of {string.Join(", ", Languages)}.");

    private static async Task<DisplayWall> Editable(Session s, Viewer actor, int wallId)
    {
        var wall = await s.First<DisplayWall>(Wall, new { wallId }) ?? throw new InvalidField("wall", "Unknown", "wall: there is no such wall.");
        Demand(actor, wall.OwnerId);
        return wall;
    }

    private static async Task<PresentRow> Own(Session s, Viewer actor, int id)
    {
        var present = await s.First<PresentRow>(Present, new { id }) ?? throw new InvalidField("display", "Revoked", "display: there is none, or it was revoked.");
        Demand(actor, present.WallOwnerId);
        return present;
    }

    private static void Demand(Viewer actor, int? wallOwnerId)
    {
        if (WallRights.MayEdit(actor, wallOwnerId)) return;
        throw new InvalidField("wall", "NotYours", "wall: is its owner's and the admins' to hang up.");
    }
}
