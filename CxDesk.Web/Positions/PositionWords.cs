using System.Globalization;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Positions;

/// <summary>Positions in words, in the language and culture of the moment.</summary>
public sealed class PositionWords(IStringLocalizer<PositionsText> text, IndicatorWords indicators)
{
    public string Name(PositionRow row) => row.IsNoTeam ? text["NoTeam", row.Key] : row.Name;

    public string Indicator(Indicator indicator) => indicators.Name(indicator);

    /// <summary>"CSAT (1 to 5)", and that less is better where it is.</summary>
    public string Axis(Indicator indicator)
    {
        var named = indicators.Unit(indicator) is { Length: > 0 } unit ? text["Axis", indicators.Name(indicator), unit].Value : indicators.Name(indicator);
        return indicator.IsHigherBetter ? named : text["Axis.LessIsBetter", named];
    }

    /// <summary>The figure, "too few" where it is withheld, a dash where there is none.</summary>
    public string Value(PositionFigure figure, Indicator indicator) =>
        figure.Withheld ? figure.Score.N < ScoreStatistics.MinimumN ? text["TooFew"] : text["Hidden"] : figure.Score.Value is { } value ? IndicatorWords.Value(value, indicator) : "—";

    private static string? Interval(PositionFigure figure, Indicator indicator) =>
        figure.Score is { Low: { } low, High: { } high } ? IndicatorWords.Interval(low, high, indicator) : null;

    /// <summary>"±0.06 n 312": what a figure rests on.</summary>
    public string Basis(PositionFigure figure, Indicator indicator) =>
        string.Join(' ', new[] { Interval(figure, indicator), text["N", ScoreWords.Count(figure.Score.N)].Value }.Where(part => part is not null));

    public static string Money(decimal? value) => value is { } worth ? worth.ToString("N0", CultureInfo.CurrentCulture) : "—";

    /// <summary>A week by its first day, a month by its name.</summary>
    public string Step(PositionStep step) => step.From.ToString(text[step.To.DayNumber - step.From.DayNumber > 7 ? "MonthFormat" : "WeekFormat"], CultureInfo.CurrentCulture);

    public string Day(DateOnly day) => day.ToString(text["DayFormat"], CultureInfo.CurrentCulture);

    /// <summary>All of a bubble, for who points at it or listens.</summary>
    public string Said(string name, PositionFigure x, PositionFigure y, PositionFilter filter) =>
        $"{name}: {Part(x, filter.X)}; {Part(y, filter.Y)}";

    /// <summary>One sentence that says what was found: who leads in both, and who trails in both.</summary>
    public string Lead(PositionMap map)
    {
        var (x, y) = (map.Filter.X, map.Filter.Y);
        var placed = map.Rows.Where(r => r.HasPlace).ToList();
        if (map.X.Score.Value is not { } meanX || map.Y.Score.Value is not { } meanY || placed.Count < 2) return text["Lead.Few"];
        var ahead = placed.Where(r => Ahead(r.X, meanX, x) && Ahead(r.Y, meanY, y)).ToList();
        var behind = placed.Where(r => Ahead(r.X, meanX, x, -1) && Ahead(r.Y, meanY, y, -1)).ToList();
        return (ahead.Count, behind.Count) switch
        {
            (0, 0) => text["Lead.None"],
            (_, 0) => text["Lead.Ahead", Names(ahead)],
            (0, _) => text["Lead.Behind", Names(behind)],
            _ => text["Lead.Both", Names(ahead), Names(behind)],
        };
    }

    // For certain: the whole interval lies on one side.
    private static bool Ahead(PositionFigure figure, double mean, Indicator indicator, int side = 1) =>
        (indicator.IsHigherBetter ? side : -side) > 0 ? figure.Score.Low > mean : figure.Score.High < mean;

    private string Names(List<PositionRow> rows) =>
        rows.Count > 3 ? text["Lead.More", string.Join(text["List.Comma"], rows.Take(2).Select(Name)), rows.Count - 2] : string.Join(text["List.Comma"], rows.Select(Name));

    private string Part(PositionFigure figure, Indicator indicator) =>
        $"{Indicator(indicator)} {Value(figure, indicator)}{(Interval(figure, indicator) is { } interval ? $" ({interval})" : "")}, {text["N", ScoreWords.Count(figure.Score.N)]}";
}
