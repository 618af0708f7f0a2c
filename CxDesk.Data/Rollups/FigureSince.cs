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
    public static DateTimeOffset? Of(ScoreSums now, IEnumerable<FigureStep> steps, Func<ScoreSums, bool> holds)
    {
        foreach (var step in steps.Reverse())
        {
            now -= step.Sums;
            if (!holds(now)) return step.At;
        }
        return null;
    }
}

public readonly record struct FigureStep(DateTimeOffset At, ScoreSums Sums);
