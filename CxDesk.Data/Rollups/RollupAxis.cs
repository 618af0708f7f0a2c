namespace CxDesk.Data.Rollups;

/// <summary>What the key of a rollup is. The numbers are stored.</summary>
public enum RollupAxis
{
    /// <summary>The key is 0: the team itself. Regions and the company are sums over their teams.</summary>
    Team = 1,
    Agent = 2,
    Product = 3,
    Channel = 4,

    /// <summary>The customer's, as sent with the answer. What has none stands in no row: the rows add up to less than the team.</summary>
    Segment = 5,
}

/// <summary>What a rollup counts. The numbers are stored.</summary>
public enum RollupKind
{
    /// <summary>The metric is a <see cref="Metric"/>.</summary>
    Score = 1,

    /// <summary>The metric is an attribute.</summary>
    Rating = 2,

    /// <summary>The metric is a measure, N its observations.</summary>
    Measure = 3,
}
