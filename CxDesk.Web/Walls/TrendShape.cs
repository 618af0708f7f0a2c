using System.Globalization;
using CxDesk.Data.Walls;

namespace CxDesk.Web.Walls;

/// <summary>A trend as an SVG draws it in a box of 100 by 50: the band of what is usual, and the line of days. Pure.</summary>
internal sealed record TrendShape(IReadOnlyList<string> Runs, IReadOnlyList<TrendDot> Dots, TrendBand? Band, string? Target)
{
    private const double Wide = 100, High = 50, Margin = 3;

    /// <returns>Null where there is no point to draw.</returns>
    public static TrendShape? Of(TrendFigure figure)
    {
        var points = figure.Points;
        var known = points.Select(p => p.Value).OfType<double>().ToList();
        if (known.Count == 0) return null;
        if (figure.Limits is { } limits) known.AddRange([limits.Lower, limits.Upper]);
        if (figure.Target is { } aim) known.Add(aim);
        double low = known.Min(), span = known.Max() - low;
        double X(int i) => points.Count == 1 ? Wide / 2 : Margin + (Wide - 2 * Margin) * i / (points.Count - 1);
        double Y(double v) => span == 0 ? High / 2 : High - Margin - (High - 2 * Margin) * (v - low) / span;

        List<string> runs = [];
        List<string> run = [];
        List<TrendDot> dots = [];
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Value is { } value)
            {
                var at = $"{Number(X(i))},{Number(Y(value))}";
                run.Add(at);
                // A dot for what is special, for the newest, and for a day that stands alone.
                var isAlone = (i == 0 || points[i - 1].Value is null) && (i == points.Count - 1 || points[i + 1].Value is null);
                if (points[i].IsSpecial || isAlone || points.Skip(i + 1).All(p => p.Value is null)) dots.Add(new($"M{at}h0", points[i].IsSpecial ? IsBetter(value) ? "good" : "bad" : "plain"));
            }
            else End();
        }
        End();
        return new TrendShape(runs, dots,
            figure.Limits is { } l ? new TrendBand(Number(Y(l.Upper)), Number(Y(l.Lower) - Y(l.Upper)), Number(Y(l.Centre))) : null,
            figure.Target is { } t ? Number(Y(t)) : null);

        // Of a score more is better, of a measure with a limit less.
        bool IsBetter(double value) => value > figure.Limits!.Centre == figure.Unit is null;

        void End()
        {
            if (run.Count > 1) runs.Add(string.Join(' ', run));
            run.Clear();
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <param name="Path">A line of no length, which caps draw as a dot whatever the page stretches the box to.</param>
/// <param name="Kind">plain, or what a special day is: good or bad.</param>
internal sealed record TrendDot(string Path, string Kind);

internal sealed record TrendBand(string Top, string Height, string Centre);
