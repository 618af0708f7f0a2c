using System.Globalization;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>Why the figure moved: what of its change is mix and what is real, row by row, in words and as bars beside their numbers.</summary>
public partial class ScorecardWhy
{
    /// <summary>So many rows of the scorecard are printed below the parts.</summary>
    public const int MostOnPaper = 22;

    private const double HalfWidth = 48;

    [Parameter, EditorRequired] public required ChangeSplit Split { get; set; }
    [Parameter, EditorRequired] public required Scorecard Card { get; set; }

    /// <summary>What the period before is called.</summary>
    [Parameter, EditorRequired] public required string Before { get; set; }

    /// <summary>What the rows are.</summary>
    [Parameter, EditorRequired] public required string First { get; set; }

    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }
    [Inject] public required IStringLocalizer<ShellText> Shell { get; set; }

    private Indicator Indicator => Card.Filter.Indicator;

    // What weighs most comes first; what is not shown by itself comes last.
    private IEnumerable<ChangePart> Parts => Split.Parts.OrderBy(p => p.Key is null).ThenByDescending(p => Math.Abs(p.Sum));

    private string Story => Text[$"Why.Story.{Split.Story}", Said(Split.Change ?? 0), Said(Split.Real), Said(Split.Mix)];

    private ScorecardRow? Row(ChangePart part) => Card.Rows.FirstOrDefault(r => r.KeyId == part.Key);

    private string Name(ChangePart part) => Row(part) is { } row ? ScorecardNames.Of(row, Text) : Text["Why.Rest"];

    private string Said(double value) => IndicatorWords.Part(value, Indicator);

    // So wide that intervals have room: what chance explains shall not look large.
    private double Scale => Split.Parts.Max(p => Math.Max(Math.Abs(p.Mix), Math.Abs(p.Real) + p.Margin)) is > 0 and var most ? HalfWidth / most : 0;

    private string Whisker(ChangePart part) => $"M{Number((part.Real - part.Margin) * Scale)} 10.5H{Number((part.Real + part.Margin) * Scale)}";

    private string X(double value) => Number(Math.Min(0, value * Scale));
    private string Width(double value) => Number(Math.Abs(value * Scale));
    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
