using CxDesk.Data.Database;

namespace CxDesk.Data.Feed;

/// <summary>Reads the change log: how far it is, and what it says since.</summary>
public sealed class ChangeLogQuery(Db db)
{
    private static readonly Statement Newest = new("SELECT COALESCE(MAX(Id), 0) FROM ChangeLog");

    private static readonly Statement Since = new($"""
        SELECT Topic AS {nameof(ChangeLogRow.Topic)}, MAX(Id) AS {nameof(ChangeLogRow.Version)}, COUNT(*) AS {nameof(ChangeLogRow.Entries)}
        FROM ChangeLog WHERE Id > @version GROUP BY Topic
        """);

    private sealed record ChangeLogRow
    {
        public required ChangeTopic Topic { get; init; }
        public required long Version { get; init; }
        public required int Entries { get; init; }
    }

    /// <summary>The version that a read inside this session sees. Taken first, it is never newer than what is read after it.</summary>
    public static Task<long> Version(Session session) => session.Single<long>(Newest);

    public Task<long> Version(CancellationToken cancel = default) => db.Read(Version, cancel);

    /// <summary>What changed after a version, whoever wrote it; null when nothing did.</summary>
    public async Task<LoggedChanges?> After(long version, CancellationToken cancel = default)
    {
        var rows = await db.Read(s => s.Query<ChangeLogRow>(Since, new { version }), cancel);
        return rows.Count == 0 ? null : new LoggedChanges(rows.Max(r => r.Version), rows.ToDictionary(r => r.Topic, r => r.Entries));
    }
}

/// <summary>The end of the change log.</summary>
/// <param name="Version">Its newest number.</param>
/// <param name="Entries">How often each topic stands in it: once for each write that changed it.</param>
public sealed record LoggedChanges(long Version, IReadOnlyDictionary<ChangeTopic, int> Entries);
