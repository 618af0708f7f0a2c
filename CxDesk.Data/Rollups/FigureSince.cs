using System.Numerics;

namespace CxDesk.Data.Rollups;

/// <summary>
/// Since when a verdict has held without a break, found by going back from now: from stored answers alone, so that a wall of
/// the past says what the wall of then said. Pure.
/// </summary>
public static class FigureSince
{
    /// <param name="now">The sums that the verdict was given on.</param>
    /// <param name="steps">What came into the window at which instant, and with negative counts what left it; oldest first.</param>
    /// <returns>When the step came that brought the verdict; null where it held before all of them.</returns>
    public static DateTimeOffset? Of<T>(T now, IEnumerable<FigureStep<T>> steps, Func<T, bool> holds)
        where T : ISubtractionOperators<T, T, T>
    {
        foreach (var step in steps.Reverse())
        {
            now -= step.Sums;
            if (!holds(now)) return step.At;
        }
        return null;
    }

    /// <summary>
    /// Whether a verdict that turns on the evidence against a target held before any of these answers came, and ever since, in
    /// whatever order they came. Of all that could have been there at some time, all that came above the target speaks the
    /// least against it and all that came below the most: if the verdict holds at both ends, it holds in between, so
    /// that the answers themselves need not be looked at. False: perhaps not.
    /// </summary>
    /// <param name="now">The sums that the verdict was given on.</param>
    /// <param name="came">Those of them that are in question.</param>
    public static bool HeldThroughout(Metric metric, ScoreSums now, ScoreSums came, double target, Func<ScoreSums, bool> holds)
    {
        var before = now - came;
        var above = came.Where(value => metric.Scored(value) > target);
        return holds(before) && holds(before + above) && holds(now - above);
    }
}

public readonly record struct FigureStep<T>(DateTimeOffset At, T Sums);
