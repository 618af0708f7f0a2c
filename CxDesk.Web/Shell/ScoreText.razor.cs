using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>
/// A score with its interval and n beside it, never a bare number: "4.21 ±0.06 n 1,204". Too few answers and no answers
/// are two different things, and neither is drawn as zero. Sizes follow the font size around it.
/// </summary>
public partial class ScoreText
{
    /// <summary>Null where there is no answer to judge by.</summary>
    [Parameter, EditorRequired] public double? Value { get; set; }

    /// <summary>Ends of the 95 % interval, in the unit of <see cref="Value"/>.</summary>
    [Parameter] public double? Low { get; set; }

    [Parameter] public double? High { get; set; }

    /// <summary>How many answers; left out where null (in a table that has a column for it).</summary>
    [Parameter] public long? N { get; set; }

    [Parameter] public ScoreKind Kind { get; set; } = ScoreKind.Mean;

    /// <summary>What the value is of, where it may be more than a score; it goes before <see cref="Kind"/>.</summary>
    [Parameter] public Indicator? Indicator { get; set; }

    /// <summary>Answers there are, but too few to say a figure.</summary>
    [Parameter] public bool TooFew { get; set; }

    /// <summary>There are enough, but a figure would tell this viewer what a few others answered.</summary>
    [Parameter] public bool Hidden { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }

    private string State => Hidden ? "hidden" : TooFew ? "tooFew" : Value is null ? "none" : "value";
}
