using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Web.Live;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>What a tile is called, what it means, and whether its data can be believed, in the language of the moment.</summary>
public sealed class FigureWords(IStringLocalizer<WallsText> text, IndicatorWords indicators, TimeWords times, Company company)
{
    private readonly BusinessCalendar _calendar = BusinessCalendar.Standard(company.Zone.Id);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(company.Zone.Id);

    /// <summary>The clock that a figure is told by: the viewer's; of a moment looked back on the company's, by which it was asked for.</summary>
    public TimeZoneInfo Zone(DateTimeOffset? past, TimeZoneInfo viewers) => past is null ? viewers : _zone;

    /// <summary>The company's day of a moment.</summary>
    public DateOnly? DayOf(DateTimeOffset? at) => at is { } instant ? company.DayOf(instant) : null;

    /// <summary>What stands large above the figure: what it is about, or what it is where it is about the whole company.</summary>
    public string Title(WallFigure figure) => figure.Subject.Length > 0 ? figure.Subject : What(figure);

    /// <summary>What stands small beside it: what it is, where the title does not say it, and since when it is counted.</summary>
    public string Beside(WallFigure figure)
    {
        string[] parts =
        [
            figure.Subject.Length > 0 ? What(figure) : "",
            figure is MoversFigure or LeadersFigure ? text["Kind.By", text[$"By.{figure.Spec.By}"].Value, text[$"Metric.{figure.Spec.Metric}"].Value] : "",
            figure is TrendFigure { Points.Count: var days } ? text["Trend.Days", days] : IsWindowed(figure) ? text[$"Window.{figure.Window}"] : "",
        ];
        return string.Join(" · ", parts.Where(p => p.Length > 0));
    }

    /// <summary>Both in one, where all tiles are about the same: "CSAT · Today".</summary>
    public string Heading(WallFigure figure) => figure.Subject.Length > 0 ? Beside(figure) : string.Join(" · ", new[] { Title(figure), Beside(figure) }.Where(p => p.Length > 0));

    /// <summary>Why a row of a board has its colour.</summary>
    public string Says(LiveScore score, string window) =>
        text[score is { Reason: FigureReason.TooFew, Score: not null } ? "Reason.TooFewToSay" : $"Reason.{score.Reason}", text[$"In.{window}"].Value];

    public string Window(WallFigure figure) => text[$"Window.{figure.Window}"];

    /// <summary>The one sentence of a tile: what its figure means, how sure that is, and since when.</summary>
    public string Says(WallFigure figure, DateTimeOffset now, TimeZoneInfo zone)
    {
        var says = figure switch
        {
            ScoreFigure { Score: { Withheld: true } score } when score.N >= figure.MinimumN => text["Reason.Hidden"].Value,
            ScoreFigure { Reason: FigureReason.TooFew, Score.Score: not null } => text["Reason.TooFewToSay"],
            CasesFigure { Cases: var cases } => Cases(figure.Reason, cases),
            NumberFigure { Spec.Number: WallNumber.OverdueCases } number => text[number.Value > 0 ? "Number.Act" : "Reason.CasesInTime"],
            { Reason: FigureReason.None } => "",
            MeasureFigure { Measure: { Value: { } value, Limit: { } limit } measure } when figure.Reason is FigureReason.OverLimit =>
                text["Reason.OverLimit", ScoreWords.Amount(value - limit, measure.Unit)],
            MeasureFigure when figure.Reason is FigureReason.NoAnswers => text["Reason.NoMeasurements", text[$"In.{figure.Window}"].Value],
            MeasureFigure when figure.Reason is FigureReason.NoTarget => text["Reason.NoLimit"],
            _ => text[$"Reason.{figure.Reason}", text[$"In.{figure.Window}"].Value],
        };
        return figure.Since is { } since && says.Length > 0 ? text["Reason.Since", says, times.Clock(since, now, zone)] : says;
    }

    /// <summary>Why a tile is not to be believed; null while it is.</summary>
    public string? Doubt(DateTimeOffset now, DateTimeOffset? readAt, WallFigure figure, TimeZoneInfo zone) =>
        readAt is not { } read ? text["Doubt.NeverRead"].Value
        : now - read > DataAge.ReadLimit ? text["Doubt.NotRead", times.Clock(read, now, zone)].Value
        : IsSilent(figure, now) ? text["Doubt.Silent", times.Span(figure.Silence!.Value)].Value
        : null;

    /// <summary>Whether the newest item is older than its source is ever silent, counted in business hours.</summary>
    public bool IsSilent(WallFigure figure, DateTimeOffset now) =>
        figure is { Silence: { } allowed, NewestAt: { } newest } && now - newest > allowed && _calendar.Elapsed(newest, now) > allowed;

    public string Change(MoverRow row) => text[$"Change.{row.Verdict}"];

    private static bool IsWindowed(WallFigure figure) => figure switch
    {
        CasesFigure or CommentsFigure or TrendFigure => false,
        NumberFigure { Spec.Number: WallNumber.OpenCases or WallNumber.OverdueCases } => false,
        _ => true,
    };

    private string What(WallFigure figure) => figure switch
    {
        ScoreFigure => text[$"Metric.{figure.Spec.Metric}"],
        NumberFigure => text[$"Number.{figure.Spec.Number}"],
        TrendFigure { Measure: { } name } => indicators.Measure(figure.Spec.Measure ?? "", name),
        TrendFigure => text["Kind.Trend", text[$"Metric.{figure.Spec.Metric}"].Value],
        CasesFigure => text["Kind.Cases"],
        MeasureFigure { Measure: var measure } => indicators.Measure(measure.Key, measure.Name),
        CommentsFigure => text["Kind.Comments"],
        MoversFigure => text["Kind.Movers"],
        LeadersFigure => text["Kind.Leaders"],
        _ => "",
    };

    private string Cases(FigureReason reason, LiveCases cases)
    {
        var n = reason switch { FigureReason.CasesOverdue => cases.Overdue, FigureReason.CasesCritical => cases.Critical, FigureReason.CasesDueSoon => cases.DueSoon, _ => 0 };
        return text[n == 1 ? $"Reason.{reason}.One" : $"Reason.{reason}", n];
    }
}
