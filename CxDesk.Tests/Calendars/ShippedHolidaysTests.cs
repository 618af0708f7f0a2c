using System.Globalization;
using CxDesk.Data.Calendars;

namespace CxDesk.Tests.Calendars;

/// <summary>The shipped days are held against what they follow from: laws, Easter, the moon.</summary>
public sealed class ShippedHolidaysTests
{
    private static IEnumerable<DateOnly> Days(string code, int year, CalendarDayKind kind = CalendarDayKind.Holiday) =>
        ShippedHolidays.All.Single(set => set.Code == code).Days.Where(day => day.Date.Year == year && day.Kind == kind).Select(day => day.Date);

    [Fact]
    public void Every_set_has_days_with_names_in_both_years()
    {
        Assert.All(ShippedHolidays.All, set => Assert.All(ShippedHolidays.Years, year => Assert.NotEmpty(Days(set.Code, year))));
        Assert.All(ShippedHolidays.All.SelectMany(set => set.Days), day => Assert.NotEqual("", day.Name));
    }

    [Theory, InlineData(2026), InlineData(2027)]
    public void United_States_federal_holidays_are_those_of_the_law(int year)
    {
        DateOnly[] named =
        [
            new(year, 1, 1), Nth(year, 1, DayOfWeek.Monday, 3), Nth(year, 2, DayOfWeek.Monday, 3), Last(year, 5, DayOfWeek.Monday), new(year, 6, 19), new(year, 7, 4),
            Nth(year, 9, DayOfWeek.Monday, 1), Nth(year, 10, DayOfWeek.Monday, 2), new(year, 11, 11), Nth(year, 11, DayOfWeek.Thursday, 4), new(year, 12, 25), new(year + 1, 1, 1),
        ];
        var observed = named.Select(day => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(1), _ => day });
        Assert.Equal(observed.Where(day => day.Year == year).Order(), Days("us", year));
    }

    [Theory, InlineData(2026), InlineData(2027)]
    public void English_bank_holidays_are_those_of_the_law(int year)
    {
        var easter = Easter(year);
        var (christmas, boxing) = (new DateOnly(year, 12, 25), new DateOnly(year, 12, 26));
        var substitutes = christmas.DayOfWeek switch
        {
            DayOfWeek.Friday => (christmas, christmas.AddDays(3)),
            DayOfWeek.Saturday => (christmas.AddDays(2), christmas.AddDays(3)),
            DayOfWeek.Sunday => (christmas.AddDays(2), boxing),
            _ => (christmas, boxing),
        };
        Assert.Equal(
            [
                new(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), Nth(year, 5, DayOfWeek.Monday, 1), Last(year, 5, DayOfWeek.Monday), Last(year, 8, DayOfWeek.Monday),
                substitutes.Item1, substitutes.Item2,
            ],
            Days("gb-eng", year));
    }

    [Theory, InlineData(2026), InlineData(2027)]
    public void German_holidays_are_those_of_every_state(int year)
    {
        var easter = Easter(year);
        Assert.Equal(
            [
                new(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), new(year, 5, 1), easter.AddDays(39), easter.AddDays(50), new(year, 10, 3), new(year, 12, 25), new(year, 12, 26),
            ],
            Days("de", year));
    }

    [Fact]
    public void Chinese_days_of_2026_hold_the_festivals_and_make_up_what_the_notice_moves()
    {
        var holidays = Days("cn", 2026).ToList();
        Assert.All(Festivals(2026), festival => Assert.Contains(festival, holidays));
        Assert.Equal(3 + 9 + 3 + 5 + 3 + 3 + 7, holidays.Count);
        var working = Days("cn", 2026, CalendarDayKind.WorkingDay).ToList();
        DateOnly[] expected = [new(2026, 1, 4), new(2026, 2, 14), new(2026, 2, 28), new(2026, 5, 9), new(2026, 9, 20), new(2026, 10, 10)];
        Assert.Equal(expected, working);
        Assert.All(working, day => Assert.True(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        Assert.Empty(holidays.Intersect(working));
    }

    [Fact]
    public void Chinese_days_of_2027_are_the_statutory_ones_and_say_that_more_is_to_come()
    {
        Assert.Equal(Festivals(2027), Days("cn", 2027));
        Assert.Empty(Days("cn", 2027, CalendarDayKind.WorkingDay));
        Assert.Contains(2027, ShippedHolidays.All.Single(set => set.Code == "cn").Awaited);
    }

    // The thirteen statutory days: by the sun 1 January, Qingming, 1 and 2 May, 1 to 3 October; the rest by the moon.
    private static List<DateOnly> Festivals(int year)
    {
        var newYear = Lunar(year, 1, 1);
        // Qingming falls on 5 April in both years (the sun at 15°).
        return
        [
            .. ((DateOnly[])
            [
                new(year, 1, 1), newYear.AddDays(-1), newYear, newYear.AddDays(1), newYear.AddDays(2), new(year, 4, 5), new(year, 5, 1), new(year, 5, 2),
                Lunar(year, 5, 5), Lunar(year, 8, 15), new(year, 10, 1), new(year, 10, 2), new(year, 10, 3),
            ]).Order(),
        ];
    }

    private static DateOnly Lunar(int year, int month, int day)
    {
        var calendar = new ChineseLunisolarCalendar();
        var leap = calendar.GetLeapMonth(year);
        return DateOnly.FromDateTime(calendar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
    }

    /// <summary>Gauss's rule as corrected by Butcher.</summary>
    private static DateOnly Easter(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    private static IEnumerable<DateOnly> Of(int year, int month, DayOfWeek day) =>
        Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(d => new DateOnly(year, month, d)).Where(d => d.DayOfWeek == day);

    private static DateOnly Nth(int year, int month, DayOfWeek day, int number) => Of(year, month, day).ElementAt(number - 1);

    private static DateOnly Last(int year, int month, DayOfWeek day) => Of(year, month, day).Last();
}
