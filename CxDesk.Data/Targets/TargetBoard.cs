using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Targets;

/// <summary>What everybody aims at in one indicator, as one viewer may see it.</summary>
public sealed record TargetBoard
{
    public required Indicator Indicator { get; init; }

    /// <summary>The company, each region with its teams, then products, channels and segments.</summary>
    public required IReadOnlyList<TargetBoardRow> Rows { get; init; }

    /// <summary>Every target of the indicator as it was set, the latest first day first.</summary>
    public required IReadOnlyList<TargetRow> Targets { get; init; }

    /// <summary>Every rule as it was set, the latest first day first.</summary>
    public required IReadOnlyList<TargetRuleRow> Rules { get; init; }

    /// <summary>The sources in the order in which they count today.</summary>
    public required IReadOnlyList<TargetSource> Order { get; init; }
    public required bool MaySetRule { get; init; }

    /// <summary>
    /// Of a measure: where walls and the live board call for somebody at once. It is no target and makes no gaps; where there
    /// is no target it is all there is to go by.
    /// </summary>
    public required double? Limit { get; init; }

    /// <summary>When the newest of the gaps was worked out; null where there is none.</summary>
    public required DateTimeOffset? CalculatedAt { get; init; }
}

public sealed record TargetBoardRow
{
    public required RollupBy By { get; init; }
    public required TargetSubject Subject { get; init; }

    /// <summary>The scorecard's row for the same days.</summary>
    public required ScorecardRow Figures { get; init; }

    /// <summary>What each source says today on the level that decides, the one that counts first; empty where no level has any.</summary>
    public required IReadOnlyList<TargetRow> SideBySide { get; init; }

    /// <summary>Of each source what was set here last, an end or a number of days to come as well.</summary>
    public required IReadOnlyDictionary<TargetSource, TargetRow> Own { get; init; }

    /// <summary>The target in force today; null where there is none on any level.</summary>
    public TargetRow? InForce => SideBySide.Count > 0 ? SideBySide[0] : null;

    /// <summary>It is that of a level above.</summary>
    public bool IsInherited => InForce is not null && InForce.Subject != Subject;

    /// <summary>What is set here, or ends, next.</summary>
    public required TargetRow? Next { get; init; }

    /// <summary>The gap of each day, the oldest first; null where there is none, or too few answers to show it.</summary>
    public required IReadOnlyList<double?> Gaps { get; init; }

    /// <summary>The viewer may set a target here.</summary>
    public required bool MaySet { get; init; }

    /// <summary>The baseline that its days are held against; null while there is none, or where it is withheld.</summary>
    public BaselineRow? Usual { get; init; }

    /// <summary>The viewer may freeze it anew.</summary>
    public bool MayFreeze { get; init; }

    public TargetRow? Of(TargetSource source) => SideBySide.FirstOrDefault(t => t.Source == source);
}
