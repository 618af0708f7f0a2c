using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>
/// One figure, as large as it goes, with a sentence that says what it means and the age of its data. Filled with its colour
/// where it needs a person; grey, with the reason, where its data are not to be believed.
/// </summary>
public partial class WallTile
{
    [Parameter, EditorRequired] public required WallFigure Figure { get; set; }

    /// <summary>The last good read.</summary>
    [Parameter, EditorRequired] public DateTimeOffset? ReadAt { get; set; }

    /// <summary>The last read failed: what was read before stays.</summary>
    [Parameter] public bool Failed { get; set; }

    /// <summary>The moment that is shown; null: now.</summary>
    [Parameter] public DateTimeOffset? At { get; set; }

    /// <summary>What stands beside a case that nobody has taken, so that somebody can.</summary>
    [Parameter] public RenderFragment<LiveUrgentCase>? Claim { get; set; }

    [Inject] public required IStringLocalizer<WallsText> Text { get; set; }
    [Inject] public required FigureWords Words { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }

    private string Says => Words.Says(Figure, At ?? Clock.Now, Words.Zone(At, Clock.Zone));

    private string Kind => Code(Figure.Spec.Kind);

    // A case is somebody's to take. A score that is bad says so in its colour, and fills nothing: one thing shouts at a time.
    private string? Needs => Figure is CasesFigure or NumberFigure && Figure.Standing is Standing.Bad or Standing.Watch ? Code(Figure.Standing) : null;

    /// <summary>A figure, too few answers for one, or nothing at all: three different pictures.</summary>
    private string Shows => Figure switch
    {
        ScoreFigure { Score.Withheld: true } or NumberFigure { Value: null } => "few",
        ScoreFigure { Score.Score: null } or MeasureFigure { Measure.Value: null } => "none",
        TrendFigure { Points: var points } when points.All(p => p.Value is null) => "none",
        { Reason: FigureReason.NoAnswers } => "none",
        { Reason: FigureReason.TooFew } => "few",
        _ => "figure",
    };

    private (IReadOnlyList<double?> Values, double? Aim, Func<double, string> Write)? Line => Figure switch
    {
        ScoreFigure { Score: var score, Spec.Metric: var metric } => (score.Trend, score.Target, value => ScoreWords.Value(value, ScoreWords.KindOf(metric))),
        MeasureFigure { Measure: var measure } => (measure.Trend, measure.Limit, value => ScoreWords.Amount(value, measure.Unit)),
        _ => null,
    };

    private static string Code<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
