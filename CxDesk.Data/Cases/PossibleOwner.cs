using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Who may own a case: active, and with a place on that day in the case's region or above it.</summary>
internal sealed record PossibleOwner
{
    private static readonly Statement One = new("""
        SELECT o.Id, o.Name, CASE WHEN o.Role IN (4, 5) OR EXISTS (
                SELECT 1 FROM Places p JOIN Units u ON u.Id = p.UnitId
                WHERE p.PersonId = o.Id AND p.FromDay <= @day AND (p.ToDay IS NULL OR p.ToDay > @day)
                    AND (u.Id = 1 OR u.Id = @regionId OR u.ParentId = @regionId)) THEN 1 ELSE 0 END AS HasAccess
        FROM People o WHERE o.Id = @personId AND o.IsActive = 1
        """);

    public required int Id { get; init; }
    public required string Name { get; init; }
    public required bool HasAccess { get; init; }

    /// <returns>Null where there is no such active person.</returns>
    public static Task<PossibleOwner?> Find(Session session, int personId, int regionId, DateOnly day) =>
        session.First<PossibleOwner>(One, new { personId, regionId, day });
}
