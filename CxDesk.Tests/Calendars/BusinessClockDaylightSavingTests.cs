using System.Globalization;
using CxDesk.Data.Calendars;

namespace CxDesk.Tests.Calendars;

[Trait("Behaviour", "3")]
public sealed class BusinessClockDaylightSavingTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static BusinessCalendar Daily(string zone, TimeOnly from, TimeOnly to) =>
        new(BusinessCalendar.ZoneOf(zone), Enum.GetValues<DayOfWeek>().Select(day => new WeekdayHours(day, new(from, to))));

    [Fact]
    public void Deadline_over_the_clock_change_uses_each_dates_own_offset() =>
        Assert.Equal(
            At("2026-03-30 11:00 +01:00"),
            BusinessCalendar.MondayToFriday("Europe/London", BusinessHours.Between(9, 17)).Deadline(At("2026-03-27 16:00 +00:00"), 180));

    [Theory]
    // New York: 2026-03-08 has no 02:00–03:00, 2026-11-01 has 01:00–02:00 twice.
    [InlineData("2026-03-07 22:00 -05:00", 4, "2026-03-08 03:00 -04:00")]
    [InlineData("2026-03-07 22:00 -05:00", 7, "2026-03-08 06:00 -04:00")]
    [InlineData("2026-03-07 22:00 -05:00", 8, "2026-03-08 23:00 -04:00")]
    [InlineData("2026-10-31 22:00 -04:00", 4, "2026-11-01 01:00 -05:00")]
    [InlineData("2026-10-31 22:00 -04:00", 9, "2026-11-01 06:00 -05:00")]
    [InlineData("2026-10-31 22:00 -04:00", 10, "2026-11-01 23:00 -05:00")]
    public void Minutes_of_a_night_shift_are_elapsed_minutes(string start, int hours, string due) =>
        Assert.Equal(At(due), Daily("America/New_York", new(22, 0), new(6, 0)).Deadline(At(start), hours * 60));

    [Fact]
    public void Opening_in_the_skipped_hour_moves_to_its_end()
    {
        var calendar = Daily("America/New_York", new(2, 30), new(5, 0));

        Assert.Equal(At("2026-03-08 04:00 -04:00"), calendar.Deadline(At("2026-03-08 00:00 -05:00"), 60));
        Assert.Equal(TimeSpan.FromHours(2), calendar.Elapsed(At("2026-03-08 00:00 -05:00"), At("2026-03-08 12:00 -04:00")));
    }

    [Fact]
    public void Opening_in_the_doubled_hour_is_the_earlier()
    {
        var calendar = Daily("America/New_York", new(1, 30), new(5, 0));

        Assert.Equal(At("2026-11-01 01:30 -05:00"), calendar.Deadline(At("2026-11-01 00:00 -04:00"), 60));
        Assert.Equal(TimeSpan.FromMinutes(270), calendar.Elapsed(At("2026-11-01 00:00 -04:00"), At("2026-11-01 12:00 -05:00")));
    }

    [Fact]
    public void Hours_wholly_inside_the_skipped_hour_do_not_happen() =>
        Assert.Equal(
            At("2026-03-09 02:20 -04:00"),
            Daily("America/New_York", new(2, 15), new(2, 45)).Deadline(At("2026-03-08 00:00 -05:00"), 5));

    [Fact]
    public void Day_that_a_zone_leaves_out_counts_nothing() =>
        // Samoa went from 29 to 31 December 2011.
        Assert.Equal(
            At("2011-12-31 10:00 +14:00"),
            Daily("Pacific/Apia", new(9, 0), new(17, 0)).Deadline(At("2011-12-29 16:00 -10:00"), 120));

    [Fact]
    public void Warning_steps_back_over_the_clock_change() =>
        Assert.Equal(
            At("2026-03-08 00:00 -05:00"),
            Daily("America/New_York", new(22, 0), new(6, 0)).Warning(At("2026-03-08 06:00 -04:00"), 300));

    [Theory]
    // Every quarter of an hour of the two days around each change, so that no offset is taken from the wrong side.
    [InlineData("America/New_York", "2026-03-07 12:00Z")]
    [InlineData("America/New_York", "2026-10-31 12:00Z")]
    [InlineData("Europe/London", "2026-03-28 12:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-04 00:00Z")]
    [InlineData("America/Havana", "2026-10-31 12:00Z")]
    // At one minute past midnight clocks went back into the day before.
    [InlineData("America/St_Johns", "2010-11-06 12:00Z")]
    public void Round_the_clock_counts_every_elapsed_minute(string zone, string around)
    {
        var calendar = Daily(zone, TimeOnly.MinValue, TimeOnly.MinValue);
        var first = At(around);
        for (var start = first; start < first.AddDays(2); start = start.AddMinutes(15))
        {
            Assert.Equal(start.AddHours(30), calendar.Deadline(start, 30 * 60));
            Assert.Equal(start.AddHours(-30), calendar.Warning(start, 30 * 60));
            Assert.Equal(TimeSpan.FromHours(30), calendar.Elapsed(start, start.AddHours(30)));
        }
    }
}
