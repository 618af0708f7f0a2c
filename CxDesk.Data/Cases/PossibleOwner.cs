using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Who may own a case: active, and with a place on that day in the case's region or above it, or named there as the fallback.</summary>
internal sealed record PossibleOwner
{
    private static readonly Statement One = new($"""
        SELECT o.Id, o.Name, CASE WHEN {HasPlace("o", "@regionId")} THEN 1 ELSE 0 END AS HasAccess
        FROM People o WHERE o.Id = @personId AND o.IsActive = 1
        """);

    public required int Id { get; init; }
    public required string Name { get; init; }
    public required bool HasAccess { get; init; }

    /// <returns>Null where there is no such active person.</returns>
    public static Task<PossibleOwner?> Find(Session session, int personId, int regionId, DateOnly day) =>
        session.First<PossibleOwner>(One, new { personId, regionId, day });

    /// <summary>The place on <c>@day</c>, or being the named fallback, as a condition for a WHERE; <c>db/checks/caseHolders.sql</c> says the same.</summary>
    /// <param name="person">An alias of People.</param>
    /// <param name="region">The region's id, as SQL says it.</param>
    public static string HasPlace(string person, string region) => $"""
        ({person}.Role IN (4, 5) OR EXISTS (
                SELECT 1 FROM Places op JOIN Units ou ON ou.Id = op.UnitId
                WHERE op.PersonId = {person}.Id AND op.FromDay <= @day AND (op.ToDay IS NULL OR op.ToDay > @day)
                    AND (ou.Id = 1 OR ou.Id = {region} OR ou.ParentId = {region}))
            OR EXISTS (SELECT 1 FROM Units fu WHERE fu.FallbackPersonId = {person}.Id AND (fu.Id = 1 OR fu.Id = {region} OR fu.ParentId = {region})))
        """;
}
