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
