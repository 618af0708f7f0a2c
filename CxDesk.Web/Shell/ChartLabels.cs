using System.Globalization;

namespace CxDesk.Web.Shell;

/// <summary>
/// Finds room for the names of points in a chart: beside, above or below each, not over another name or point, inside the box;
/// where points stand close together, farther off, with a line that leads there. Who finds none goes without; the table beside
/// the chart names all. Those first in order choose first.
/// </summary>
public static class ChartLabels
{
    private const double Rounding = 1e-6;

    // How far off, in heights of a letter, a name may stand.
    private static readonly double[] Distances = [0, 1, 2, 3, 4.5, 6];

    private static readonly (double Across, double Down)[] Beside = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1)];

    // Sixteenths of a circle, without those along the axes: the corners first.
    private static readonly (double Across, double Down)[] Aslant =
        [.. new[] { 14, 2, 10, 6, 15, 1, 9, 7, 13, 3, 11, 5 }.Select(k => (Math.Cos(k * Math.PI / 8), Math.Sin(k * Math.PI / 8)))];

    /// <param name="X">Where the text is held, in the chart's units.</param>
    /// <param name="Y">Its base line.</param>
    /// <param name="Anchor">The side that it is held at, as SVG calls it: what is narrower than was thought still stands by its point.</param>
    /// <param name="Leader">From the point's edge to the name; null where the name stands beside its point.</param>
    public readonly record struct Place(double X, double Y, string Anchor, Line? Leader);

    public readonly record struct Line(double X1, double Y1, double X2, double Y2)
    {
        /// <summary>As SVG reads it.</summary>
        public string Path => string.Create(CultureInfo.InvariantCulture, $"M{X1:0.##} {Y1:0.##}L{X2:0.##} {Y2:0.##}");
    }

    /// <param name="points">Centre and radius of each, with its name.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="written">Where other texts stand: where they begin, their base line, and what they say.</param>
    /// <returns>In the same order; null where there is no room.</returns>
    public static IReadOnlyList<Place?> Of(IReadOnlyList<(double X, double Y, double Radius, string Name)> points, double left, double top, double right, double bottom, double size,
        params IEnumerable<(double X, double Y, string Words)> written)
    {
        var circles = points.Select(p => new Box(p.X - p.Radius, p.Y - p.Radius, p.X + p.Radius, p.Y + p.Radius)).ToList();
        var texts = written.Select(w => Of(w.X, w.Y, Width(w.Words, size), size)).ToList();
        var (places, leaders) = (new List<Place?>(), new List<Line>());
        foreach (var (point, own) in points.Zip(circles))
        {
            Place? found = null;
            // A line through another point would seem to begin there: only where there is no other way.
            foreach (var (place, box) in Candidates(point, left, right, size).OrderBy(c => c.Place.Leader is { } line && circles.Exists(o => o != own && o.IsCrossed(line))))
            {
                if (box.Left < left - Rounding || box.Right > right + Rounding || box.Top < top || box.Bottom > bottom) continue;
                if (circles.Exists(box.Meets) || texts.Exists(box.Meets) || leaders.Exists(box.IsCrossed)) continue;
                if (place.Leader is { } leader)
                {
                    if (texts.Exists(t => t.IsCrossed(leader))) continue;
                    leaders.Add(leader);
                }
                texts.Add(box);
                found = place;
                break;
            }
            places.Add(found);
        }
        return places;
    }

    // Close by: right, left, above, below, then the corners. Farther off only aslant: a line along an axis would pass for an interval.
    private static IEnumerable<(Place Place, Box Box)> Candidates((double X, double Y, double Radius, string Name) point, double left, double right, double size)
    {
        var width = Width(point.Name, size);
        foreach (var distance in Distances)
        {
            var gap = point.Radius + size * (1 / 3.0 + distance);
            foreach (var (across, down) in distance == 0 ? Beside : Aslant)
            {
                // Above and below, a name near the side moves inwards.
                var x = across != 0 ? point.X + gap * across : Math.Clamp(point.X, left + width / 2, Math.Max(left + width / 2, right - width / 2));
                var y = point.Y + gap * down + size * (.35 + (down > 0 ? .45 : .35) * down);
                var (anchor, before) = across > 0 ? ("start", 0.0) : across < 0 ? ("end", width) : ("middle", width / 2);
                var box = Of(x - before, y, width, size);
                yield return (new Place(x, y, anchor, distance > 0 ? Leader(point.X, point.Y, point.Radius, box) : null), box);
            }
        }
    }

    // To where the name is nearest.
    private static Line Leader(double x, double y, double radius, Box name)
    {
        var (toX, toY) = (Math.Clamp(x, name.Left, name.Right), Math.Clamp(y, name.Top, name.Bottom));
        var length = Math.Sqrt((toX - x) * (toX - x) + (toY - y) * (toY - y));
        return new Line(x + (toX - x) * radius / length, y + (toY - y) * radius / length, toX, toY);
    }

    private static Box Of(double x, double y, double width, double size) => new(x, y - size * .9, x + width, y + size * .25);

    /// <summary>About how wide a text is: characters of Chinese, Japanese and Korean are square.</summary>
    public static double Width(string text, double size) => text.Sum(c => c >= 0x2E80 ? size : size * .6);

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        // The part of the line inside, cut by one pair of edges after the other (Liang and Barsky 1984).
        public bool IsCrossed(Line line)
        {
            var (from, to) = (0.0, 1.0);
            return Cut(line.X1, line.X2 - line.X1, Left, Right, ref from, ref to) && Cut(line.Y1, line.Y2 - line.Y1, Top, Bottom, ref from, ref to) && from < to;
        }

        private static bool Cut(double at, double by, double low, double high, ref double from, ref double to)
        {
            if (by == 0) return low < at && at < high;
            var (enters, leaves) = ((low - at) / by, (high - at) / by);
            (from, to) = (Math.Max(from, Math.Min(enters, leaves)), Math.Min(to, Math.Max(enters, leaves)));
            return from < to;
        }
    }
}
