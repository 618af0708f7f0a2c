using System.Globalization;

namespace CxDesk.Web.Scorecards;

/// <summary>What a period is held against: the one before, the same a year earlier, or any other that shares no day with it.</summary>
public static class ScorecardBefore
{
    public const string Previous = "previous", LastYear = "lastyear";

    private const char Between = '/';

    /// <param name="against">
    /// <see cref="Previous"/>, as nothing is; <see cref="LastYear"/>; a code as in <see cref="ScorecardPeriod.Named"/>; or two days
    /// as in 2025-09-01/2025-10-01, the second of which is the day after the last.
    /// </param>
    /// <param name="fault">Why it is none, <c>Api.{fault}</c> in the resources, and then the period before is returned; null where it is one.</param>
    public static ScorecardPeriod Of(string? against, ScorecardPeriod period, int fiscalStart, out string? fault)
    {
        var before = new ScorecardPeriod(period.BeforeFrom, period.From);
        var found = against switch
        {
            null or "" or Previous => before,
            LastYear => AYearEarlier(period, fiscalStart),
            _ when against.Contains(Between, StringComparison.Ordinal) => Days(against.Split(Between)),
            _ => ScorecardPeriod.Named(against, fiscalStart),
        };
        fault = found is not { } one ? "NoAgainst" : one.From < period.To && period.From < one.To ? "AgainstOverlaps" : null;
        return fault is null ? found!.Value : before;
    }

    /// <summary>Two days as an address writes them.</summary>
    /// <param name="to">The day after the last.</param>
    public static string Code(DateOnly from, DateOnly to) => string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}{Between}{to:yyyy-MM-dd}");

    /// <summary>The same week of the ISO year before, or its last where it had one less; the same month, quarter, year or days of the year before.</summary>
    private static ScorecardPeriod AYearEarlier(ScorecardPeriod period, int fiscalStart)
    {
        if (period.Kind == ScorecardPeriodKind.Days) return new(period.From.AddYears(-1), period.To.AddDays(-1).AddYears(-1).AddDays(1));
        if (period.Kind != ScorecardPeriodKind.Week) return ScorecardPeriod.Of(period.Kind, period.From.AddYears(-1), fiscalStart);
        var monday = period.From.ToDateTime(default);
        var year = ISOWeek.GetYear(monday) - 1;
        var week = Math.Min(ISOWeek.GetWeekOfYear(monday), ISOWeek.GetWeeksInYear(year));
        return ScorecardPeriod.Of(ScorecardPeriodKind.Week, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)), fiscalStart);
    }

    private static ScorecardPeriod? Days(string[] ends)
    {
        if (ends is not [{ Length: > 0 } from, { Length: > 0 } to]) return null;
        var days = ScorecardPeriod.Parse(from, to, ScorecardPeriod.Earliest, out var wrong);
        return wrong is null ? days : null;
    }
}
