using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Digests;
using CxDesk.Data.People;

namespace CxDesk.Tests.Digests;

public sealed class DigestPeriodTests
{
    private static readonly Company Paris = new(new CompanyOptions { TimeZone = "Europe/Paris" });

    // Monday 21 September is a holiday.
    private static readonly BusinessCalendar Calendar = new(BusinessCalendar.ZoneOf("Europe/Paris"),
        [.. Enumerable.Range(1, 5).Select(d => new WeekdayHours((DayOfWeek)d, BusinessHours.Between(9, 17)))], [CalendarException.Closed(new DateOnly(2026, 9, 21))]);

    [Theory]
    [InlineData("2026-09-15T06:59Z", null)]                                   // Tuesday 8:59 in Paris
    [InlineData("2026-09-15T07:00Z", "2026-09-14..2026-09-15")]
    [InlineData("2026-09-15T21:59Z", "2026-09-14..2026-09-15")]
    [InlineData("2026-09-15T22:00Z", null)]                                   // Wednesday has begun, its business has not
    [InlineData("2026-09-14T07:00Z", "2026-09-11..2026-09-14")]               // on Monday the weekend with its Friday
    [InlineData("2026-09-19T12:00Z", null)]                                   // Saturday
    [InlineData("2026-09-21T12:00Z", null)]                                   // the holiday
    [InlineData("2026-09-22T07:00Z", "2026-09-18..2026-09-22")]
    public void The_daily_digest_is_of_the_days_since_the_last_business_day_began(string now, string? days) => Assert.Equal(days, Days(DigestRhythm.Daily, now));

    [Theory]
    [InlineData("2026-09-14T06:59Z", null)]
    [InlineData("2026-09-14T07:00Z", "2026-09-07..2026-09-14")]
    [InlineData("2026-09-20T23:00+02:00", "2026-09-07..2026-09-14")]          // still, for whom a mail was held up
    [InlineData("2026-09-21T12:00Z", null)]                                   // the holiday
    [InlineData("2026-09-22T07:00Z", "2026-09-14..2026-09-21")]
    public void The_weekly_digest_is_of_the_week_before_from_the_first_opening_of_a_week_on(string now, string? days) => Assert.Equal(days, Days(DigestRhythm.Weekly, now));

    [Fact]
    public void Each_person_and_period_has_a_key_of_its_own()
    {
        var daily = new DigestPeriod(DigestRhythm.Daily, new(2026, 9, 13), new(2026, 9, 14));
        var weekly = new DigestPeriod(DigestRhythm.Weekly, new(2026, 9, 7), new(2026, 9, 14));
        Assert.Equal(4, new[] { daily.Key(1), daily.Key(2), weekly.Key(1), (daily with { To = new(2026, 9, 15) }).Key(1) }.Distinct().Count());
        Assert.Equal((null, "2026-W37"), (daily.Week, weekly.Week));
    }

    [Theory]
    [InlineData(Role.Agent, DigestRhythm.Off)]
    [InlineData(Role.Supervisor, DigestRhythm.Daily)]
    [InlineData(Role.Manager, DigestRhythm.Weekly)]
    [InlineData(Role.Executive, DigestRhythm.Weekly)]
    [InlineData(Role.Admin, DigestRhythm.Off)]
    [InlineData(Role.Wall, DigestRhythm.Off)]
    public void Who_chose_nothing_gets_what_the_role_has(Role role, DigestRhythm rhythm) => Assert.Equal(rhythm, DigestRhythms.Of(role));

    private static string? Days(DigestRhythm rhythm, string now) =>
        DigestPeriod.Due(rhythm, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), Calendar, Paris) is { } due ? $"{due.From:yyyy-MM-dd}..{due.To:yyyy-MM-dd}" : null;
}
