using System.Globalization;
using CxDesk.Data.Calendars;

namespace CxDesk.Tests.Calendars;

public sealed class BusinessClockTests
{
    private static readonly BusinessHours NineToFive = BusinessHours.Between(9, 17);
    private static readonly BusinessHours[] WithLunch = [BusinessHours.Between(9, 12), BusinessHours.Between(13, 18)];

    private static BusinessCalendar Weekdays(string zone, params BusinessHours[] hours) =>
        BusinessCalendar.MondayToFriday(zone, hours);

    private static BusinessCalendar Week(string zone, WeekdayHours[] week, params CalendarException[] exceptions) =>
        new(BusinessCalendar.ZoneOf(zone), week, exceptions);

    private static WeekdayHours[] EveryWeekday(params BusinessHours[] hours) =>
        [.. from day in Enumerable.Range(1, 5) from span in hours select new WeekdayHours((DayOfWeek)day, span)];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [Trait("Behaviour", "1")]
    [InlineData("America/New_York", 9, 17, "2026-01-30 16:30 -05:00", 1, "2026-02-02 09:30 -05:00")]
    [InlineData("Europe/Paris", 8, 18, "2026-09-14 17:00 +02:00", 4, "2026-09-15 11:00 +02:00")]
    [InlineData("UTC", 8, 17, "2026-09-11 16:00 +00:00", 4, "2026-09-14 11:00 +00:00")]
    [InlineData("UTC", 9, 17, "2026-09-11 16:00 +00:00", 1, "2026-09-11 17:00 +00:00")]
    [InlineData("UTC", 9, 17, "2026-09-12 03:00 +00:00", 8, "2026-09-14 17:00 +00:00")]
    public void Deadline_counts_the_hours_of_the_regions_zone(
        string zone, int opens, int closes, string start, int hours, string due) =>
        Assert.Equal(At(due), Weekdays(zone, BusinessHours.Between(opens, closes)).Deadline(At(start), hours * 60));

    [Fact]
    public void Results_are_in_utc()
    {
        var calendar = Weekdays("Asia/Shanghai", NineToFive);
        var start = At("2026-09-15 11:30 +08:00");

        Assert.Equal(TimeSpan.Zero, calendar.Deadline(start, 60).Offset);
        Assert.Equal(TimeSpan.Zero, calendar.Deadline(start, 0).Offset);
        Assert.Equal(TimeSpan.Zero, calendar.Warning(start, 60).Offset);
        Assert.Equal(TimeSpan.Zero, calendar.Warning(start, 0).Offset);
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Lunch_is_not_counted() =>
        Assert.Equal(
            At("2026-09-15 14:30 +08:00"),
            Weekdays("Asia/Shanghai", WithLunch).Deadline(At("2026-09-15 11:30 +08:00"), 120));

    [Fact]
    [Trait("Behaviour", "1")]
    public void Holidays_are_skipped()
    {
        var golden = Enumerable.Range(1, 7).Select(day => CalendarException.Closed(new DateOnly(2026, 10, day)));
        var calendar = Week("Asia/Shanghai", EveryWeekday(WithLunch), [.. golden]);

        Assert.Equal(At("2026-10-08 10:00 +08:00"), calendar.Deadline(At("2026-09-30 17:00 +08:00"), 120));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Make_up_working_day_adds_hours()
    {
        // 2026-10-10 is a Saturday.
        var calendar = Week(
            "Asia/Shanghai", EveryWeekday(WithLunch), CalendarException.Instead(new DateOnly(2026, 10, 10), WithLunch));

        Assert.Equal(At("2026-10-10 10:00 +08:00"), calendar.Deadline(At("2026-10-09 17:00 +08:00"), 120));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Exception_can_extend_a_day_or_shorten_it()
    {
        var calendar = Week(
            "UTC",
            EveryWeekday(NineToFive),
            CalendarException.Also(new DateOnly(2026, 9, 14), new BusinessHours(new(16, 0), new(20, 0))),
            CalendarException.Instead(new DateOnly(2026, 9, 15), BusinessHours.Between(9, 12)));

        Assert.Equal(TimeSpan.FromHours(11), calendar.Elapsed(At("2026-09-14 00:00Z"), At("2026-09-15 00:00Z")));
        Assert.Equal(TimeSpan.FromHours(3), calendar.Elapsed(At("2026-09-15 00:00Z"), At("2026-09-16 00:00Z")));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Night_shift_belongs_to_the_day_it_begins_on()
    {
        var night = new BusinessHours(new(22, 0), new(6, 0));
        var calendar = Week("UTC", EveryWeekday(night), CalendarException.Closed(new DateOnly(2026, 9, 15)));

        // Monday's night runs into the closed Tuesday; Tuesday's own night is taken away.
        Assert.Equal(At("2026-09-15 05:00Z"), calendar.Deadline(At("2026-09-14 23:00Z"), 6 * 60));
        Assert.Equal(At("2026-09-16 23:00Z"), calendar.Deadline(At("2026-09-14 23:00Z"), 8 * 60));
        Assert.Equal(TimeSpan.FromHours(2), calendar.Elapsed(At("2026-09-15 04:00Z"), At("2026-09-16 21:00Z")));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Overlapping_hours_count_once()
    {
        var calendar = Week(
            "UTC",
            [
                new(DayOfWeek.Monday, new BusinessHours(new(20, 0), new(19, 0))),
                new(DayOfWeek.Tuesday, BusinessHours.Between(9, 10)),
                new(DayOfWeek.Tuesday, BusinessHours.Between(18, 21)),
            ]);

        Assert.Equal(TimeSpan.FromHours(25), calendar.Elapsed(At("2026-09-14 00:00Z"), At("2026-09-16 00:00Z")));
        Assert.Equal(At("2026-09-15 21:00Z"), calendar.Deadline(At("2026-09-14 12:00Z"), 25 * 60));
        Assert.Equal(At("2026-09-14 20:00Z"), calendar.Warning(At("2026-09-15 21:00Z"), 25 * 60));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Round_the_clock_counts_every_minute()
    {
        var calendar = Week("Asia/Kolkata", [.. Enum.GetValues<DayOfWeek>().Select(day => new WeekdayHours(day, BusinessHours.WholeDay))]);

        Assert.Equal(At("2026-09-15 11:00Z"), calendar.Deadline(At("2026-09-12 11:00Z"), 72 * 60));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public void Empty_calendar_is_refused_with_the_reason()
    {
        var empty = Assert.Throws<ArgumentException>(() => Week("UTC", []));
        Assert.Contains("no working hours", empty.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Weekdays("UTC"));

        // Hours on single dates run out, and then nothing would ever be due.
        Assert.Throws<ArgumentException>(() => Week("UTC", [], CalendarException.Instead(new DateOnly(2026, 9, 15), NineToFive)));
    }

    [Fact]
    public void Impossible_requests_are_refused_with_the_reason()
    {
        var calendar = Weekdays("UTC", NineToFive);

        Assert.Contains("Mars/Base", Assert.Throws<ArgumentException>(() => BusinessCalendar.Standard("Mars/Base")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Week(
            "UTC", EveryWeekday(NineToFive), CalendarException.Closed(new(2026, 1, 1)), CalendarException.Closed(new(2026, 1, 1))));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Deadline(At("2026-09-15 11:30Z"), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Segments(At("2026-09-15 11:30Z"), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Warning(At("2026-09-15 11:30Z"), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Deadline(At("9999-12-31 11:30Z"), int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Warning(At("0001-01-02 11:30Z"), int.MaxValue));
    }

    [Fact]
    public void Standard_calendar_is_monday_to_friday_nine_to_six()
    {
        var calendar = BusinessCalendar.Standard("Asia/Shanghai");

        Assert.Equal(TimeSpan.FromHours(45), calendar.Elapsed(At("2026-09-14 00:00 +08:00"), At("2026-09-21 00:00 +08:00")));
        Assert.Equal(At("2026-09-14 10:00 +08:00"), calendar.Deadline(At("2026-09-11 17:00 +08:00"), 120));
    }

    [Fact]
    [Trait("Behaviour", "4")]
    public void Pause_moves_the_deadline_by_its_business_minutes_only()
    {
        var calendar = Weekdays("UTC", NineToFive);
        var deadline = At("2026-09-14 11:00Z");

        Assert.Equal(deadline, calendar.AfterPause(deadline, At("2026-09-11 17:00Z"), At("2026-09-14 09:00Z")));
        Assert.Equal(At("2026-09-14 12:30Z"), calendar.AfterPause(deadline, At("2026-09-11 16:00Z"), At("2026-09-14 09:30Z")));
        Assert.Equal(At("2026-09-15 10:00Z"), calendar.AfterPause(deadline, At("2026-09-14 10:00Z"), At("2026-09-14 17:00Z")));
    }

    [Fact]
    [Trait("Behaviour", "5")]
    public void Segments_show_the_working_and_sum_to_the_target()
    {
        var calendar = Weekdays("Asia/Shanghai", WithLunch);
        var start = At("2026-09-18 11:30 +08:00");

        Assert.Equal(
            [
                new(At("2026-09-18 11:30 +08:00"), At("2026-09-18 12:00 +08:00")),
                new(At("2026-09-18 13:00 +08:00"), At("2026-09-18 18:00 +08:00")),
                new BusinessSegment(At("2026-09-21 09:00 +08:00"), At("2026-09-21 10:30 +08:00")),
            ],
            calendar.Segments(start, 7 * 60));
        Assert.Empty(calendar.Segments(start, 0));
    }

    [Fact]
    public void Elapsed_is_zero_outside_hours_and_backwards()
    {
        var calendar = Weekdays("UTC", NineToFive);

        Assert.Equal(TimeSpan.Zero, calendar.Elapsed(At("2026-09-11 17:00Z"), At("2026-09-14 09:00Z")));
        Assert.Equal(TimeSpan.Zero, calendar.Elapsed(At("2026-09-14 12:00Z"), At("2026-09-14 10:00Z")));
        Assert.Equal(TimeSpan.FromSeconds(90), calendar.Elapsed(At("2026-09-14 10:00:00Z"), At("2026-09-14 10:01:30Z")));
    }

    [Theory]
    [Trait("Behaviour", "9")]
    [InlineData("2026-09-15 11:00 +02:00", "2026-09-15 10:00 +02:00")]
    [InlineData("2026-09-15 08:20 +02:00", "2026-09-14 17:20 +02:00")]
    [InlineData("2026-09-14 08:20 +02:00", "2026-09-11 17:20 +02:00")]
    [InlineData("2026-09-15 09:00 +02:00", "2026-09-15 08:00 +02:00")]
    [InlineData("2026-09-13 12:00 +02:00", "2026-09-11 17:00 +02:00")]
    public void Warning_comes_one_business_hour_before(string deadline, string warning) =>
        Assert.Equal(At(warning), Weekdays("Europe/Paris", BusinessHours.Between(8, 18)).Warning(At(deadline), 60));
}
