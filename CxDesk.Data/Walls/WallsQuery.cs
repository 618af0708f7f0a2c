using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Walls;

/// <summary>The walls that there are, one of them as it is edited, and what its tiles may be about.</summary>
public sealed class WallsQuery(Db db)
{
    private const string Columns = $"""
        w.Id AS {nameof(WallRow.Id)}, w.Code AS {nameof(WallRow.Code)}, w.Name AS {nameof(WallRow.Name)}, w.Document AS {nameof(WallRow.DocumentJson)},
            w.OwnerId AS {nameof(WallRow.OwnerId)}, o.Name AS {nameof(WallRow.OwnerName)}, w.Version AS {nameof(WallRow.Version)},
            w.RowVersion AS {nameof(WallRow.RowVersion)}, w.UpdatedAt AS {nameof(WallRow.ChangedAt)}, v.CreatedBy AS {nameof(WallRow.ChangedBy)},
            (SELECT COUNT(*) FROM Displays d WHERE d.WallId = w.Id AND d.RevokedAt IS NULL) AS {nameof(WallRow.Displays)}
        FROM Walls w JOIN WallVersions v ON v.WallId = w.Id AND v.Version = w.Version LEFT JOIN People o ON o.Id = w.OwnerId
        """;

    private static readonly Statement Every = new($"SELECT {Columns} WHERE w.DeletedAt IS NULL ORDER BY w.Name, w.Id");

    internal static readonly Statement One = new($"SELECT {Columns} WHERE w.Code = @code AND w.DeletedAt IS NULL");

    private static readonly Statement Products = new($"""
        SELECT Code AS {nameof(WallSubject.Code)}, Name AS {nameof(WallSubject.Name)} FROM Products ORDER BY Name, Id
        """);

    // Those whom answers are about; in the order of their teams, so that a long list has a shape.
    private static readonly Statement Agents = new($"""
        SELECT p.AgentCode AS {nameof(WallSubject.Code)}, p.Name AS {nameof(WallSubject.Name)} FROM People p
        WHERE p.AgentCode IS NOT NULL AND p.IsActive = 1 ORDER BY p.Name, p.Id
        """);

    private static readonly Statement Measures = new($"""
        SELECT Code AS {nameof(WallSubject.Code)}, Name AS {nameof(WallSubject.Name)} FROM Measures ORDER BY CASE WHEN UpperLimit IS NULL THEN 1 ELSE 0 END, Name, Id
        """);

    /// <returns>None for who makes no walls.</returns>
    public Task<IReadOnlyList<WallRow>> All(Viewer viewer, CancellationToken cancel = default) =>
        WallRights.MayLook(viewer) ? db.Read(s => s.Query<WallRow>(Every), cancel) : Task.FromResult<IReadOnlyList<WallRow>>([]);

    /// <returns>Null where there is none, or who asks makes no walls.</returns>
    public Task<WallRow?> Find(Viewer viewer, string code, CancellationToken cancel = default) =>
        WallRights.MayLook(viewer) ? db.Read(s => s.First<WallRow>(One, new { code }), cancel) : Task.FromResult<WallRow?>(null);

    public Task<WallSubjects> Subjects(CancellationToken cancel = default) => db.Read(Subjects, cancel);

    internal static async Task<WallSubjects> Subjects(Session s)
    {
        var units = (await UnitTree.Read(s)).Units.Where(u => u.IsActive && u.Kind != UnitKind.Company).ToList();
        return new WallSubjects
        {
            Regions = [.. units.Where(u => u.Kind == UnitKind.Region).Select(u => new WallSubject { Code = u.Code, Name = u.Name })],
            Teams = [.. units.Where(u => u is { Kind: UnitKind.Team, IsNoTeam: false }).Select(u => new WallSubject { Code = u.Code, Name = u.Name })],
            Products = await s.Query<WallSubject>(Products),
            Agents = await s.Query<WallSubject>(Agents),
            Measures = await s.Query<WallSubject>(Measures),
        };
    }
}

/// <summary>A wall as it stands.</summary>
public sealed record WallRow
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Null: laid out from the regions that there are.</summary>
    public required string? DocumentJson { get; init; }

    /// <summary>Null: the company's.</summary>
    public required int? OwnerId { get; init; }
    public required string? OwnerName { get; init; }
    public required int Version { get; init; }
    public required int RowVersion { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }

    /// <summary>Display links that show it.</summary>
    public required int Displays { get; init; }

    public WallDocument? Document => DocumentJson is null ? null : WallDocument.FromJson(DocumentJson);
}

public sealed record WallSubject
{
    public required string Code { get; init; }
    public required string Name { get; init; }
}

/// <summary>What tiles may be about, by name.</summary>
public sealed record WallSubjects
{
    public required IReadOnlyList<WallSubject> Regions { get; init; }
    public required IReadOnlyList<WallSubject> Teams { get; init; }
    public required IReadOnlyList<WallSubject> Products { get; init; }
    public required IReadOnlyList<WallSubject> Agents { get; init; }
    public required IReadOnlyList<WallSubject> Measures { get; init; }

    public WallCodes Codes => new()
    {
        Units = Set(Regions.Concat(Teams)), Regions = Set(Regions), Products = Set(Products), Agents = Set(Agents), Measures = Set(Measures),
    };

    private static HashSet<string> Set(IEnumerable<WallSubject> subjects) => subjects.Select(s => s.Code).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Who may do what with walls. They show what any display may show, so looking needs no place in the hierarchy.</summary>
public static class WallRights
{
    public static bool MayMake(Viewer viewer) => viewer.PersonId is not null && MayLook(viewer);

    public static bool MayLook(Viewer viewer) => viewer.Role is Role.Supervisor or Role.Manager or Role.Executive or Role.Admin;

    /// <summary>The owner, and admins; whoever else makes walls duplicates it.</summary>
    public static bool MayEdit(Viewer viewer, WallRow wall) => MayEdit(viewer, wall.OwnerId);

    /// <param name="ownerId">Of the wall; null: the company's.</param>
    public static bool MayEdit(Viewer viewer, int? ownerId) =>
        MayMake(viewer) && (viewer.Role == Role.Admin || ownerId is { } owner && owner == viewer.PersonId);
}
