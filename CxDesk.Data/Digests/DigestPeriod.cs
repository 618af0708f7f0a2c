using System.Globalization;
using System.Text.Json.Serialization;
using CxDesk.Data.Calendars;

namespace CxDesk.Data.Digests;

/// <summary>What a digest is about: days of the company's zone, <paramref name="To"/> exclusive.</summary>
public sealed record DigestPeriod(DigestRhythm Rhythm, DateOnly From, DateOnly To)
{
    // No calendar rests longer; one that does has its digest of so many days.
    private const int LongestRest = 31;

    /// <summary>Unlike that of every other person and period.</summary>
    public string Key(int personId) => FormattableString.Invariant($"digest/{personId}/{Suffix}");

    /// <summary>What of the key is the same for everybody.</summary>
    [JsonIgnore]
    public string Suffix => FormattableString.Invariant($"{(int)Rhythm}/{To:yyyy-MM-dd}");

    /// <summary>
    /// The digest that is due: the daily one from the opening of a business day on, of the days since the last business day
    /// began (as a rule yesterday, on a Monday the weekend too); the weekly one from the first opening of an ISO week on, of the week before.
    /// </summary>
    /// <returns>Null before the opening, and on a day without business.</returns>
    public static DigestPeriod? Due(DigestRhythm rhythm, DateTimeOffset now, BusinessCalendar calendar, Company company)
    {
        var today = company.DayOf(now);
        return rhythm switch
        {
            DigestRhythm.Off => null,
            DigestRhythm.Daily => Opening(today) is { } opens && opens <= now ? Latest(rhythm, today, calendar, company) : null,
            DigestRhythm.Weekly => calendar.Segments(company.StartOf(Monday(today)), TimeSpan.FromTicks(1))[0].From <= now ? Latest(rhythm, today, calendar, company) : null,
        };

        DateTimeOffset? Opening(DateOnly day) => Opens(day, calendar, company);
    }

    /// <summary>The one that ends where a day, or its week, begins, whether it was due already or not.</summary>
    public static DigestPeriod Latest(DigestRhythm rhythm, DateOnly today, BusinessCalendar calendar, Company company)
    {
        if (rhythm == DigestRhythm.Weekly) return new DigestPeriod(rhythm, Monday(today).AddDays(-7), Monday(today));
        var from = today.AddDays(-1);
        while (Opens(from, calendar, company) is null && today.DayNumber - from.DayNumber < LongestRest) from = from.AddDays(-1);
        return new DigestPeriod(rhythm, from, today);
    }

    /// <summary>As scorecards name a week: 2026-W38; null for days.</summary>
    [JsonIgnore]
    public string? Week => Rhythm == DigestRhythm.Weekly
        ? FormattableString.Invariant($"{ISOWeek.GetYear(From.ToDateTime(default)):0000}-W{ISOWeek.GetWeekOfYear(From.ToDateTime(default)):00}") : null;

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static DateTimeOffset? Opens(DateOnly day, BusinessCalendar calendar, Company company)
    {
        var first = calendar.Segments(company.StartOf(day), TimeSpan.FromTicks(1))[0].From;
        return company.DayOf(first) == day ? first : null;
    }
}
