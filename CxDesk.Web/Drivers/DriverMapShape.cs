using System.Globalization;
using CxDesk.Data.Drivers;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Drivers;

/// <summary>The geometry of the importance × performance map. Numbers are texts as SVG reads them.</summary>
public sealed record DriverMapShape
{
    private const double Radius = 5.5, LetterSize = 11.5;
    private const double LeftEdge = 40, RightEdge = 366, TopEdge = 22, BottomEdge = 268;

    public readonly record struct Mark(string At, string Words);
    public readonly record struct Corner(string X, string Y, string Anchor, string Words);
    public readonly record struct Label(string X, string Y, string Anchor, string? Leader);

    /// <param name="Words">All of it, for who points at it or listens.</param>
    public sealed record Point(string Code, string Name, string Path, string Whiskers, string Status, string Words, Label? Label);

    public string Width => "380";
    public string Height => "304";
    public string Left => Number(LeftEdge);
    public string Right => Number(RightEdge);
    public string Top => Number(TopEdge);
    public string Bottom => Number(BottomEdge);
    public string TickY => Number(BottomEdge + 14);
    public string TickX => Number(LeftEdge - 5);
    public string AxisY => Number(BottomEdge + 31);
    public string AxisTop => Number(TopEdge - 9);
    public required string CutX { get; init; }
    public required string CutY { get; init; }
    public required IReadOnlyList<Mark> XMarks { get; init; }
    public required IReadOnlyList<Mark> YMarks { get; init; }
    public required IReadOnlyList<Corner> Corners { get; init; }
    public required IReadOnlyList<Point> Points { get; init; }

    public static DriverMapShape Of(DriverFindings findings, DriverWords words)
    {
        var drivers = findings.Drivers;
        var (low, high) = (drivers.Min(d => d.Performance.Low), drivers.Max(d => d.Performance.High));
        // Beside the outermost points there is room for their names and the quadrants'.
        var room = Math.Max(high - low, .05 * (findings.Scale is { } scale ? scale.Highest - scale.Lowest : 1)) * .12;
        var x = new ChartScale(low - room, high + room, LeftEdge, RightEdge);
        var y = new ChartScale(0, drivers.Max(d => d.Share.High) * 1.12, BottomEdge, TopEdge);
        var (above, below) = (TopEdge + 12, y.At(findings.ImportanceCut) + 13);
        // A quadrant's name stands at its top, towards the outside.
        List<(double X, double Y, string Words)> corners =
        [
            Left(DriverQuadrant.FixFirst, above), Right(DriverQuadrant.KeepUp, above), Left(DriverQuadrant.Watch, below), Right(DriverQuadrant.OverServed, below),
        ];
        var points = drivers.Select(d => (x.At(d.Performance.Value), y.At(d.Share.Value), Radius, d.Attribute.Name)).ToList();
        var labels = ChartLabels.Of(points, LeftEdge, TopEdge, RightEdge, BottomEdge, LetterSize, corners);
        return new DriverMapShape
        {
            CutX = Number(x.At(findings.PerformanceCut)), CutY = Number(y.At(findings.ImportanceCut)),
            XMarks = [.. x.Marks.Select(m => new Mark(Number(x.At(m)), findings.Scale is null ? DriverWords.Percent(m) : m.ToString("0.##", CultureInfo.CurrentCulture)))],
            YMarks = [.. y.Marks.Select(m => new Mark(Number(y.At(m)), DriverWords.Percent(m)))],
            Corners = [.. corners.Select(c => c.X < LeftEdge + 5 ? new Corner(Number(c.X), Number(c.Y), "start", c.Words) : new Corner(Number(RightEdge - 4), Number(c.Y), "end", c.Words))],
            Points = [.. drivers.Zip(labels, (d, label) => Drawn(d, label, x, y, findings, words))],
        };

        (double, double, string) Left(DriverQuadrant quadrant, double at) => (LeftEdge + 4, at, words.Quadrant(quadrant));
        (double, double, string) Right(DriverQuadrant quadrant, double at) =>
            words.Quadrant(quadrant) is var said ? (RightEdge - 4 - ChartLabels.Width(said, LetterSize), at, said) : default;
    }

    private static Point Drawn(Driver driver, ChartLabels.Place? label, ChartScale x, ChartScale y, DriverFindings findings, DriverWords words)
    {
        var (cx, cy) = (x.At(driver.Performance.Value), y.At(driver.Share.Value));
        var standing = DriverWords.Standing(driver);
        var whiskers = $"M{Number(x.At(driver.Performance.Low))} {Number(cy)}H{Number(x.At(driver.Performance.High))}M{Number(cx)} {Number(y.At(driver.Share.Low))}V{Number(y.At(driver.Share.High))}";
        var said = $"{driver.Attribute.Name}: {DriverWords.Percent(driver.Share.Value)} ({DriverWords.Interval(driver.Share)}), {DriverWords.Performance(driver.Performance.Value, findings)}, {words.Advice(driver)}";
        return new Point(driver.Attribute.Code, driver.Attribute.Name, Sign(standing, cx, cy), whiskers, standing.ToString().ToLowerInvariant(), said,
            label is { } place ? new Label(Number(place.X), Number(place.Y), place.Anchor, place.Leader?.Path) : null);
    }

    // ● good, ▲ watch, ◆ bad, ○ unknown: as everywhere.
    private static string Sign(Standing standing, double x, double y) => standing switch
    {
        Standing.Watch => $"M{Number(x)} {Number(y - Radius)}L{Number(x + Radius)} {Number(y + Radius * .8)}H{Number(x - Radius)}Z",
        Standing.Bad => $"M{Number(x)} {Number(y - Radius)}L{Number(x + Radius)} {Number(y)}L{Number(x)} {Number(y + Radius)}L{Number(x - Radius)} {Number(y)}Z",
        Standing.Good or Standing.Unknown => Circle(x, y, Radius * (standing == Standing.Good ? .9 : .8)),
    };

    private static string Circle(double x, double y, double r) =>
        $"M{Number(x - r)} {Number(y)}a{Number(r)} {Number(r)} 0 1 0 {Number(2 * r)} 0a{Number(r)} {Number(r)} 0 1 0 {Number(-2 * r)} 0Z";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
