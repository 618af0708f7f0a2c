using CxDesk.Data.Database;

namespace CxDesk.Data.People;

/// <summary>
/// How the company stood at any time: which units there were, under what name, below which other. Whoever adds or changes a
/// unit says so by <see cref="Keep"/>, in the same transaction and after the change; what differs from what was known is kept.
/// </summary>
public static class UnitHistory
{
    // Written at the same instant, or by a clock that was behind.
    private static readonly Statement Unsay = new("DELETE FROM UnitHistory WHERE FromAt >= @at");

    private static readonly Statement Begin = new("""
        INSERT INTO UnitHistory (UnitId, FromAt, ParentId, Name, IsActive)
        SELECT u.Id, @at, u.ParentId, u.Name, u.IsActive FROM Units u
        WHERE NOT EXISTS (
            SELECT 1 FROM UnitHistory h WHERE h.UnitId = u.Id AND h.FromAt = (SELECT MAX(x.FromAt) FROM UnitHistory x WHERE x.UnitId = u.Id)
                AND COALESCE(h.ParentId, 0) = COALESCE(u.ParentId, 0) AND h.Name = u.Name AND h.IsActive = u.IsActive)
        """);

    private static readonly Statement Then = new("""
        SELECT u.Id, h.ParentId, u.Kind, u.Code, h.Name, u.IsNoTeam, h.IsActive
        FROM Units u JOIN UnitHistory h ON h.UnitId = u.Id
        WHERE h.FromAt = (SELECT MAX(x.FromAt) FROM UnitHistory x WHERE x.UnitId = u.Id AND x.FromAt <= @at)
        ORDER BY u.Kind, u.Code
        """);

    /// <summary>Keeps the units as they have become.</summary>
    /// <param name="at">When they became so; null: now.</param>
    public static async Task Keep(Session session, DateTimeOffset? at = null)
    {
        var from = new { at = at ?? session.Now };
        await session.Execute(Unsay, from);
        await session.Execute(Begin, from);
    }

    /// <summary>All units as they stood at an instant.</summary>
    public static async Task<UnitTree> Read(Session session, DateTimeOffset at) => new(await session.Query<UnitRow>(Then, new { at }));

    /// <summary>A unit's name at <c>@at</c>, as SQL.</summary>
    /// <param name="unit">The unit's id, as SQL says it.</param>
    internal static string NameOf(string unit) => $"""
        (SELECT un.Name FROM UnitHistory un WHERE un.UnitId = {unit} AND un.FromAt = (SELECT MAX(ux.FromAt) FROM UnitHistory ux WHERE ux.UnitId = {unit} AND ux.FromAt <= @at))
        """;
}
