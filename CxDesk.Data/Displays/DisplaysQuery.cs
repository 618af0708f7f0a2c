using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Displays;

/// <summary>The displays that there are and were, never the text of their links; and which one a link belongs to.</summary>
public sealed class DisplaysQuery(Db db)
{
    /// <summary>More screens than one house hangs up.</summary>
    public const int Most = 500;

    // An admin looks after all of them, whoever else after those of their own walls.
    private static readonly Statement Listed = new(d => $"""
        SELECT d.Id AS {nameof(DisplayRow.Id)}, d.Name AS {nameof(DisplayRow.Name)}, d.WallId AS {nameof(DisplayRow.WallId)}, w.Name AS {nameof(DisplayRow.WallName)},
            d.Language AS {nameof(DisplayRow.Language)}, d.CreatedAt AS {nameof(DisplayRow.CreatedAt)}, d.CreatedBy AS {nameof(DisplayRow.CreatedBy)},
            d.LastSeenAt AS {nameof(DisplayRow.LastSeenAt)}, d.AppVersion AS {nameof(DisplayRow.AppVersion)}, d.RevokedAt AS {nameof(DisplayRow.RevokedAt)},
            d.RowVersion AS {nameof(DisplayRow.RowVersion)}
        FROM Displays d JOIN Walls w ON w.Id = d.WallId
        WHERE (@wallId IS NULL OR d.WallId = @wallId) AND (@isAdmin = 1 OR w.OwnerId = @personId)
        ORDER BY CASE WHEN d.RevokedAt IS NULL THEN 0 ELSE 1 END, d.Name, d.Id {d.Limit("@most")}
        """);

    private static readonly Statement Walls = new(d => $"""
        SELECT w.Id AS {nameof(DisplayWall.Id)}, w.Code AS {nameof(DisplayWall.Code)}, w.Name AS {nameof(DisplayWall.Name)}, w.OwnerId AS {nameof(DisplayWall.OwnerId)}
        FROM Walls w WHERE w.DeletedAt IS NULL AND (@isAdmin = 1 OR w.OwnerId = @personId) ORDER BY w.Name, w.Id {d.Limit("@most")}
        """);

    private static readonly Statement ByToken = new($"""
        SELECT d.Id AS {nameof(KnownDisplay.Id)}, d.Name AS {nameof(KnownDisplay.Name)}, w.Code AS {nameof(KnownDisplay.WallCode)}, d.Language AS {nameof(KnownDisplay.Language)}
        FROM DisplayTokens t JOIN Displays d ON d.Id = t.DisplayId JOIN Walls w ON w.Id = d.WallId
        WHERE t.TokenHash = @hash AND d.RevokedAt IS NULL AND w.DeletedAt IS NULL
        """);

    /// <param name="wallId">Null: of every wall.</param>
    /// <returns>Those of walls that the viewer may edit, the ones in use first; at most <see cref="Most"/>.</returns>
    public Task<IReadOnlyList<DisplayRow>> Of(Viewer viewer, int? wallId = null, CancellationToken cancel = default) => db.Read(
        s => s.Query<DisplayRow>(Listed, new { wallId, isAdmin = viewer.Role == Role.Admin, personId = viewer.PersonId, most = Most }), cancel);

    /// <returns>The walls that the viewer may give a display.</returns>
    public Task<IReadOnlyList<DisplayWall>> WallsOf(Viewer viewer, CancellationToken cancel = default) => db.Read(
        s => s.Query<DisplayWall>(Walls, new { isAdmin = viewer.Role == Role.Admin, personId = viewer.PersonId, most = Most }), cancel);

    /// <param name="tokenHash"><see cref="Secret.Hash"/> of what stands in the address.</param>
    /// <returns>Null for a link that is unknown or revoked, or whose wall is gone.</returns>
    public Task<KnownDisplay?> Find(string tokenHash, CancellationToken cancel = default) =>
        db.Read(s => s.First<KnownDisplay>(ByToken, new { hash = tokenHash }), cancel);
}

public sealed record DisplayRow
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required int WallId { get; init; }
    public required string WallName { get; init; }
    public required string Language { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>To the minute; null for a screen that has never shown it.</summary>
    public required DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What the screen ran when it was last seen.</summary>
    public required string? AppVersion { get; init; }
    public required DateTimeOffset? RevokedAt { get; init; }
    public required int RowVersion { get; init; }
}

public sealed record DisplayWall
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Null: the company's.</summary>
    public required int? OwnerId { get; init; }
}

/// <summary>A display whose link is valid now.</summary>
public sealed record KnownDisplay
{
    public required int Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The one wall that it may see.</summary>
    public required string WallCode { get; init; }
    public required string Language { get; init; }
}
