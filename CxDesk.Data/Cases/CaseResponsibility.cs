using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Cases;

/// <summary>
/// Whom a case in a queue answers to: the team's supervisor on that day, else the region's manager, else the nearest
/// fallback that a unit names. Inactive people do not count. Remembered until a unit, a person or a place changes.
/// </summary>
public sealed class CaseResponsibility
{
    private static readonly Statement UnitOf = new("""
        SELECT u.ParentId, f.Id AS FallbackPersonId
        FROM Units u LEFT JOIN People f ON f.Id = u.FallbackPersonId AND f.IsActive = 1
        WHERE u.Id = @unitId
        """);

    private static readonly Statement LeadersOf = new("""
        SELECT p.PersonId, p.FromDay, p.ToDay
        FROM Places p JOIN People e ON e.Id = p.PersonId
        WHERE p.UnitId = @unitId AND p.Role IN (2, 3) AND e.IsActive = 1
        ORDER BY p.FromDay, p.PersonId
        """);

    private readonly Company _company;
    private readonly CommittedCache<int, Unit> _units;

    public CaseResponsibility(Company company, ChangeSignal signal)
    {
        _company = company;
        _units = new(signal, ChangeTopic.Units);
    }

    /// <returns>Null where nobody fits: the case stands unowned in the company's queue.</returns>
    public async ValueTask<int?> Of(Session session, int teamId, DateTimeOffset at)
    {
        var day = _company.DayOf(at);
        int? fallback = null;
        for (int? unitId = teamId; unitId is { } id;)
        {
            var unit = await _units.Get(session, id, Load);
            foreach (var leader in unit.Leaders)
                if (leader.FromDay <= day && (leader.ToDay is null || day < leader.ToDay)) return leader.PersonId;
            fallback ??= unit.FallbackPersonId;
            unitId = unit.ParentId;
        }
        return fallback;
    }

    private static async Task<Unit> Load(Session session, int unitId)
    {
        var unit = await session.Single<UnitRow>(UnitOf, new { unitId });
        return new Unit(unit.ParentId, unit.FallbackPersonId, await session.Query<LeaderRow>(LeadersOf, new { unitId }));
    }

    private sealed record Unit(int? ParentId, int? FallbackPersonId, IReadOnlyList<LeaderRow> Leaders);

    private sealed record UnitRow
    {
        public required int? ParentId { get; init; }
        public required int? FallbackPersonId { get; init; }
    }

    private sealed record LeaderRow
    {
        public required int PersonId { get; init; }
        public required DateOnly FromDay { get; init; }
        public required DateOnly? ToDay { get; init; }
    }
}
