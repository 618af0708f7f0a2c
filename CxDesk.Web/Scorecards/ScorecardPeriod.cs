using System.Globalization;

namespace CxDesk.Web.Scorecards;

/// <summary>Days of the company's zone, <paramref name="From"/> inclusive, <paramref name="To"/> exclusive.</summary>
public readonly record struct ScorecardPeriod(DateOnly From, DateOnly To)
{
    /// <summary>What a request that names no days is answered for: today and the 29 days before.</summary>
    public const int DefaultDays = 30;

    public const int LongestDays = 3660;
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>So many days, of which today is the last.</summary>
    public static ScorecardPeriod Ending(DateOnly today, int days = DefaultDays) => new(today.AddDays(1 - days), today.AddDays(1));

    /// <summary>
    /// The days that a request names as <c>yyyy-MM-dd</c>. Without <paramref name="to"/> it ends with today, without
    /// <paramref name="from"/> it is <see cref="DefaultDays"/> long.
    /// </summary>
    /// <param name="fault">Which parameter is wrong and why, <c>Api.{Reason}</c> in the resources; null where none is.</param>
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

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
