using System.Globalization;
using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;

namespace CxDesk.Web.Curves;

/// <summary>Where a curve is drawn, in a box of 100 by 100 that the page stretches; labels stand by the same numbers as per cent.</summary>
public sealed class CurveShape
{
    private readonly double _left, _right, _bottom, _top;

    private CurveShape(double left, double right, double bottom, double top) => (_left, _right, _bottom, _top) = (left, right, bottom, top);

    public required IReadOnlyList<(double At, double Value)> XTicks { get; init; }
    public required IReadOnlyList<(double At, double Value)> YTicks { get; init; }

    /// <summary>A dot and the whisker of its interval for each group of contacts.</summary>
    public required IReadOnlyList<(string Dot, string Whisker)> Bins { get; init; }
    public required string Line { get; init; }

    public static CurveShape Of(Curve curve, Indicator measure, Indicator outcome)
    {
        double left = curve.Shown.Low, right = curve.Shown.High;
        var scores = curve.Bins.Where(b => b.X >= left && b.X <= right).Select(b => (b.X, Score: CurveScore.Of(outcome, b.Sums))).ToList();
        // Bins are thin where contacts are many, and an axis that begins at nothing is easier read.
        if (left > 0 && left < right / 3) left = 0;
        var ys = scores.SelectMany(s => (double?[])[s.Score.Value, s.Score.Low, s.Score.High]).OfType<double>().DefaultIfEmpty(curve.Mean).ToList();
        var (low, high) = (ys.Min(), ys.Max());
        var margin = Math.Max((high - low) * .08, 1e-6);
        var (bottom, top) = (Math.Max(outcome.Lowest, low - margin), Math.Min(outcome.Highest, high + margin));
        right = right <= left ? left + 1 : right + (right - left) * .03;
        var shape = new CurveShape(left, right, bottom, top) { XTicks = [], YTicks = [], Bins = [], Line = "" };
        return new CurveShape(left, right, bottom, top)
        {
            XTicks = [.. CurveLimits.Ticks(left, right, measure.Unit, 9).Select(v => (shape.X(v), v))],
            YTicks = [.. CurveLimits.Ticks(bottom, top, outcome.Unit == IndicatorUnit.Seconds ? IndicatorUnit.Number : outcome.Unit, 7).Select(v => (shape.Y(v), v))],
            Bins = [.. scores.Select(s => (
                $"M{Number(shape.X(s.X))} {Number(shape.Y(s.Score.Value ?? bottom))}h0",
                s.Score is { Low: { } l, High: { } h } ? $"M{Number(shape.X(s.X))} {Number(shape.Y(l))}V{Number(shape.Y(h))}" : ""))],
            Line = string.Join(' ', Clipped(curve.Line, left, right).Select(p => $"{Number(shape.X(p.X))},{Number(shape.Y(p.Y))}")),
        };
    }

    /// <summary>What lies beyond is drawn at the edge.</summary>
    public double X(double value) => Math.Clamp((value - _left) / (_right - _left), 0, 1) * 100;

    /// <summary>From the top.</summary>
    public double Y(double value) => 100 - (value - _bottom) / (_top - _bottom) * 100;

    public bool Holds(double value) => value >= _left && value <= _right;

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // The line runs through all contacts, the picture over nearly all.
    private static IEnumerable<CurveSpot> Clipped(IReadOnlyList<CurveSpot> line, double left, double right)
    {
        for (var i = 0; i < line.Count; i++)
        {
            if (line[i].X >= left && line[i].X <= right) yield return line[i];
            if (i + 1 == line.Count || line[i + 1].X <= line[i].X) continue;
            foreach (var edge in (double[])[left, right])
                if (line[i].X < edge && line[i + 1].X > edge)
                    yield return new CurveSpot(edge, line[i].Y + (line[i + 1].Y - line[i].Y) * (edge - line[i].X) / (line[i + 1].X - line[i].X));
        }
    }
}
