using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The rows of a breakdown, in the order they are given.</summary>
public partial class ScorecardTable
{
    private const string Dash = "—";

    private ScorecardScale _scale = new(0, 1, 0);

    [Parameter, EditorRequired] public required IReadOnlyList<ScorecardRow> Rows { get; set; }
    [Parameter, EditorRequired] public required Indicator Indicator { get; set; }

    /// <summary>What the rows are, in the reader's language: "Region".</summary>
    [Parameter, EditorRequired] public required string First { get; set; }
    [Parameter, EditorRequired] public required string Caption { get; set; }
    [Parameter] public ScorecardSort Sort { get; set; }

    /// <summary>Where a row leads; null where it leads nowhere.</summary>
    [Parameter] public Func<ScorecardRow, string?> LinkOf { get; set; } = _ => null;

    /// <summary>Where its open cases are; null where the board knows no such filter.</summary>
    [Parameter] public Func<ScorecardRow, string?> CasesOf { get; set; } = _ => null;

    [Inject] public required IndicatorWords Words { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    // Somebody who sees the cases of no row needs no columns for them.
    private bool HasCases => Rows.Any(r => r.Cases is not null);

    protected override void OnParametersSet() => _scale = ScorecardScale.Of(Indicator, Rows);

    private string? Sorted(ScorecardSort column) => Sort != column ? null : column is ScorecardSort.Name || (column is ScorecardSort.Gap) == Indicator.IsHigherBetter ? "ascending" : "descending";

    internal static string State(ScorecardRow row) =>
        row.N == 0 ? "none" : row.Withheld ? "withheld" : row.IsTooFew ? "tooFew" : "score";
}
