using System.Globalization;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>Teams or agents compared: the places that each may have, the estimate they follow from, and the plain value beside it.</summary>
public partial class ScorecardRanking
{
    [Parameter, EditorRequired] public required Scorecard Card { get; set; }

    /// <summary>What the rows are, in the reader's language: "Team".</summary>
    [Parameter, EditorRequired] public required string First { get; set; }
    [Parameter, EditorRequired] public required string Caption { get; set; }

    /// <summary>Where a row leads; null where it leads nowhere.</summary>
    [Parameter] public Func<ScorecardRow, string?> LinkOf { get; set; } = _ => null;

    [Inject] public required IndicatorWords Words { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    private Indicator Indicator => Card.Filter.Indicator;
    private bool IsFair => Card.Filter.Compare == ScorecardCompare.Fair;
    private IReadOnlyList<(ScorecardRow Row, Ranked<int> Rank)> Ranked { get; set; } = [];
    private IReadOnlyList<ScorecardRow> Unranked { get; set; } = [];

    protected override void OnParametersSet()
    {
        var rows = Card.Rows.ToDictionary(r => r.KeyId);
        Ranked = [.. Card.Ranks.Select(r => (rows[r.Key], r))];
        Unranked = [.. Card.Rows.ExceptBy(Card.Ranks.Select(r => r.Key), r => r.KeyId)];
    }

    /// <summary>"3rd–9th of 40"; one place where there is no doubt about it.</summary>
    private string Place(Ranked<int> rank) => rank.BestRank == rank.WorstRank
        ? Text["Rank.One", Ordinal(rank.BestRank), Ranked.Count]
        : Text["Rank.Range", Ordinal(rank.BestRank), Ordinal(rank.WorstRank), Ranked.Count];

    // Other languages than English write the number alone, and put what else they need into the sentence.
    private string Ordinal(int place) => Text[(place % 100, place % 10) switch
    {
        (11 or 12 or 13, _) => "Rank.Nth",
        (_, 1) => "Rank.1st",
        (_, 2) => "Rank.2nd",
        (_, 3) => "Rank.3rd",
        _ => "Rank.Nth",
    }, place];

    private string X(int places) => (100.0 * places / Math.Max(1, Ranked.Count)).ToString("0.##", CultureInfo.InvariantCulture);
}
