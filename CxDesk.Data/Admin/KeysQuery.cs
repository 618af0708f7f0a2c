using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>The keys there are and were; never their text.</summary>
public sealed class KeysQuery(Db db)
{
    private static readonly Statement Keys = new(d => $"""
        SELECT k.Id AS {nameof(KeyRow.Id)}, k.Name AS {nameof(KeyRow.Name)}, k.Scopes AS {nameof(KeyRow.Scopes)}, u.Name AS {nameof(KeyRow.UnitName)},
               k.CreatedAt AS {nameof(KeyRow.CreatedAt)}, k.LastUsedAt AS {nameof(KeyRow.LastUsedAt)}, k.RevokedAt AS {nameof(KeyRow.RevokedAt)}
        FROM ApiKeys k LEFT JOIN Units u ON u.Id = k.UnitId
        ORDER BY CASE WHEN k.RevokedAt IS NULL THEN 0 ELSE 1 END, k.Name, k.Id {d.Limit("200")}
        """);

    /// <returns>Those in use first; at most 200.</returns>
    public Task<IReadOnlyList<KeyRow>> All(CancellationToken cancel = default) => db.Read(s => s.Query<KeyRow>(Keys), cancel);
}

public sealed record KeyRow
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required ApiKeyScopes Scopes { get; init; }

    /// <summary>Null: the whole company.</summary>
    public string? UnitName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}
