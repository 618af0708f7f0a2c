using CxDesk.Data.Rollups;

namespace CxDesk.Data.Curves;

/// <summary>Round values of a measure. Pure.</summary>
public static class CurveLimits
{
    private const int Steps = 7;
    private static readonly double[] Durations = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 432000, 604800];

    /// <summary>Limits worth a look: round steps over where nearly all contacts are.</summary>
    public static IReadOnlyList<double> Of(IReadOnlyList<CurvePoint> points, IndicatorUnit unit)
    {
        var (low, high) = (Quantile(points, .05), Quantile(points, .98));
        return high > low ? [.. Ticks(low, high, unit, Steps)] : [];
    }

    /// <summary>Round values between two, about so many.</summary>
    public static IEnumerable<double> Ticks(double low, double high, IndicatorUnit unit, int about)
    {
        var step = Step((high - low) / about, unit);
        for (var i = Math.Ceiling(low / step); i * step <= high; i++) yield return i * step;
    }

    /// <summary>How wide the bins are that answers are gathered in: fine beside what is drawn, and round.</summary>
    public static double Width(double spread, IndicatorUnit unit) => unit switch
    {
        IndicatorUnit.Seconds => Math.Max(1, Step(spread / 60, unit)),
        IndicatorUnit.Share => Math.Clamp(Step(spread / 60, unit), .001, .01),
        _ => spread > 0 ? Step(spread / 60, unit) : 1,
    };

    /// <summary>The value that a share of the contacts lies below.</summary>
    public static double Quantile(IReadOnlyList<CurvePoint> points, double share)
    {
        var left = share * points.Sum(p => (double)p.N);
        foreach (var point in points)
            if ((left -= point.N) <= 0) return point.X;
        return points[^1].X;
    }

    private static double Step(double rough, IndicatorUnit unit)
    {
        if (rough <= 0) return unit == IndicatorUnit.Seconds ? 1 : .001;
        if (unit == IndicatorUnit.Seconds && rough is > .5 and < 604800) return Durations.First(d => d >= rough * .999);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { <= 1.001 => 1, <= 2.001 => 2, <= 5.001 => 5, _ => 10 };
    }
}
