using System.Globalization;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>What places, rows and periods are called, in the language of the moment.</summary>
public static class ScorecardNames
{
    public static string Of(UnitRow unit, IStringLocalizer<ScorecardsText> text) => unit.IsNoTeam ? text["Name.NoTeam"] : unit.Name;

    public static string Of(ScorecardRow row, IStringLocalizer<ScorecardsText> text) =>
        row.KeyId == 0 ? text["Name.NotSaid"] : row.IsNoTeam ? text["Name.NoTeam"] : row.Name;

    /// <summary>What a scorecard is of: "Ann · North".</summary>
    public static string Title(Scorecard card, IStringLocalizer<ScorecardsText> text) => card.Subjects.All is { Count: > 0 } subjects
        ? text["Page.TitleIn", string.Join(text["Page.Between"], subjects.Select(s => s.Subject.Name)), Of(card.Place, text)]
        : Of(card.Place, text);

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

    /// <summary>What a scorecard is held against.</summary>
    public static ScorecardPeriod Before(ScorecardFilter filter) => new(filter.BeforeFrom, filter.BeforeTo);

    /// <summary>What a scorecard is held against, within a sentence: the period before, or its days.</summary>
    public static string Against(ScorecardFilter filter, IStringLocalizer<ScorecardsText> text) =>
        filter.BeforeTo == filter.From ? text["Against.Before"] : Days(Before(filter), text);

    /// <summary>Of which of some periods data are missing, and of how many of their days.</summary>
    /// <param name="span">Where there are data; null where there are none at all.</param>
    public static IEnumerable<string> Missing(RollupSpan? span, IEnumerable<ScorecardPeriod> periods, IStringLocalizer<ScorecardsText> text) => span is not { } known ? [] : periods
        .Select(period => (Period: period, Days: known.Missing(period.From, period.To)))
        .Where(p => p.Days > 0)
        .Select(p => text["Against.Missing", Days(p.Period, text), p.Days, p.Period.Days, Days(new ScorecardPeriod(known.First, known.Last.AddDays(1)), text)].Value);

    /// <summary>Its first and last day.</summary>
    public static string Days(ScorecardPeriod period, IStringLocalizer<ScorecardsText> text)
    {
        string Day(DateOnly day) => day.ToString(text["Period.DayFormat"], CultureInfo.CurrentCulture);
        return period.Days == 1 ? Day(period.From) : text["Period.Named", Day(period.From), Day(period.To.AddDays(-1))];
    }
}
