using System.Globalization;
using System.Text;

namespace CxDesk.Data.Calendars;

/// <summary>
/// Whole days of an iCalendar file (RFC 5545): folded lines, DTSTART as a date, DTEND exclusive or DURATION in days, EXDATE,
/// and RRULE where it says "every so many years" on a date or on the nth weekday of a month. What says anything else about
/// days is refused, never guessed.
/// </summary>
/// <remarks>A day is one to work on where the calendar marks it so: X-APPLE-SPECIAL-DAY, or a summary that ends in 班.</remarks>
internal sealed class IcsHolidays(int fromYear, int toYear, List<HolidayFault> faults)
{
    private const int MostDaysOfAnEvent = 60;

    /// <summary>One content line, unfolded.</summary>
    private sealed record Property(int Line, string Name, string Value);

    public List<(int Line, CalendarDay Day)> Read(string text)
    {
        var days = new List<(int, CalendarDay)>();
        List<Property>? open = null;
        var inner = 0;
        foreach (var property in Properties(text))
        {
            switch (property.Name, property.Value.ToUpperInvariant())
            {
                case ("BEGIN", "VEVENT"): (open, inner) = ([], 0); break;
                case ("BEGIN", _): inner++; break;
                case ("END", "VEVENT") when open is not null:
                    days.AddRange(Event(open));
                    open = null;
                    break;
                case ("END", _): inner--; break;
                // An alarm inside an event has times of its own.
                default: if (inner <= 0) open?.Add(property); break;
            }
        }
        if (open is [var first, ..]) faults.Add(new HolidayFault(first.Line, "END", "NotClosed"));
        return days;
    }

    private IEnumerable<(int, CalendarDay)> Event(List<Property> properties)
    {
        Property? One(string name) => properties.FirstOrDefault(p => p.Name == name);
        if (One("STATUS")?.Value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) == true) return [];
        var before = faults.Count;
        if (One("DTSTART") is not { } start)
        {
            faults.Add(new HolidayFault(properties is [var p, ..] ? p.Line : 1, "DTSTART", "Missing"));
            return [];
        }
        foreach (var refused in (string[])["RDATE", "EXRULE", "RECURRENCE-ID"])
            if (One(refused) is { } property) faults.Add(new HolidayFault(property.Line, refused, "NotTaken", property.Value));
        var first = Date(start);
        var length = Length(first, One("DTEND"), One("DURATION"));
        var summary = Unescaped(One("SUMMARY")?.Value ?? "").Trim();
        if (summary.Length is 0 or > CalendarRules.NameLength) faults.Add(new HolidayFault((One("SUMMARY") ?? start).Line, "SUMMARY", summary.Length == 0 ? "Name" : "NameLong"));
        var without = properties.Where(p => p.Name == "EXDATE").SelectMany(p => p.Value.Split(',').Select(value => Date(p with { Value = value }))).ToHashSet();
        if (faults.Count > before || first is not { } date || length is not { } count) return [];
        var starts = One("RRULE") is { } rule ? Recurring(rule, date) : [date];
        if (faults.Count > before) return [];
        var kind = IsWorking(One("X-APPLE-SPECIAL-DAY")?.Value, summary) ? CalendarDayKind.WorkingDay : CalendarDayKind.Holiday;
        return from begins in starts
               where !without.Contains(begins)
               from offset in Enumerable.Range(0, Math.Min(count, DateOnly.MaxValue.DayNumber - begins.DayNumber + 1))
               select (start.Line, new CalendarDay { Date = begins.AddDays(offset), Kind = kind, Name = summary });
    }

    private static bool IsWorking(string? special, string summary) =>
        special?.Contains("WORKDAY", StringComparison.OrdinalIgnoreCase) ?? summary.TrimEnd('）', ')', '」', '】', ' ').EndsWith('班');

    private int? Length(DateOnly? first, Property? end, Property? duration)
    {
        if (end is not null && Date(end) is { } after && first is { } date)
        {
            // Some programs write the same day twice for one day.
            var days = Math.Max(1, after.DayNumber - date.DayNumber);
            if (after >= date && days <= MostDaysOfAnEvent) return days;
            faults.Add(new HolidayFault(end.Line, "DTEND", "Span", end.Value));
        }
        if (end is not null) return null;
        if (duration is null) return 1;
        var text = duration.Value.TrimStart('+');
        var unit = text is ['P', .., var last] ? last : ' ';
        if (unit is 'D' or 'W' && int.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number * (unit == 'W' ? 7 : 1) is > 0 and <= MostDaysOfAnEvent and var total) return total;
        faults.Add(new HolidayFault(duration.Line, "DURATION", "Duration", duration.Value));
        return null;
    }

    private DateOnly? Date(Property property)
    {
        var text = property.Value.Trim();
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        // From midnight to midnight is a whole day too, where it is said in local time.
        if (text.Length == 15 && text.EndsWith("T000000", StringComparison.Ordinal) && DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return day;
        faults.Add(new HolidayFault(property.Line, property.Name, text.Contains('T') ? "Timed" : "Date", text));
        return null;
    }

    private List<DateOnly> Recurring(Property rule, DateOnly first)
    {
        var parts = rule.Value.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToLookup(part => part[0].ToUpperInvariant(), part => part.Length > 1 ? part[1].ToUpperInvariant() : "");
        string? Part(string name) => parts[name].FirstOrDefault();
        int? Number(string name) => int.TryParse(Part(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        List<DateOnly> Refused()
        {
            faults.Add(new HolidayFault(rule.Line, "RRULE", "Rule", rule.Value));
            return [];
        }

        var known = (string[])["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"];
        if (Part("FREQ") != "YEARLY" || parts.Any(part => !known.Contains(part.Key) || part.Count() > 1)) return Refused();
        var interval = parts.Contains("INTERVAL") ? Number("INTERVAL") : 1;
        var month = parts.Contains("BYMONTH") ? Number("BYMONTH") : first.Month;
        var count = parts.Contains("COUNT") ? Number("COUNT") : int.MaxValue;
        var until = DateOnly.MaxValue;
        if (Part("UNTIL") is { } last && !DateOnly.TryParseExact(last.Length > 8 ? last[..8] : last, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out until)) return Refused();
        if (interval is not > 0 || month is not (>= 1 and <= 12) || count is not > 0) return Refused();
        Func<int, DateOnly?> inYear;
        if (Part("BYDAY") is { } byDay)
        {
            // Of the month that is named; without a month the nth weekday of the year is meant, which no holiday is.
            if (!parts.Contains("BYMONTH") || parts.Contains("BYMONTHDAY") || Weekday(byDay) is not { } nth) return Refused();
            inYear = year => Nth(year, month.Value, nth.Day, nth.Number);
        }
        else
        {
            var day = parts.Contains("BYMONTHDAY") ? Number("BYMONTHDAY") : first.Day;
            if (day is not (>= 1 and <= 31)) return Refused();
            inYear = year => day <= DateTime.DaysInMonth(year, month.Value) ? new DateOnly(year, month.Value, day.Value) : null;
        }

        var found = new List<DateOnly>();
        var number = 0;
        // An interval may lead further than an int counts.
        for (long year = first.Year; year <= toYear && number < count; year += interval.Value)
        {
            if (inYear((int)year) is not { } date || date < first) continue;
            if (date > until) break;
            number++;
            if (year >= fromYear) found.Add(date);
        }
        return found;
    }

    private static (DayOfWeek Day, int Number)? Weekday(string text)
    {
        var day = Array.IndexOf(["SU", "MO", "TU", "WE", "TH", "FR", "SA"], text.Length >= 2 ? text[^2..] : "");
        return day >= 0 && int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 5 or >= -5 and <= -1
            ? ((DayOfWeek)day, number)
            : null;
    }

    private static DateOnly? Nth(int year, int month, DayOfWeek day, int number)
    {
        var all = Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(d => new DateOnly(year, month, d)).Where(d => d.DayOfWeek == day).ToList();
        var index = number > 0 ? number - 1 : all.Count + number;
        return index >= 0 && index < all.Count ? all[index] : null;
    }

    // A line that begins with a space or a tab goes on the one before it.
    private static IEnumerable<Property> Properties(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var (number, line) = (i + 1, new StringBuilder(lines[i++]));
            for (; i < lines.Length && lines[i] is [' ' or '\t', ..]; i++) line.Append(lines[i], 1, lines[i].Length - 1);
            if (Parse(number, line.ToString()) is { } property) yield return property;
        }
    }

    private static Property? Parse(int number, string line)
    {
        // A colon inside a quoted parameter ends nothing.
        var quoted = false;
        var colon = -1;
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ':' && !quoted) colon = i;
        }
        if (colon <= 0) return null;
        // Of the parameters none changes what day is meant: VALUE and TZID show in the value.
        var name = line[..colon].Split(';')[0].Trim();
        return new Property(number, name.ToUpperInvariant(), line[(colon + 1)..]);
    }

    private static string Unescaped(string text) =>
        text.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
}
