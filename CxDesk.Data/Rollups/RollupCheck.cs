using CxDesk.Data.Database;

namespace CxDesk.Data.Rollups;

/// <summary>Rollups are what was counted: <c>db/checks/rollups.sql</c>.</summary>
public sealed class RollupCheck : DatabaseCheck<RollupCheck, RollupDifference>, IDatabaseCheck
{
    public static Statement Differences { get; } = new(Embedded.Text("db/checks/rollups.sql"));
    public static string Wrong => "rollups differ from what they count; rebuild-rollups puts them right";
}

public sealed record RollupDifference
{
    public required RollupAxis Axis { get; init; }
    public required RollupKind Kind { get; init; }
    public required int MetricId { get; init; }
    public required DateOnly Day { get; init; }
    public required int RegionId { get; init; }
    public required int TeamId { get; init; }
    public required int KeyId { get; init; }

    /// <summary>Counted less stored.</summary>
    public required long N { get; init; }

    /// <summary>Counted less stored.</summary>
    public required double SumX { get; init; }

    /// <summary>The newest item there is; null where nothing was to be counted.</summary>
    public required DateTimeOffset? Counted { get; init; }

    /// <summary>The newest item as the rollup has it; null where there is no rollup.</summary>
    public required DateTimeOffset? Stored { get; init; }
}
