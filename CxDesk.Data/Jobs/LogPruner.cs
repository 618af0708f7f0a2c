using CxDesk.Data.Database;

namespace CxDesk.Data.Jobs;

/// <summary>Forgets change-log rows that every node has long read, drafts to which nobody came back, screens that are long gone, and deliveries that ended long ago.</summary>
public sealed class LogPruner(Db db)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2), DraftsKept = TimeSpan.FromDays(90), DeliveriesKept = TimeSpan.FromDays(90);

    // The newest row stays however old it is: its number is the version of every board, which never falls.
    private static readonly Statement Prune = new("""
        DELETE FROM ChangeLog WHERE ChangedAt < @before AND Id < (SELECT MAX(l.Id) FROM ChangeLog l)
        """);

    private static readonly Statement PruneDrafts = new("DELETE FROM CaseDrafts WHERE UpdatedAt < @before");
    private static readonly Statement PrunePresence = new("DELETE FROM CasePresence WHERE SeenAt < @before");
    private static readonly Statement PruneDeliveries = new("DELETE FROM Deliveries WHERE Status IN (3, 4, 5, 6) AND EndedAt < @before");

    /// <returns>How many rows went.</returns>
    public Task<int> Run(CancellationToken cancel = default) => db.Write(async s =>
        await s.Execute(Prune, new { before = s.Now - Kept })
        + await s.Execute(PruneDrafts, new { before = s.Now - DraftsKept })
        + await s.Execute(PrunePresence, new { before = s.Now - Kept })
        + await s.Execute(PruneDeliveries, new { before = s.Now - DeliveriesKept }), cancel);
}
