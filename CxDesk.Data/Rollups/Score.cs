namespace CxDesk.Data.Rollups;

/// <summary>Where a score stands against its target.</summary>
public enum Standing
{
    /// <summary>At the target or over it.</summary>
    Good,

    /// <summary>Under the target, but by no more than chance explains.</summary>
    Watch,

    /// <summary>Under the target with its whole interval.</summary>
    Bad,

    /// <summary>No target, or too few answers to say.</summary>
    Unknown,
}

/// <summary>A figure with what it rests on.</summary>
/// <param name="N">Answers counted.</param>
/// <param name="Value">The figure; null, drawn "—", when nothing was counted. Never NaN.</param>
/// <param name="Low">Lower end of the 95 % interval; null where there is none (a mean of fewer than two).</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public readonly record struct Score(long N, double? Value, double? Low, double? High)
{
    /// <summary>True when the interval does not contain the target: the gap is more than chance explains.</summary>
    public bool Excludes(double target) => Low > target || High < target;

    /// <summary>Where the score stands against a target, if there is one and n reaches the minimum.</summary>
    /// <param name="isHigherBetter">False for a measure of which less is better: then "under" the target is over it.</param>
    public Standing Against(double? target, int minimumN = ScoreStatistics.MinimumN, bool isHigherBetter = true)
    {
        if (target is not { } goal || Value is not { } value || N < minimumN)
            return Standing.Unknown;
        if (isHigherBetter ? value >= goal : value <= goal)
            return Standing.Good;
        return Excludes(goal) ? Standing.Bad : Standing.Watch;
    }
}
