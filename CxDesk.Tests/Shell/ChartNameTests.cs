using System.Text.RegularExpressions;
using CxDesk.Tests.Browser;

namespace CxDesk.Tests.Shell;

/// <summary>What is drawn says what it is to whom who cannot see it, or stands beside its numbers and is left out.</summary>
public sealed partial class ChartNameTests
{
    [Fact]
    public void Every_drawing_has_a_name_or_is_left_out_by_readers()
    {
        var drawings = Directory.EnumerateFiles(Path.Combine(Repository.Root, "CxDesk.Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Drawing().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetFileName(file), m.Value))).ToList();
        Assert.Contains(drawings, d => d.File == "Sparkline.razor");
        Assert.Empty(drawings.Where(d => !IsNamed(d.Value)).Select(d => $"{d.File}: {d.Value}"));
    }

    // Charts whose numbers stand in a table beside them; the picture to scan has none.
    private static readonly Dictionary<string, string?> Beside = new()
    {
        ["PositionChart.razor"] = "PositionList.razor", ["CurveChart.razor"] = "CurvesPage.razor", ["DriverMap.razor"] = "DriverList.razor", ["ClaimQr.razor"] = null,
    };

    [Fact]
    public void Every_chart_has_its_numbers_in_a_table()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "CxDesk.Web"), "*.razor", SearchOption.AllDirectories)
            .GroupBy(file => Path.GetFileName(file)).ToDictionary(g => g.Key, g => string.Concat(g.Select(File.ReadAllText)));
        var charts = files.Where(f => Drawing().Matches(f.Value).Any(m => Role().IsMatch(m.Value))).ToList();
        Assert.Equal(charts.Select(c => c.Key).Where(Beside.ContainsKey).Order(), Beside.Keys.Order());
        Assert.Empty(charts.Where(c => !c.Value.Contains("<table", StringComparison.Ordinal) && !Beside.ContainsKey(c.Key)).Select(c => c.Key));
        foreach (var (chart, table) in Beside)
            if (table is not null)
            {
                Assert.Contains("<table", files[table]);
                // One page draws both.
                string Tag(string file) => "<" + Path.GetFileNameWithoutExtension(file) + " ";
                Assert.Contains(files, f => f.Value.Contains(Tag(chart), StringComparison.Ordinal) && (f.Key == table || f.Value.Contains(Tag(table), StringComparison.Ordinal)));
            }
    }

    [Theory]
    [InlineData("<svg viewBox=\"0 0 1 1\">", false)]
    [InlineData("<svg role=\"img\">", false)]
    [InlineData("<svg role=\"img\" aria-label=\"@Said\">", true)]
    [InlineData("<svg aria-hidden=\"true\">", true)]
    public void A_drawing_without_a_name_is_found(string drawing, bool isNamed) => Assert.Equal(isNamed, IsNamed(drawing));

    private static bool IsNamed(string drawing) =>
        drawing.Contains("aria-hidden=\"true\"", StringComparison.Ordinal)
        || (Role().IsMatch(drawing) && drawing.Contains("aria-label=\"", StringComparison.Ordinal));

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex Drawing();

    [GeneratedRegex("role=\"(img|group)\"")]
    private static partial Regex Role();
}
