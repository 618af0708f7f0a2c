using System.Globalization;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>What places, rows and periods are called, in the language of the moment.</summary>
public static class ScorecardNames
{
    public static string Of(UnitRow unit, IStringLocalizer<ScorecardsText> text) => unit.IsNoTeam ? text["Name.NoTeam"] : unit.Name;

    public static string Of(ScorecardRow row, IStringLocalizer<ScorecardsText> text) =>
        row.KeyId == 0 ? text["Name.NotSaid"] : row.IsNoTeam ? text["Name.NoTeam"] : row.Name;

    /// <summary>"Week 38, 2026", "September 2026", "Q3 2026", "2026", "1 Sep 2026 – 14 Sep 2026".</summary>
    public static string Of(ScorecardPeriod period, IStringLocalizer<ScorecardsText> text) => period.Kind switch
    {
        ScorecardPeriodKind.Days => Days(period, text),
        ScorecardPeriodKind.Week => text["Period.WeekNamed", int.Parse(period.Code![6..], CultureInfo.InvariantCulture), period.Code[..4]],
        ScorecardPeriodKind.Month => period.From.ToString(text["Period.MonthFormat"], CultureInfo.CurrentCulture),
        ScorecardPeriodKind.Quarter => text["Period.QuarterNamed", period.Code![6..], period.Code[..4]],
        ScorecardPeriodKind.Year => text["Period.YearNamed", period.Code!],
    };

    /// <summary>The days that it is held against.</summary>
    public static string Before(ScorecardPeriod period, IStringLocalizer<ScorecardsText> text) => Days(new ScorecardPeriod(period.BeforeFrom, period.From), text);

    /// <summary>Its first and last day.</summary>
    public static string Days(ScorecardPeriod period, IStringLocalizer<ScorecardsText> text)
    {
        string Day(DateOnly day) => day.ToString(text["Period.DayFormat"], CultureInfo.CurrentCulture);
        return period.Days == 1 ? Day(period.From) : text["Period.Named", Day(period.From), Day(period.To.AddDays(-1))];
    }
}
