using System.Globalization;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Positions;

/// <summary>The geometry of the position map. Numbers are texts as SVG reads them.</summary>
public sealed record PositionChartShape
{
    private const double LeftEdge = 46, RightEdge = 362, TopEdge = 22, BottomEdge = 278, LetterSize = 11.5;
    private const double LeastRadius = 4, MostRadius = 15, StepRadius = 2.6;

    // Among more bubbles only the largest are named.
    private const int MostNames = 40;

    public readonly record struct Mark(string At, string Words);
    public readonly record struct Label(string X, string Y, string Anchor, string? Leader);
    public sealed record Bubble(string Key, string Name, string X, string Y, string Radius, string Whiskers, string Words, bool IsPicked, Label? Label);

    /// <param name="Label">When it was, at the first and the last.</param>
    public sealed record Step(string X, string Y, string Radius, string Words, string? Label)
    {
        /// <summary>Near the right edge it is written towards the left.</summary>
        public required bool IsFarRight { get; init; }
        public string Anchor => IsFarRight ? "end" : "start";
        public string Shift => IsFarRight ? "-5" : "5";
    }

    public string Width => "380";
    public string Height => "316";
    public string Left => Number(LeftEdge);
    public string Right => Number(RightEdge);
    public string Top => Number(TopEdge);
    public string Bottom => Number(BottomEdge);
    public string TickY => Number(BottomEdge + 14);
    public string TickX => Number(LeftEdge - 5);
    public string AxisY => Number(BottomEdge + 31);
    public string AxisTop => Number(TopEdge - 9);
    public required string? CutX { get; init; }
    public required string? CutY { get; init; }
    public required IReadOnlyList<Mark> XMarks { get; init; }
    public required IReadOnlyList<Mark> YMarks { get; init; }

    /// <summary>The largest first, so that the small ones lie above. In the same order whoever is picked: the keyboard stays where it was.</summary>
    public required IReadOnlyList<Bubble> Bubbles { get; init; }
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Through the steps that follow each other; empty where none is followed.</summary>
    public required string Path { get; init; }

    public static PositionChartShape Of(PositionMap map, PositionSize size, PositionWords words)
    {
        var filter = map.Filter;
        var rows = map.Rows.Where(r => r.HasPlace).OrderByDescending(r => Weight(r, size)).ToList();
        var steps = map.Path.Where(s => s.HasPlace).ToList();
        var x = Scale(filter.X, rows.Select(r => r.X), steps.Select(s => s.X), LeftEdge, RightEdge);
        var y = Scale(filter.Y, rows.Select(r => r.Y), steps.Select(s => s.Y), BottomEdge, TopEdge);
        var most = rows.Select(r => Weight(r, size)).DefaultIfEmpty(1).Max();
        // The area says it, not the width.
        double Radius(PositionRow row) => Math.Max(LeastRadius, MostRadius * Math.Sqrt(most > 0 ? Weight(row, size) / most : 0));

        var points = rows.Select(r => (X: x.At(r.X.Score.Value!.Value), Y: y.At(r.Y.Score.Value!.Value), Radius: Radius(r), Name: words.Name(r))).ToList();
        // Beside the way of one that is followed there is no room for the names of others.
        var order = Enumerable.Range(0, rows.Count).Where(i => map.Picked is null || rows[i] == map.Picked).Take(MostNames).ToList();
        var places = ChartLabels.Of([.. order.Select(i => points[i])], LeftEdge, TopEdge, RightEdge, BottomEdge, LetterSize);
        var labels = order.Zip(places).ToDictionary(o => o.First, o => o.Second);

        return new PositionChartShape
        {
            CutX = map.X.Score.Value is { } meanX ? Number(x.At(meanX)) : null, CutY = map.Y.Score.Value is { } meanY ? Number(y.At(meanY)) : null,
            XMarks = [.. x.Marks.Select(m => new Mark(Number(x.At(m)), IndicatorWords.Value(m, filter.X)))],
            YMarks = [.. y.Marks.Select(m => new Mark(Number(y.At(m)), IndicatorWords.Value(m, filter.Y)))],
            Bubbles = [.. rows.Select((row, i) => new Bubble(row.Key, points[i].Name, Number(points[i].X), Number(points[i].Y), Number(points[i].Radius), Whiskers(row, x, y),
                words.Said(points[i].Name, row.X, row.Y, filter), row == map.Picked,
                labels.GetValueOrDefault(i) is { } place ? new Label(Number(place.X), Number(place.Y), place.Anchor, place.Leader?.Path) : null))],
            Steps = [.. steps.Select((step, i) => new Step(Number(x.At(step.X.Score.Value!.Value)), Number(y.At(step.Y.Score.Value!.Value)), Number(StepRadius),
                words.Said(words.Step(step), step.X, step.Y, filter), i == 0 || i == steps.Count - 1 ? words.Step(step) : null) { IsFarRight = x.At(step.X.Score.Value!.Value) > RightEdge - 50 })],
            Path = Line(map.Path, x, y),
        };
    }

    private static double Weight(PositionRow row, PositionSize size) => size == PositionSize.Value ? (double)(row.Value ?? 0) : row.X.Score.N;

    // From the least to the greatest value with its interval, but no farther than the values themselves spread twice: one wide interval is not to press all others together.
    private static ChartScale Scale(Indicator indicator, IEnumerable<PositionFigure> figures, IEnumerable<PositionFigure> path, double start, double end)
    {
        // Of the way no intervals are drawn.
        var all = figures.Select(f => f.Score).Concat(path.Select(f => f.Score with { Low = null, High = null })).ToList();
        var (least, greatest) = (all.Min(s => s.Value!.Value), all.Max(s => s.Value!.Value));
        var room = Math.Max(greatest - least, Math.Abs(greatest) * .02 + 1e-6);
        var low = Math.Max(all.Min(s => s.Low ?? s.Value!.Value), least - room) - room * .05;
        var high = Math.Min(all.Max(s => s.High ?? s.Value!.Value), greatest + room) + room * .05;
        return new ChartScale(Math.Max(low, indicator.Lowest), Math.Min(high, indicator.Highest), start, end);
    }

    private static string Whiskers(PositionRow row, ChartScale x, ChartScale y)
    {
        var (across, up) = (row.X.Score, row.Y.Score);
        var (cx, cy) = (Number(x.At(across.Value!.Value)), Number(y.At(up.Value!.Value)));
        var horizontal = across is { Low: { } left, High: { } right } ? $"M{Number(x.At(left))} {cy}H{Number(x.At(right))}" : "";
        return horizontal + (up is { Low: { } low, High: { } high } ? $"M{cx} {Number(y.At(low))}V{Number(y.At(high))}" : "");
    }

    private static string Line(IReadOnlyList<PositionStep> path, ChartScale x, ChartScale y)
    {
        var parts = path.Select((step, i) => !step.HasPlace ? ""
            : $"{(i > 0 && path[i - 1].HasPlace ? "L" : "M")}{Number(x.At(step.X.Score.Value!.Value))} {Number(y.At(step.Y.Score.Value!.Value))}");
        return string.Concat(parts);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
