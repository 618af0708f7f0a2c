using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Jobs;

/// <summary>
/// Forgets change-log rows that every node has long read, drafts to which nobody came back, screens that are long gone, what
/// cases were longer ago than a wall can be looked back on, and what people were told long ago. What was told of an open case stays, however old: its keys are why it is not told twice.
/// </summary>
public sealed class LogPruner(Db db)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2), DraftsKept = TimeSpan.FromDays(90), ToldKept = TimeSpan.FromDays(90), UnreadKept = TimeSpan.FromDays(365);

    // The newest row stays however old it is: its number is the version of every board, which never falls.
    private static readonly Statement Prune = new("""
        DELETE FROM ChangeLog WHERE ChangedAt < @before AND Id < (SELECT MAX(l.Id) FROM ChangeLog l)
        """);

    private static readonly Statement PruneDrafts = new("DELETE FROM CaseDrafts WHERE UpdatedAt < @before");
    private static readonly Statement PrunePresence = new("DELETE FROM CasePresence WHERE SeenAt < @before");

    private static readonly Statement PruneDeliveries = new("""
        DELETE FROM Deliveries WHERE Status IN (3, 4, 5, 6) AND EndedAt < @before
            AND NOT EXISTS (SELECT 1 FROM Cases c WHERE c.Id = Deliveries.CaseId AND c.Status < 4)
        """);

    private static readonly Statement PruneNotices = new("""
        DELETE FROM Notices WHERE (ReadAt < @readBefore OR (ReadAt IS NULL AND CreatedAt < @unreadBefore))
            AND NOT EXISTS (SELECT 1 FROM Cases c WHERE c.Id = Notices.CaseId AND c.Status < 4)
        """);

    private static readonly Statement PruneReminders = new("""
        DELETE FROM CaseReminders WHERE RemindedAt < @before
            AND NOT EXISTS (SELECT 1 FROM Cases c WHERE c.Id = CaseReminders.CaseId AND c.Status < 4)
        """);

    private static readonly Statement PruneHistory = new("DELETE FROM CaseHistory WHERE Status < 4 AND ToAt < @before");
    private static readonly Statement PruneEnded = new("DELETE FROM CaseHistory WHERE ResolvedAt < @before AND ToAt < @before");

    /// <returns>How many rows went.</returns>
    public Task<int> Run(CancellationToken cancel = default) => db.Write(async s =>
    {
        var notices = await s.Execute(PruneNotices, new { readBefore = s.Now - ToldKept, unreadBefore = s.Now - UnreadKept });
        if (notices > 0) s.Changed(ChangeTopic.Notices);
        return notices
            + await s.Execute(Prune, new { before = s.Now - Kept })
            + await s.Execute(PruneDrafts, new { before = s.Now - DraftsKept })
            + await s.Execute(PrunePresence, new { before = s.Now - Kept })
            + await s.Execute(PruneHistory, new { before = s.Now - CaseHistory.Kept })
            + await s.Execute(PruneEnded, new { before = s.Now - CaseHistory.Kept })
            + await s.Execute(PruneReminders, new { before = s.Now - ToldKept })
            + await s.Execute(PruneDeliveries, new { before = s.Now - ToldKept });
    }, cancel);
}
