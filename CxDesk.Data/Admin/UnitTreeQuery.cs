using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>The hierarchy as it is kept, with who leads each unit today.</summary>
public sealed class UnitTreeQuery(Db db, Company company)
{
    private static readonly Statement Units = new($"""
        SELECT u.Id AS {nameof(UnitTreeRow.Id)}, u.ParentId AS {nameof(UnitTreeRow.ParentId)}, u.Kind AS {nameof(UnitTreeRow.Kind)}, u.Code AS {nameof(UnitTreeRow.Code)},
               u.Name AS {nameof(UnitTreeRow.Name)}, u.TimeZone AS {nameof(UnitTreeRow.TimeZone)}, u.IsPlaced AS {nameof(UnitTreeRow.IsPlaced)},
               u.IsNoTeam AS {nameof(UnitTreeRow.IsNoTeam)}, u.FallbackPersonId AS {nameof(UnitTreeRow.FallbackPersonId)}, f.Name AS {nameof(UnitTreeRow.FallbackName)},
               u.RowVersion AS {nameof(UnitTreeRow.RowVersion)},
               (SELECT COUNT(*) FROM Places a JOIN People p ON p.Id = a.PersonId
                WHERE a.UnitId = u.Id AND a.Role = 1 AND p.IsActive = 1 AND a.FromDay <= @today AND (a.ToDay IS NULL OR a.ToDay > @today)) AS {nameof(UnitTreeRow.Agents)}
        FROM Units u
        LEFT JOIN People f ON f.Id = u.FallbackPersonId
        ORDER BY u.Kind, u.IsPlaced, u.IsNoTeam, u.Name, u.Id
        """);

    private static readonly Statement Leaders = new($"""
        SELECT a.UnitId AS {nameof(LeaderRow.UnitId)}, p.Name AS {nameof(LeaderRow.Name)}
        FROM Places a JOIN People p ON p.Id = a.PersonId
        WHERE a.Role > 1 AND p.IsActive = 1 AND a.FromDay <= @today AND (a.ToDay IS NULL OR a.ToDay > @today)
        ORDER BY a.UnitId, a.Role, p.Name
        """);

    private static readonly Statement ByCode = new("SELECT Kind, Id FROM Units WHERE Code = @code ORDER BY Kind");

    /// <returns>Every unit after its parent, children together: the order of a tree that is drawn row by row.</returns>
    public Task<IReadOnlyList<UnitTreeRow>> All(CancellationToken cancel = default) => db.Read<IReadOnlyList<UnitTreeRow>>(async s =>
    {
        var today = new { today = company.DayOf(s.Now) };
        var rows = await s.Query<UnitTreeRow>(Units, today);
        var leaders = (await s.Query<LeaderRow>(Leaders, today)).ToLookup(l => l.UnitId, l => l.Name);
        var children = rows.ToLookup(r => r.ParentId);
        var tree = new List<UnitTreeRow>(rows.Count);
        Add(null);
        return tree;

        void Add(int? parent)
        {
            foreach (var row in children[parent])
            {
                tree.Add(row with { Leaders = [.. leaders[row.Id]] });
                Add(row.Id);
            }
        }
    }, cancel);

    /// <param name="code">As intake sends it; <c>region:X</c> or <c>team:X</c> where both have the same.</param>
    /// <exception cref="InvalidField">unit: no such code, or two units have it.</exception>
    public async Task<int> FindByCode(string code, CancellationToken cancel = default)
    {
        UnitKind? asked = null;
        foreach (var kind in Enum.GetValues<UnitKind>())
        {
            var prefix = kind.ToString().ToLowerInvariant() + ":";
            if (code.StartsWith(prefix, StringComparison.Ordinal)) (asked, code) = (kind, code[prefix.Length..]);
        }
        code = Codes.Normal(code);
        var found = await db.Read(s => s.Query<FoundRow>(ByCode, new { code }), cancel);
        var fitting = found.Where(f => asked is null || f.Kind == asked).ToList();
        return fitting.Count switch
        {
            0 => throw new InvalidField("unit", "Unknown", $"unit: there is no unit with the code {code}."),
            1 => fitting[0].Id,
            _ => throw new InvalidField("unit", "Ambiguous", $"unit: a region and a team have the code {code}; write region:{code} or team:{code}."),
        };
    }

    private sealed record LeaderRow
    {
        public required int UnitId { get; init; }
        public required string Name { get; init; }
    }

    private sealed record FoundRow
    {
        public required UnitKind Kind { get; init; }
        public required int Id { get; init; }
    }
}

public sealed record UnitTreeRow
{
    public required int Id { get; init; }
    public int? ParentId { get; init; }
    public required UnitKind Kind { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>False: intake brought the code, and nobody has looked at it yet.</summary>
    public required bool IsPlaced { get; init; }
    public required bool IsNoTeam { get; init; }
    public int? FallbackPersonId { get; init; }
    public string? FallbackName { get; init; }
    public required int RowVersion { get; init; }

    /// <summary>Active agents placed here today.</summary>
    public required int Agents { get; init; }
    public IReadOnlyList<string> Leaders { get; init; } = [];
}
