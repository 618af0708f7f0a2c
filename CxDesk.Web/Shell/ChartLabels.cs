namespace CxDesk.Web.Shell;

/// <summary>
/// Finds room for the names of points in a chart: beside, above or below each, not over another name or point, inside the box.
/// Who finds none goes without; the table beside the chart names all. Those first in order choose first.
/// </summary>
public static class ChartLabels
{
    /// <param name="X">Where the text begins, in the chart's units.</param>
    /// <param name="Y">Its base line.</param>
    public readonly record struct Place(double X, double Y);

    /// <param name="points">Centre and radius of each, with its name.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="written">Where other texts stand: where they begin, their base line, and what they say.</param>
    /// <returns>In the same order; null where there is no room.</returns>
    public static IReadOnlyList<Place?> Of(IReadOnlyList<(double X, double Y, double Radius, string Name)> points, double left, double top, double right, double bottom, double size,
        params IEnumerable<(double X, double Y, string Words)> written)
    {
        var taken = points.Select(p => new Box(p.X - p.Radius, p.Y - p.Radius, p.X + p.Radius, p.Y + p.Radius))
            .Concat(written.Select(w => Of(w.X, w.Y, Width(w.Words, size), size))).ToList();
        var places = new List<Place?>();
        foreach (var point in points)
        {
            var (width, gap) = (Width(point.Name, size), point.Radius + size / 3);
            Place[] candidates =
            [
                new(point.X + gap, point.Y + size * .35), new(point.X - gap - width, point.Y + size * .35),
                new(point.X - width / 2, point.Y - gap), new(point.X - width / 2, point.Y + gap + size * .8),
                new(point.X + gap, point.Y - gap), new(point.X + gap, point.Y + gap + size * .8),
                new(point.X - gap - width, point.Y - gap), new(point.X - gap - width, point.Y + gap + size * .8),
            ];
            Place? found = null;
            foreach (var place in candidates)
            {
                var box = Of(place.X, place.Y, width, size);
                if (box.Left < left || box.Right > right || box.Top < top || box.Bottom > bottom || taken.Exists(box.Meets)) continue;
                taken.Add(box);
                found = place;
                break;
            }
            places.Add(found);
        }
        return places;
    }

    private static Box Of(double x, double y, double width, double size) => new(x, y - size * .9, x + width, y + size * .25);

    /// <summary>About how wide a text is: characters of Chinese, Japanese and Korean are square.</summary>
    public static double Width(string text, double size) => text.Sum(c => c >= 0x2E80 ? size : size * .56);

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
