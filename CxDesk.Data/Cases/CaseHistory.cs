using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>
/// What a wall shows of each case, and from when until when it was so. Whoever inserts a case or changes what a wall shows
/// of it says so by <see cref="Keep"/>, in the transaction that changes it and after the change; the row itself is what is kept.
/// </summary>
public static class CaseHistory
{
    /// <summary>Until when holds what holds now.</summary>
    public static readonly DateTimeOffset Never = Time.Cut(DateTimeOffset.MaxValue);

    /// <summary>So long it is kept, and a wall can be looked back on.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private static readonly Statement End = new("""
        UPDATE CaseHistory SET ToAt = @at WHERE CaseId = @caseId AND ToAt = @never AND FromAt < @at
        """);

    // Written at the same instant, or by a clock that was behind: it was never to be seen.
    private static readonly Statement Unsay = new("DELETE FROM CaseHistory WHERE CaseId = @caseId AND ToAt = @never");

    private static readonly Statement Begin = new("""
        INSERT INTO CaseHistory (CaseId, FromAt, ToAt, Version, Status, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m,
            Breach, EscalationLevel, ResolvedAt)
        SELECT c.Id, COALESCE((SELECT MAX(h.ToAt) FROM CaseHistory h WHERE h.CaseId = c.Id AND h.ToAt > @at), @at), @never, c.RowVersion, c.Status, c.Severity,
            c.OpenedAt, c.DueAt, c.OwnerId, c.RegionId, c.TeamId, c.ProductId, c.Value12m, c.Breach, c.EscalationLevel, c.ResolvedAt
        FROM Cases c WHERE c.Id = @caseId
        """);

    /// <summary>Keeps a case as it has become.</summary>
    /// <param name="at">When it became so.</param>
    /// <param name="isNew">It has just been inserted: nothing came before.</param>
    public static void Keep(Session session, long caseId, DateTimeOffset at, bool isNew = false)
    {
        if (!isNew && session.Prepare(End, "at", "caseId", "never").Set(at, caseId, Never).Execute() == 0)
            session.Prepare(Unsay, "caseId", "never").Set(caseId, Never).Execute();
        session.Prepare(Begin, "never", "at", "caseId").Set(Never, at, caseId).Execute();
    }
}
