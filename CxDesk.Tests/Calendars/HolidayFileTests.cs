using CxDesk.Data.Calendars;

namespace CxDesk.Tests.Calendars;

public sealed class HolidayFileTests
{
    private static HolidayFile Ics(params string[] lines) =>
        HolidayFile.Read(string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", .. lines, "END:VEVENT", "END:VCALENDAR", ""]), 2026, 2027);

    private static string Said(HolidayFile file) => string.Join("; ", file.Days.Select(day => $"{day.Date:yyyy-MM-dd} {day.Kind} {day.Name}{string.Concat(day.Hours.Select(h => $" {h.From:HH:mm}-{h.To:HH:mm}"))}"));

    private static string Faults(HolidayFile file) => string.Join("; ", file.Faults.Select(fault => $"{fault.Line} {fault.Field} {fault.Fault} {fault.Written}".Trim()));

    [Fact]
    public void Csv_takes_spans_kinds_hours_and_comments()
    {
        var file = HolidayFile.Read("""
            # by hand
            name,date,to,kind,hours
            "Eve, short",2026-12-24,,short,09:00-12:00
            Christmas,2026-12-25,2026-12-26,,
            国庆调休,2026/10/10,,班,
            Long ago,2019-01-01
            """, 2026, 2027);
        Assert.Equal("2026-10-10 WorkingDay 国庆调休; 2026-12-24 ShortDay Eve, short 09:00-12:00; 2026-12-25 Holiday Christmas; 2026-12-26 Holiday Christmas", Said(file));
        Assert.Equal(1, file.Outside);
    }

    [Fact]
    public void Csv_faults_name_line_and_field_and_nothing_is_taken()
    {
        var file = HolidayFile.Read("""
            date,to,kind,name,hours
            2026-13-01,,,A,
            2026-01-02,2026-01-01,,B,
            2026-01-03,,party,C,
            2026-01-04,,,,
            2026-01-05,,short,E,
            2026-01-06,,short,F,9 to 5
            2026-01-07,,holiday,G,09:00-10:00
            2026-01-08,,,H,
            """, 2026, 2027);
        Assert.Empty(file.Days);
        Assert.Equal("2 date Date 2026-13-01; 3 to Span 2026-01-01; 4 kind Kind party; 5 name Name; 6 hours NoHours; 7 hours Hours 9 to 5; 8 hours HolidayHours 09:00-10:00", Faults(file));
        Assert.Equal("1 name NoColumn", Faults(HolidayFile.Read("date\n2026-01-01", 2026, 2027)));
        Assert.Equal("1 date NoHeader", Faults(HolidayFile.Read("", 2026, 2027)));
        Assert.Equal("1 date NoDays", Faults(HolidayFile.Read("date,name\n", 2026, 2027)));
        Assert.Equal("3 date Contradicts 2026-01-01", Faults(HolidayFile.Read("date,name,kind\n2026-01-01,A,holiday\n2026-01-01,B,working", 2026, 2027)));
    }

    [Fact]
    public void Ics_dates_are_whole_days_and_their_end_is_exclusive()
    {
        Assert.Equal("2026-10-01 Holiday National Day", Said(Ics("DTSTART;VALUE=DATE:20261001", "SUMMARY:National Day")));
        Assert.Equal("2026-10-01 Holiday A; 2026-10-02 Holiday A", Said(Ics("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261003", "SUMMARY:A")));
        Assert.Equal("2026-10-01 Holiday A; 2026-10-02 Holiday A", Said(Ics("DTSTART;VALUE=DATE:20261001", "DURATION:P2D", "SUMMARY:A")));
        Assert.Equal("2026-10-01 Holiday A", Said(Ics("DTSTART;TZID=\"Europe/Berlin:x\":20261001T000000", "DTEND:20261002T000000", "SUMMARY:A")));
    }

    [Fact]
    public void What_lies_at_the_end_of_time_or_beyond_is_outside_and_breaks_nothing()
    {
        Assert.Equal(1, HolidayFile.Read("date,name\n9999-12-31,A", 2026, 2027).Outside);
        Assert.Equal(1, Ics("DTSTART;VALUE=DATE:99991231", "DURATION:P2D", "SUMMARY:A").Outside);
        Assert.Equal("2026-10-03 Holiday A", Said(Ics("DTSTART;VALUE=DATE:20261003", "RRULE:FREQ=YEARLY;INTERVAL=2147483647", "SUMMARY:A")));
    }

    [Fact]
    public void Ics_lines_are_unfolded_and_text_is_unescaped()
    {
        Assert.Equal("2026-10-01 Holiday Day of unity, and more; so", Said(Ics("DTSTART;VALUE=DATE:2026", " 1001", @"SUMMARY;LANGUAGE=en:Day of un", "\tity\\, and", "  more\\; so")));
        Assert.Equal("2026-10-01 Holiday 国庆节", Said(Ics("DTSTART;VALUE=DATE:20261001", "SUMMARY:国庆", " 节", "BEGIN:VALARM", "SUMMARY:Alarm", "DTSTART:nonsense", "END:VALARM")));
    }

    [Theory]
    [InlineData("RRULE:FREQ=YEARLY", "2026-10-03 Holiday A; 2027-10-03 Holiday A")]
    [InlineData("RRULE:FREQ=YEARLY;UNTIL=20261231", "2026-10-03 Holiday A")]
    [InlineData("RRULE:FREQ=YEARLY;INTERVAL=18;COUNT=3", "2026-10-03 Holiday A")]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=36", "")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=3;WKST=MO", "2026-10-03 Holiday A; 2027-10-03 Holiday A")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26 Holiday A; 2027-11-25 Holiday A")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2026-05-25 Holiday A; 2027-05-31 Holiday A")]
    public void Ics_yearly_rules_are_expanded_over_the_years_asked(string rule, string days)
    {
        var file = Ics("DTSTART;VALUE=DATE:19901003", rule, "SUMMARY:A");
        Assert.Equal(days, Said(file));
    }

    [Fact]
    public void Ics_exceptions_are_left_out_and_cancelled_events_too()
    {
        Assert.Equal("2027-10-03 Holiday A", Said(Ics("DTSTART;VALUE=DATE:19901003", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20261003", "SUMMARY:A")));
        Assert.Equal("1 date NoDays", Faults(Ics("DTSTART;VALUE=DATE:20261003", "STATUS:CANCELLED", "SUMMARY:A")));
    }

    [Fact]
    public void Ics_make_up_days_are_known_by_their_mark_or_their_name()
    {
        Assert.Equal("2026-10-10 WorkingDay 国庆节（班）", Said(Ics("DTSTART;VALUE=DATE:20261010", "SUMMARY:国庆节（班）")));
        Assert.Equal("2026-10-10 WorkingDay X", Said(Ics("DTSTART;VALUE=DATE:20261010", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY", "SUMMARY:X")));
    }

    [Theory]
    [InlineData("RRULE:FREQ=MONTHLY", "5 RRULE Rule FREQ=MONTHLY")]
    [InlineData("RRULE:FREQ=YEARLY;BYDAY=20MO", "5 RRULE Rule FREQ=YEARLY;BYDAY=20MO")]
    [InlineData("RRULE:FREQ=YEARLY;BYEASTER=1", "5 RRULE Rule FREQ=YEARLY;BYEASTER=1")]
    [InlineData("RDATE;VALUE=DATE:20270101", "5 RDATE NotTaken 20270101")]
    [InlineData("DTEND;VALUE=DATE:20260101", "5 DTEND Span 20260101")]
    [InlineData("DURATION:PT8H", "5 DURATION Duration PT8H")]
    public void Ics_that_says_more_than_days_is_refused_with_line_and_property(string line, string fault) =>
        Assert.Equal(fault, Faults(Ics("DTSTART;VALUE=DATE:20261003", line, "SUMMARY:A")));

    [Fact]
    public void Ics_without_a_day_or_a_name_is_refused()
    {
        Assert.Equal("4 DTSTART Missing", Faults(Ics("SUMMARY:A")));
        Assert.Equal("4 SUMMARY Name", Faults(Ics("DTSTART;VALUE=DATE:20261003")));
        Assert.Equal("4 DTSTART Timed 20261003T090000Z", Faults(Ics("DTSTART:20261003T090000Z", "SUMMARY:A")));
    }
}
