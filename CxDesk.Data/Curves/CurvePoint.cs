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

    /// <summary>
    /// Neighbours put together from the left until each has so many answers, or lies over so wide a stretch and has the
    /// least that is shown; a rest too small joins the last.
    /// </summary>
    /// <param name="sorted">By the measure, either way.</param>
    /// <param name="enough">Answers that make a group.</param>
    /// <param name="least">Answers that a group has in any case.</param>
    /// <param name="stretch">Of the measure.</param>
    public static IReadOnlyList<CurvePoint> Merge(IReadOnlyList<CurvePoint> sorted, long enough, long least, double stretch)
    {
        var merged = new List<CurvePoint>();
        var open = default(CurvePoint);
        double start = 0;
        foreach (var point in sorted)
        {
            if (open.N == 0) start = point.X;
            open += point;
            if (open.N < least || (open.N < enough && Math.Abs(point.X - start) < stretch)) continue;
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
