using CxDesk.Data.Database;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>A part of a scorecard's period: a day, or as many weeks as make a line of no more than a year's.</summary>
/// <param name="To">The day after the last.</param>
public readonly record struct ScorecardBucket(DateOnly From, DateOnly To)
{
    private const int MostDays = 45, MostBuckets = 53;

    /// <summary>The days of the longest rollup that lies in one part of such a period, whole weeks being from Monday on.</summary>
    public static int Grain(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber <= MostDays ? 1 : RollupBlocks.Week;

    /// <summary>The blocks that a scorecard may be read from, of its period and the one that it is held against.</summary>
    /// <param name="turns">Days that no block of it reaches over.</param>
    public static Task<IReadOnlySet<RollupBlock>> Blocks(Session session, ScorecardFilter filter, IEnumerable<DateOnly> turns) =>
        RollupBlocks.Counting(session, filter.ReadFrom, filter.ReadTo, Grain(filter.From, filter.To) == 1 ? null
            : RollupBlocks.Near([filter.BeforeFrom, filter.BeforeTo, filter.From, filter.To, .. turns.Where(turn => turn > filter.From && turn < filter.To)]));

    /// <summary>The parts of a period; weeks are from Monday on, so the first and the last may be shorter.</summary>
    public static IReadOnlyList<ScorecardBucket> Of(DateOnly from, DateOnly to)
    {
        var days = to.DayNumber - from.DayNumber;
        var step = Grain(from, to) * (days <= MostDays ? 1 : (int)Math.Ceiling(days / 7.0 / MostBuckets));
        var first = step == 1 ? from : RollupBlocks.Begin(from, RollupBlocks.Week);
        var parts = new List<ScorecardBucket>();
        for (var day = first; day < to; day = Earlier(day, to, step)) parts.Add(new ScorecardBucket(day < from ? from : day, Earlier(day, to, step)));
        return parts;
    }

    private static DateOnly Earlier(DateOnly day, DateOnly to, int step) => to.DayNumber - day.DayNumber <= step ? to : day.AddDays(step);
}

/// <summary>One point of a row's line.</summary>
/// <param name="Value">Null where nothing was counted, or where it is withheld: a gap, not a zero.</param>
public readonly record struct ScorecardPoint(ScorecardBucket Bucket, long N, double? Value);
