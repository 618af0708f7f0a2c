using CxDesk.Data.Database;

namespace CxDesk.Data.Feed;

/// <summary>Reads the change log: how far it is, and what it says since.</summary>
public sealed class ChangeLogQuery(Db db)
{
    private static readonly Statement Newest = new("SELECT COALESCE(MAX(Id), 0) FROM ChangeLog");

    private static readonly Statement Since = new($"""
        SELECT Topic AS {nameof(ChangeLogRow.Topic)}, MAX(Id) AS {nameof(ChangeLogRow.Version)}
        FROM ChangeLog WHERE Id > @version GROUP BY Topic
        """);

    private sealed record ChangeLogRow
    {
        public required ChangeTopic Topic { get; init; }
        public required long Version { get; init; }
    }

    /// <summary>The version that a read inside this session sees. Taken first, it is never newer than what is read after it.</summary>
    public static Task<long> Version(Session session) => session.Single<long>(Newest);

    public Task<long> Version(CancellationToken cancel = default) => db.Read(Version, cancel);

    /// <summary>What changed after a version, whoever wrote it; null when nothing did.</summary>
    public async Task<Change?> After(long version, CancellationToken cancel = default)
    {
        var rows = await db.Read(s => s.Query<ChangeLogRow>(Since, new { version }), cancel);
        return rows.Count == 0 ? null : new Change(rows.Max(r => r.Version), [.. rows.Select(r => r.Topic)]);
    }
}
