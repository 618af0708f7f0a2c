using System.Globalization;

namespace CxDesk.Web.Shell;

/// <summary>The geometry of a sparkline, in a box of fixed size that the page stretches.</summary>
/// <param name="Runs">One polyline for each stretch of two values and more without a gap.</param>
/// <param name="Alone">A path that puts a dot on each value between two gaps; empty where there is none.</param>
/// <param name="Last">A path that puts a dot on the newest value; null where the newest is a gap.</param>
/// <param name="TargetY">Height of the target line.</param>
public sealed record SparklineShape(IReadOnlyList<string> Runs, string Alone, string? Last, string? TargetY)
{
    private const double Wide = 100, High = 24, Margin = 3;

    public static readonly SparklineShape Empty = new([], "", null, null);

    public string Width { get; } = Number(Wide);
    public string Height { get; } = Number(High);

    public static SparklineShape Of(IReadOnlyList<double?> values, double? target)
    {
        var known = values.OfType<double>().ToList();
        if (known.Count == 0) return Empty;
        if (target is { } t) known.Add(t);
        double low = known.Min(), span = known.Max() - low;

        double X(int i) => values.Count == 1 ? Wide / 2 : Margin + (Wide - 2 * Margin) * i / (values.Count - 1);
        // A flat line runs through the middle.
        double Y(double v) => span == 0 ? High / 2 : High - Margin - (High - 2 * Margin) * (v - low) / span;

        var runs = new List<string>();
        var run = new List<string>();
        var alone = "";
        void EndRun()
        {
            if (run.Count == 1) alone += Dot(run[0]);
            else if (run.Count > 1) runs.Add(string.Join(' ', run));
            run.Clear();
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } v) run.Add($"{Number(X(i))},{Number(Y(v))}");
            else EndRun();
        }
        EndRun();

        var last = values[^1] is { } newest ? Dot($"{Number(X(values.Count - 1))},{Number(Y(newest))}") : null;
        return new SparklineShape(runs, alone, last, target is { } level ? Number(Y(level)) : null);
    }

    // A line of no length, which round caps draw as a dot whatever the page stretches the box to.
    private static string Dot(string point) => $"M{point}h0";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
