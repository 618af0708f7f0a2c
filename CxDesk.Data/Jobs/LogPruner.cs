using CxDesk.Data.Database;

namespace CxDesk.Data.Jobs;

/// <summary>Forgets change-log rows that every node has long read.</summary>
public sealed class LogPruner(Db db)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    // The newest row stays however old it is: its number is the version of every board, which never falls.
    private static readonly Statement Prune = new("""
        DELETE FROM ChangeLog WHERE ChangedAt < @before AND Id < (SELECT MAX(l.Id) FROM ChangeLog l)
        """);

    /// <returns>How many rows went.</returns>
    public Task<int> Run(CancellationToken cancel = default) =>
        db.Write(s => s.Execute(Prune, new { before = s.Now - Kept }), cancel);
}
