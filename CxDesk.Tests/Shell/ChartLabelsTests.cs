using CxDesk.Web.Shell;

namespace CxDesk.Tests.Shell;

public sealed class ChartLabelsTests
{
    private const double Size = 11;

    [Fact]
    public void Names_in_a_chart_stand_over_no_other_name_point_or_line_and_inside()
    {
        var points = Enumerable.Range(0, 30).Select(i => (X: 20 + i * 37 % 340.0, Y: 30 + i * 53 % 240.0, Radius: 5.0, Name: $"attribute {i}")).ToList();
        var places = ChartLabels.Of(points, 0, 0, 380, 300, Size);
        Assert.True(places.Count(p => p is not null) > 20);
        var boxes = places.Zip(points).Where(p => p.First is not null).Select(p => Box(p.First!.Value, p.Second.Name)).ToList();
        Assert.All(boxes, b => Assert.True(b.Left >= 0 && b.Right <= 380 && b.Top >= 0 && b.Bottom <= 300));
        for (var i = 0; i < boxes.Count; i++)
        {
            Assert.DoesNotContain(boxes.Take(i), other => Meet(boxes[i], other));
            Assert.DoesNotContain(points, p => Meet(boxes[i], (p.X - p.Radius, p.Y - p.Radius, p.X + p.Radius, p.Y + p.Radius)));
            // Twenty points of each line: none in a name.
            Assert.DoesNotContain(places.Select(p => p?.Leader).OfType<ChartLabels.Line>().SelectMany(On), at => IsIn(at, boxes[i]));
        }
    }

    [Fact]
    public void A_name_stands_beside_its_point_where_there_is_room_and_needs_no_line()
    {
        var place = Assert.Single(ChartLabels.Of([(100, 100, 8, "Mobile")], 0, 0, 380, 300, Size))!.Value;
        Assert.True(place.X > 108 && place.Leader is null);
    }

    [Fact]
    public void Where_points_stand_close_together_names_go_farther_off_with_a_line_to_each()
    {
        // Bubbles over one another, as products that are nearly the same.
        List<(double X, double Y, double Radius, string Name)> points =
        [
            (200, 150, 12, "Mobile"), (204, 148, 10, "Smart home"), (198, 155, 9, "TV & streaming"), (206, 154, 9, "Device care"),
            (195, 146, 8, "Business line"), (202, 158, 8, "Cloud storage"), (208, 146, 7, "Roaming"), (193, 152, 7, "Home internet"),
        ];
        var places = ChartLabels.Of(points, 46, 22, 362, 278, Size);
        Assert.DoesNotContain(places, p => p is null);
        var led = places.Zip(points).Where(p => p.First!.Value.Leader is not null).ToList();
        Assert.NotEmpty(led);
        Assert.All(led, p =>
        {
            var (line, point) = (p.First!.Value.Leader!.Value, p.Second);
            Assert.Equal(point.Radius, Math.Sqrt(Math.Pow(line.X1 - point.X, 2) + Math.Pow(line.Y1 - point.Y, 2)), 6);
            Assert.StartsWith("M", line.Path);
        });
    }

    [Fact]
    public void A_line_goes_through_no_other_point_where_there_is_another_way()
    {
        // All around are others; straight through them would be nearest.
        List<(double X, double Y, double Radius, string Name)> points = [(200, 150, 8, "Mobile")];
        points.AddRange(from across in (int[])[-18, 0, 18] from down in (int[])[-20, 0, 20] where (across, down) != (0, 0) select (200.0 + across, 150.0 + down, 6.0, ""));
        var line = ChartLabels.Of(points, 46, 22, 362, 278, Size)[0]!.Value.Leader!.Value;
        var on = Enumerable.Range(0, 20).Select(i => (X: line.X1 + (line.X2 - line.X1) * i / 20, Y: line.Y1 + (line.Y2 - line.Y1) * i / 20));
        Assert.DoesNotContain(on, at => points.Skip(1).Any(p => Math.Abs(at.X - p.X) < p.Radius && Math.Abs(at.Y - p.Y) < p.Radius));
    }

    [Fact]
    public void A_name_over_a_point_near_the_side_moves_inwards()
    {
        var place = ChartLabels.Of([(340, 100, 8, "Cloud storage"), (318, 100, 8, "")], 0, 0, 362, 300, Size)[0]!.Value;
        Assert.Equal("middle", place.Anchor);
        Assert.Equal(362, Box(place, "Cloud storage").Right, 6);
    }

    [Fact]
    public void Who_finds_no_room_goes_without() =>
        Assert.Null(Assert.Single(ChartLabels.Of([(20, 20, 8, "A name wider than the chart")], 0, 0, 60, 40, Size)));

    private static (double Left, double Top, double Right, double Bottom) Box(ChartLabels.Place place, string name)
    {
        var width = ChartLabels.Width(name, Size);
        var left = place.X - (place.Anchor == "end" ? width : place.Anchor == "middle" ? width / 2 : 0);
        return (left, place.Y - Size * .9, left + width, place.Y + Size * .25);
    }

    private static bool Meet((double Left, double Top, double Right, double Bottom) a, (double Left, double Top, double Right, double Bottom) b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    private static IEnumerable<(double X, double Y)> On(ChartLabels.Line line) =>
        Enumerable.Range(0, 20).Select(i => (line.X1 + (line.X2 - line.X1) * i / 20, line.Y1 + (line.Y2 - line.Y1) * i / 20));

    private static bool IsIn((double X, double Y) at, (double Left, double Top, double Right, double Bottom) box) =>
        at.X > box.Left && at.X < box.Right && at.Y > box.Top && at.Y < box.Bottom;
}
