using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>What a board, or a tile of it, is about: a region or team, a product, both, or the whole company.</summary>
public readonly record struct BoardSubject
{
    public int? RegionId { get; init; }
    public int? TeamId { get; init; }
    public int? ProductId { get; init; }

    public static readonly BoardSubject Company;

    /// <summary>About a region that there is not: nothing is counted.</summary>
    public static readonly BoardSubject Nothing = new() { RegionId = -1 };

    /// <summary>
    /// The condition on rows that hold RegionId, TeamId and ProductId; its parameters have the names of the properties. It leads no
    /// engine to an index: what it is added to says itself by what it is read.
    /// </summary>
    internal const string Condition = """
        (@RegionId IS NULL OR RegionId = @RegionId) AND (@TeamId IS NULL OR TeamId = @TeamId) AND (@ProductId IS NULL OR ProductId = @ProductId)
        """;
}

public static class BoardSubjects
{
    /// <summary>The sums of a subject only.</summary>
    public static RollupFilter Of(this RollupFilter filter, BoardSubject subject) =>
        filter with { RegionId = subject.TeamId is null ? subject.RegionId : null, TeamId = subject.TeamId, ProductId = subject.ProductId };
}
