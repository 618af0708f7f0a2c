namespace CxDesk.Data.Curves;

/// <summary>Contacts that were served about alike, and what they answered. It adds up.</summary>
/// <param name="N">Answers.</param>
/// <param name="SumX">Σ of the measure.</param>
/// <param name="Sum">Σ of the outcome.</param>
/// <param name="SumSq">Σ of its squares.</param>
/// <param name="Low">How many of the answers were low scores.</param>
public readonly record struct CurvePoint(long N, double SumX, double Sum, double SumSq, long Low)
{
    /// <summary>Mean of the measure.</summary>
    public double X => SumX / N;

    /// <summary>Mean of the outcome.</summary>
    public double Mean => Sum / N;

    public static CurvePoint operator +(CurvePoint a, CurvePoint b) => new(a.N + b.N, a.SumX + b.SumX, a.Sum + b.Sum, a.SumSq + b.SumSq, a.Low + b.Low);

    /// <summary>One contact.</summary>
    public static CurvePoint Of(double x, double outcome, bool low = false) => new(1, x, outcome, outcome * outcome, low ? 1 : 0);

    /// <summary>Neighbours put together from the left until each has at least so many answers; a rest too small joins the last.</summary>
    /// <param name="sorted">By the measure.</param>
    public static IReadOnlyList<CurvePoint> Merge(IReadOnlyList<CurvePoint> sorted, long least)
    {
        var merged = new List<CurvePoint>();
        var open = default(CurvePoint);
        foreach (var point in sorted)
        {
            open += point;
            if (open.N < least) continue;
            merged.Add(open);
            open = default;
        }
        if (open.N > 0)
        {
            if (merged.Count == 0) merged.Add(open);
            else merged[^1] += open;
        }
        return merged;
    }
}
