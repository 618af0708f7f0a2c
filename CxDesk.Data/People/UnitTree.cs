using CxDesk.Data.Database;

namespace CxDesk.Data.People;

/// <summary>All units as they stand now: a few hundred at most, read whole.</summary>
public sealed class UnitTree
{
    private static readonly Statement All = new("SELECT Id, ParentId, Kind, Code, Name, IsNoTeam, IsActive FROM Units ORDER BY Kind, Code");

    private readonly Dictionary<int, UnitRow> _byId;

    public UnitTree(IEnumerable<UnitRow> units)
    {
        Units = [.. units];
        _byId = Units.ToDictionary(u => u.Id);
    }

    /// <summary>The company first, then regions, then teams, each by code.</summary>
    public IReadOnlyList<UnitRow> Units { get; }

    public UnitRow Company => Units.First(u => u.Kind == UnitKind.Company);

    public static async Task<UnitTree> Read(Session session) => new(await session.Query<UnitRow>(All));

    public UnitRow? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>A code is unique among units of a kind; where a region and a team share one, it means the region.</summary>
    public UnitRow? Find(string code) => Units.FirstOrDefault(u => string.Equals(u.Code, code, StringComparison.Ordinal));

    /// <summary>The unit itself, then what stands above it, up to the company.</summary>
    public IEnumerable<UnitRow> PathUp(int id)
    {
        // A tree that somebody bent into a ring ends where it would come round.
        var seen = new HashSet<int>();
        for (var unit = Find(id); unit is not null && seen.Add(unit.Id); unit = unit.ParentId is { } parent ? Find(parent) : null)
            yield return unit;
    }
}

public sealed record UnitRow
{
    public required int Id { get; init; }
    public required int? ParentId { get; init; }
    public required UnitKind Kind { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    public required bool IsNoTeam { get; init; }
    public required bool IsActive { get; init; }
}
