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

    [Parameter, EditorRequired] public required IReadOnlyList<ScorecardRow> Rows { get; set; }
    [Parameter, EditorRequired] public Metric Metric { get; set; }

    /// <summary>What the rows are, in the reader's language: "Region".</summary>
    [Parameter, EditorRequired] public required string First { get; set; }
    [Parameter, EditorRequired] public required string Caption { get; set; }

    /// <summary>Where a row leads; null where it leads nowhere.</summary>
    [Parameter] public Func<ScorecardRow, string?> LinkOf { get; set; } = _ => null;

    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    private ScoreKind Kind => ScorecardNames.Kind(Metric);

    private static string State(ScorecardRow row) =>
        row.N == 0 ? "none" : row.Withheld ? "withheld" : row.IsTooFew ? "tooFew" : "score";
}
