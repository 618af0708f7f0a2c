using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>The reporting line as it stands on a day.</summary>
internal static class ReportingLines
{
    private static readonly Statement Units = new("SELECT Id, Name, IsNoTeam FROM Units");

    private static readonly Statement Leaders = new("""
        SELECT p.UnitId, p.PersonId, e.Name, e.IsActive
        FROM Places p JOIN People e ON e.Id = p.PersonId
        WHERE p.Role IN (2, 3, 4) AND p.FromDay <= @today AND (p.ToDay IS NULL OR p.ToDay > @today)
        ORDER BY p.UnitId, p.FromDay, p.PersonId
        """);

    public static async Task<ReportingLine> On(Session session, DateOnly today) =>
        new(await session.Query<LineUnit>(Units), await session.Query<LineLeader>(Leaders, new { today }));
}
