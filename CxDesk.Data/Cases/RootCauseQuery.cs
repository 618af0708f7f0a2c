using CxDesk.Data.Database;

namespace CxDesk.Data.Cases;

/// <summary>Reads the tree of causes; everybody who works on cases may.</summary>
public sealed class RootCauseQuery(Db db)
{
    private static readonly Statement All = new($"""
        SELECT Id AS {nameof(RootCauseRow.Id)}, ParentId AS {nameof(RootCauseRow.ParentId)}, Code AS {nameof(RootCauseRow.Code)},
            Name AS {nameof(RootCauseRow.Name)}, Position AS {nameof(RootCauseRow.Position)}, IsRetired AS {nameof(RootCauseRow.IsRetired)},
            RowVersion AS {nameof(RootCauseRow.Version)}
        FROM RootCauses ORDER BY Position, Id
        """);

    public Task<RootCauseTree> Read(CancellationToken cancel = default) => db.Read(Tree, cancel);

    internal static async Task<RootCauseTree> Tree(Session session) => new(await session.Query<RootCauseRow>(All));
}

public sealed record RootCauseRow
{
    public required int Id { get; init; }
    public required int? ParentId { get; init; }

    /// <summary>What cases and programs keep. It never changes.</summary>
    public required string Code { get; init; }

    /// <summary>As somebody typed it; null for one of the usual causes, which the reader's language names by its code.</summary>
    public required string? Name { get; init; }
    public required int Position { get; init; }
    public required bool IsRetired { get; init; }
    public required int Version { get; init; }
}
