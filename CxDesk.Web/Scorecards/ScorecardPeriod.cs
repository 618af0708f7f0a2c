using System.Globalization;

namespace CxDesk.Web.Scorecards;

/// <summary>What a period is named by; <see cref="Days"/> has no name but its first and last day.</summary>
public enum ScorecardPeriodKind { Days, Week, Month, Quarter, Year }

/// <summary>Days of the company's zone, <paramref name="From"/> inclusive, <paramref name="To"/> exclusive.</summary>
public readonly record struct ScorecardPeriod(DateOnly From, DateOnly To)
{
    /// <summary>What a request that names no days is answered for: today and the 29 days before.</summary>
    public const int DefaultDays = 30;

    public const int LongestDays = 3660;
    public static readonly DateOnly Earliest = new(2000, 1, 1);
    public static readonly IReadOnlyList<ScorecardPeriodKind> NamedKinds = [ScorecardPeriodKind.Week, ScorecardPeriodKind.Month, ScorecardPeriodKind.Quarter, ScorecardPeriodKind.Year];
    private const int LatestYear = 2999;

    public ScorecardPeriodKind Kind { get; private init; }

    /// <summary>As addresses and the API name it: 2026-W38, 2026-09, 2026-Q3, 2026; null where it is named by its days.</summary>
    public string? Code { get; private init; }

    /// <summary>First day of the period before: the week, month, quarter or year before, else as many days.</summary>
    public DateOnly BeforeFrom { get; private init; } = From.AddDays(From.DayNumber - To.DayNumber);

    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>So many days, of which today is the last.</summary>
    public static ScorecardPeriod Ending(DateOnly today, int days = DefaultDays) => new(today.AddDays(1 - days), today.AddDays(1));

    /// <summary>The week, month, quarter or year that a day lies in.</summary>
    /// <param name="fiscalStart">
    /// Month in which the fiscal year begins. It has the name of the calendar year in which it ends, so that 2026-Q1 of a
    /// year from April on is April to June 2025. Weeks begin on Monday and are numbered by ISO 8601.
    /// </param>
    public static ScorecardPeriod Of(ScorecardPeriodKind kind, DateOnly day, int fiscalStart)
    {
        var from = First(kind, day, fiscalStart);
        return new ScorecardPeriod(from, End(kind, from))
        {
            Kind = kind, BeforeFrom = First(kind, from.AddDays(-1), fiscalStart), Code = Name(kind, from, fiscalStart),
        };
    }

    /// <summary>The period of a code; null where it is none.</summary>
    public static ScorecardPeriod? Named(string code, int fiscalStart)
    {
        if (code.Length < 4 || !int.TryParse(code.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year <= Earliest.Year || year > LatestYear) return null;
        int? Number(int at, int least, int most) =>
            int.TryParse(code.AsSpan(at), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;
        var begin = new DateOnly(fiscalStart == 1 ? year : year - 1, fiscalStart, 1);
        return code[4..] switch
        {
            "" => Of(ScorecardPeriodKind.Year, begin, fiscalStart),
            ['-', 'Q', _] when Number(6, 1, 4) is { } quarter => Of(ScorecardPeriodKind.Quarter, begin.AddMonths(3 * (quarter - 1)), fiscalStart),
            ['-', 'W', _, _] when Number(6, 1, ISOWeek.GetWeeksInYear(year)) is { } week =>
                Of(ScorecardPeriodKind.Week, DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)), fiscalStart),
            ['-', _, _] when Number(5, 1, 12) is { } month => Of(ScorecardPeriodKind.Month, new DateOnly(year, month, 1), fiscalStart),
            _ => null,
        };
    }

    /// <summary>The one before or after, of the same kind and length.</summary>
    public ScorecardPeriod Next(int fiscalStart) => Kind == ScorecardPeriodKind.Days ? new(To, To.AddDays(Days)) : Of(Kind, To, fiscalStart);

    /// <inheritdoc cref="Next"/>
    public ScorecardPeriod Previous(int fiscalStart) => Kind == ScorecardPeriodKind.Days ? new(From.AddDays(-Days), From) : Of(Kind, From.AddDays(-1), fiscalStart);

    /// <summary>
    /// The days that a request names, by a code or as <c>yyyy-MM-dd</c>. Without <paramref name="to"/> it ends with today,
    /// without <paramref name="from"/> it is <see cref="DefaultDays"/> long.
    /// </summary>
    /// <param name="fault">Which parameter is wrong and why, <c>Api.{Reason}</c> in the resources; null where none is.</param>
    public static ScorecardPeriod Parse(string? code, string? from, string? to, DateOnly today, int fiscalStart, out (string Field, string Reason)? fault)
    {
        if (string.IsNullOrEmpty(code)) return Parse(from, to, today, out fault);
        var named = Named(code, fiscalStart);
        fault = named is null ? ("period", "NoPeriodCode") : string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to) ? null : ("period", "PeriodAndDays");
        return named ?? Ending(today);
    }

    /// <inheritdoc cref="Parse(string?, string?, string?, DateOnly, int, out ValueTuple{string, string}?)"/>
    public static ScorecardPeriod Parse(string? from, string? to, DateOnly today, out (string Field, string Reason)? fault)
    {
        fault = null;
        DateOnly? first = null, last = null;
        if (!string.IsNullOrEmpty(from) && (first = Day(from)) is null) fault = ("from", "NoDay");
        else if (!string.IsNullOrEmpty(to) && (last = Day(to)) is null) fault = ("to", "NoDay");
        else if (first < Earliest) fault = ("from", "TooEarly");
        else if (last <= Earliest) fault = ("to", "TooEarly");
        if (fault is not null) return Ending(today);

        var end = last ?? (first > today ? first.Value.AddDays(1) : today.AddDays(1));
        var start = first ?? end.AddDays(-Math.Min(DefaultDays, end.DayNumber - Earliest.DayNumber));
        if (start >= end) fault = ("from", "NoPeriod");
        else if (end.DayNumber - start.DayNumber > LongestDays) fault = ("from", "TooLong");
        return fault is null ? new ScorecardPeriod(start, end) : Ending(today);
    }

    private static DateOnly First(ScorecardPeriodKind kind, DateOnly day, int fiscalStart)
    {
        var sinceStart = (day.Month - fiscalStart + 12) % 12;
        var month = new DateOnly(day.Year, day.Month, 1);
        return kind switch
        {
            ScorecardPeriodKind.Days => day,
            ScorecardPeriodKind.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            ScorecardPeriodKind.Month => month,
            ScorecardPeriodKind.Quarter => month.AddMonths(-(sinceStart % 3)),
            ScorecardPeriodKind.Year => month.AddMonths(-sinceStart),
        };
    }

    private static DateOnly End(ScorecardPeriodKind kind, DateOnly from) => kind switch
    {
        ScorecardPeriodKind.Days => from.AddDays(1),
        ScorecardPeriodKind.Week => from.AddDays(7),
        ScorecardPeriodKind.Month => from.AddMonths(1),
        ScorecardPeriodKind.Quarter => from.AddMonths(3),
        ScorecardPeriodKind.Year => from.AddYears(1),
    };

    private static string? Name(ScorecardPeriodKind kind, DateOnly from, int fiscalStart)
    {
        var date = from.ToDateTime(default);
        var fiscalYear = from.Year + (fiscalStart > 1 && from.Month >= fiscalStart ? 1 : 0);
        return kind switch
        {
            ScorecardPeriodKind.Days => null,
            ScorecardPeriodKind.Week => FormattableString.Invariant($"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}"),
            ScorecardPeriodKind.Month => FormattableString.Invariant($"{from.Year:0000}-{from.Month:00}"),
            ScorecardPeriodKind.Quarter => FormattableString.Invariant($"{fiscalYear:0000}-Q{(from.Month - fiscalStart + 12) % 12 / 3 + 1}"),
            ScorecardPeriodKind.Year => FormattableString.Invariant($"{fiscalYear:0000}"),
        };
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
