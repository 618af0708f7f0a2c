namespace CxDesk.Data.Cases;

/// <summary>Why a level of the hierarchy was passed over.</summary>
public enum PassedOverBecause { Vacant = 1, Inactive = 2 }

/// <summary>A unit of the line in which nobody could take the case.</summary>
public sealed record PassedOver(string Unit, PassedOverBecause Why);

/// <param name="ToId">Who has it now; null where nobody is left above.</param>
/// <param name="Unit">The name of the unit that the person leads; null where nobody is left.</param>
/// <param name="PassedOver">The levels below it that were skipped, from the bottom.</param>
public sealed record Climb(int? ToId, string? ToName, string? Unit, IReadOnlyList<PassedOver> PassedOver);

/// <summary>A unit as far as the line needs it.</summary>
public sealed record LineUnit
{
    public required int Id { get; init; }
    public required string Name { get; init; }

    /// <summary>A region's "no team" has no supervisor to be missed.</summary>
    public required bool IsNoTeam { get; init; }
}

/// <summary>Somebody who leads a unit today, active or not.</summary>
public sealed record LineLeader
{
    public required int UnitId { get; init; }
    public required int PersonId { get; init; }
    public required string Name { get; init; }
    public required bool IsActive { get; init; }
}

/// <summary>
/// Who is next above somebody, for a case: its team's supervisor, its region's manager, an executive of the company.
/// Pure. Of several leaders of a unit the first given counts.
/// </summary>
public sealed class ReportingLine(IEnumerable<LineUnit> units, IEnumerable<LineLeader> leaders)
{
    private const int CompanyId = 1;
    private readonly Dictionary<int, LineUnit> _units = units.ToDictionary(u => u.Id);
    private readonly ILookup<int, LineLeader> _leaders = leaders.ToLookup(l => l.UnitId);

    /// <param name="responsibleId">The owner, else whom the queue answers to. Nobody is their own manager: the climb begins above them.</param>
    /// <param name="escalatedToId">Who got the case last; the climb goes on above them too.</param>
    /// <returns>Null when both already stand at the top.</returns>
    public Climb? Above(int teamId, int regionId, int? responsibleId, int? escalatedToId)
    {
        int[] rungs = [teamId, regionId, CompanyId];
        var from = 0;
        for (var i = 0; i < rungs.Length; i++)
            if (_leaders[rungs[i]].Any(l => l.PersonId == responsibleId || l.PersonId == escalatedToId)) from = i + 1;
        if (from == rungs.Length) return null;

        var passedOver = new List<PassedOver>();
        foreach (var rung in rungs[from..])
        {
            var unit = _units[rung];
            if (_leaders[rung].FirstOrDefault(l => l.IsActive) is { } leader)
                return new Climb(leader.PersonId, leader.Name, unit.Name, passedOver);
            if (!unit.IsNoTeam)
                passedOver.Add(new PassedOver(unit.Name, _leaders[rung].Any() ? PassedOverBecause.Inactive : PassedOverBecause.Vacant));
        }
        return new Climb(null, null, null, passedOver);
    }
}
