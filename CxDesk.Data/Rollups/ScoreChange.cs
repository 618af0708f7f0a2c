namespace CxDesk.Data.Rollups;

/// <summary>Whether a score moved. An arrow is drawn for <see cref="Better"/> and <see cref="Worse"/> alone.</summary>
public enum Verdict
{
    Better,
    Worse,

    /// <summary>A difference that chance explains.</summary>
    NoClearChange,

    /// <summary>One of the two periods has fewer answers than the minimum.</summary>
    TooFew,
}

/// <summary>The difference between two periods and what may be said of it.</summary>
/// <param name="Difference">Now less before, in the units of the score; null when a period has no answers.</param>
/// <param name="Statistic">The z (NPS) or t (means) it was judged by; null when not judged, or when neither period varies.</param>
public readonly record struct ScoreChange(double? Difference, double? Statistic, Verdict Verdict)
{
    /// <summary>How probable so large a difference is if nothing changed (two-sided p); null when not judged.</summary>
    public double? Chance { get; init; }
}
