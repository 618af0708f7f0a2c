namespace CxDesk.Data.Scorecards;

/// <summary>A part of a scorecard's period: a day, or as many weeks as make a line of no more than a year's.</summary>
/// <param name="To">The day after the last.</param>
public readonly record struct ScorecardBucket(DateOnly From, DateOnly To)
{
    private const int MostDays = 45, MostBuckets = 53;

    /// <summary>The parts of a period, from its first day on; the last may be shorter.</summary>
    public static IReadOnlyList<ScorecardBucket> Of(DateOnly from, DateOnly to)
    {
        var days = to.DayNumber - from.DayNumber;
        var step = days <= MostDays ? 1 : 7 * (int)Math.Ceiling(days / 7.0 / MostBuckets);
        return [.. Enumerable.Range(0, Math.Max(0, (days + step - 1) / step)).Select(i => new ScorecardBucket(from.AddDays(i * step), Earlier(from.AddDays((i + 1) * step), to)))];
    }

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}

/// <summary>One point of a row's line.</summary>
/// <param name="Value">Null where nothing was counted, or where it is withheld: a gap, not a zero.</param>
public readonly record struct ScorecardPoint(ScorecardBucket Bucket, long N, double? Value);
