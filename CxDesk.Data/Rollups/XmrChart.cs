namespace CxDesk.Data.Rollups;

/// <summary>
/// The individuals and moving range chart of a score or measure by day: what is usual, and which days are not. Pure.
/// A day is judged once it is over. Limits come from a frozen baseline, so that a slow decline does not widen what counts as
/// usual. Two rules, chosen for few false alarms; with known limits and normal days that have nothing to do with each other
/// each direction alarms once in about 310 days (the limits alone: one in 740; the run alone: one in 510), with limits from
/// 24 days once in about 150. A day with too few answers to be compared is left out, and breaks no run.
/// </summary>
/// <remarks>
/// Shewhart, "Economic Control of Quality of Manufactured Product" (1931); Wheeler, "Understanding Variation" (1993):
/// centre ± 2.66 × mean moving range (2.66 = 3/d₂, d₂ = 1.128 for ranges of two), and eight in a row on one side.
/// </remarks>
public static class XmrChart
{
    public const double LimitFactor = 2.66;
    public const int RunLength = 8;

    /// <summary>Days that a baseline is made of.</summary>
    public const int BaselineDays = 24;

    /// <summary>
    /// The baseline of the first 24 days that have answers enough: the minimum, and at least half of what the middle day
    /// has, since a day of few answers swings more. Null while there are fewer such days, or where they do not vary. The first,
    /// so that what came after them is judged by them, and not they by it.
    /// </summary>
    /// <param name="days">Complete days, in any order.</param>
    public static XmrBaseline? Freeze(IEnumerable<XmrDay> days, int minimumN = ScoreStatistics.MinimumN)
    {
        var known = days.Where(d => d.Value is not null && d.N >= minimumN).OrderBy(d => d.Day).ToList();
        if (known.Count < BaselineDays) return null;
        var least = Math.Max(minimumN, known.Select(d => d.N).Order().ElementAt(known.Count / 2) / 2);
        var chosen = known.Where(d => d.N >= least).Take(BaselineDays).ToList();
        if (chosen.Count < BaselineDays) return null;
        var range = chosen.Zip(chosen.Skip(1), (a, b) => Math.Abs(b.Value!.Value - a.Value!.Value)).Average();
        return range > 0 ? new XmrBaseline(chosen[0].Day, chosen[^1].Day.AddDays(1), chosen.Count, chosen.Average(d => d.Value!.Value), range, least) : null;
    }

    /// <summary>Each day with what the rules say of it, oldest first. Days that cannot be compared keep their place and say nothing.</summary>
    public static IReadOnlyList<XmrPoint> Judge(XmrBaseline baseline, IEnumerable<XmrDay> days)
    {
        var points = new List<XmrPoint>();
        var run = 0;
        foreach (var day in days.OrderBy(d => d.Day))
        {
            if (day.Value is not { } value || day.N < baseline.LeastN)
            {
                points.Add(new XmrPoint(day, XmrRule.None, false));
                continue;
            }
            var side = Math.Sign(value - baseline.Centre);
            // On the centre is on neither side.
            run = side == 0 ? 0 : Math.Sign(run) == side ? run + side : side;
            var rule = value < baseline.Lower || value > baseline.Upper ? XmrRule.OutsideLimits
                : Math.Abs(run) >= RunLength ? XmrRule.Run
                : XmrRule.None;
            points.Add(new XmrPoint(day, rule, side > 0));
        }
        return points;
    }

    /// <summary>What the chart says now: of its last day that can be compared, and since when it has said the same. Null: nothing special.</summary>
    public static XmrSignal? Signal(XmrBaseline baseline, IEnumerable<XmrDay> days)
    {
        XmrSignal? signal = null;
        foreach (var point in Judge(baseline, days).Where(p => p.Day.Value is not null && p.Day.N >= baseline.LeastN))
            signal = point.Rule == XmrRule.None ? null
                : signal is { } held && held.IsUp == point.IsUp ? held with { Rule = point.Rule }
                : new XmrSignal(point.Rule, point.IsUp, point.Day.Day);
        return signal;
    }
}

/// <param name="Value">The day's score or mean; null without answers.</param>
public readonly record struct XmrDay(DateOnly Day, long N, double? Value);

/// <summary>Which rule says that a day is no chance.</summary>
public enum XmrRule { None, OutsideLimits, Run }

/// <param name="IsUp">Above the centre.</param>
public readonly record struct XmrPoint(XmrDay Day, XmrRule Rule, bool IsUp);

/// <param name="Since">The first day of the unbroken row of special days on this side; it was known when that day was over.</param>
public readonly record struct XmrSignal(XmrRule Rule, bool IsUp, DateOnly Since);

/// <summary>What is usual, once and for all.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">The day after its last.</param>
/// <param name="Days">How many days it is made of.</param>
/// <param name="LeastN">A day with fewer answers is not compared with it.</param>
public sealed record XmrBaseline(DateOnly From, DateOnly To, int Days, double Centre, double MeanRange, long LeastN)
{
    public double Lower => Centre - XmrChart.LimitFactor * MeanRange;
    public double Upper => Centre + XmrChart.LimitFactor * MeanRange;
}
