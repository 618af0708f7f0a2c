using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>A small line of how a score went. A null is a gap in the line, not a zero.</summary>
public partial class Sparkline
{
    private SparklineShape Shape { get; set; } = SparklineShape.Empty;

    /// <summary>Oldest first, evenly spaced.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<double?> Values { get; set; }

    /// <summary>What the line is of, in the reader's language.</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>Drawn as a thin level line.</summary>
    [Parameter] public double? Target { get; set; }

    /// <summary>How a value is said, with its unit.</summary>
    [Parameter] public Func<double, string> Write { get; set; } = Number;

    /// <summary>Of a line by the day, the day of its last value: then its numbers are in a table for who does not see the line. Null where they are in one beside it.</summary>
    [Parameter] public DateOnly? LastDay { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }

    protected override void OnParametersSet() => Shape = SparklineShape.Of(Values, Target);

    private string Said
    {
        get
        {
            var known = Values.OfType<double>().ToList();
            return known.Count == 0
                ? Text["Spark.None", Label]
                : Text["Spark.Said", Label, Write(known[0]), Write(known[^1]), Write(known.Min()), Write(known.Max())];
        }
    }

    private string Day(DateOnly day) => day.ToString(Text["Spark.Day"], CultureInfo.CurrentCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.CurrentCulture);
}
