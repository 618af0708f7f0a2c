using NodaTime;

namespace CxDesk.Data.Calendars;

/// <summary>What a calendar must be so that it can be stored. Pure.</summary>
public static class CalendarRules
{
    public const int NameLength = 100, MostDays = 2000;

    /// <summary>What is shorter was mistyped.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);

    /// <exception cref="InvalidField">timeZone.</exception>
    public static string? Zone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Trim())?.Id
            ?? throw new InvalidField("timeZone", "NoZone", $"timeZone: {name.Trim()} is not an IANA time zone such as Europe/Paris.");
    }

    /// <exception cref="InvalidField">hours, a weekday, days, a date.</exception>
    public static void Check(SaveCalendar save)
    {
        if (save.Hours is { } hours)
        {
            if (hours.Count == 0) throw new InvalidField("hours", "EmptyWeek", "hours: the week has no working hours, so no deadline would ever be reached.");
            foreach (var day in hours.GroupBy(entry => entry.Day)) Check(Field(day.Key), [.. day.Select(entry => entry.Hours)]);
        }
        if (save.Days is not { } days) return;
        if (days.Count > MostDays) throw new InvalidField("days", "TooMany", $"days: more than {MostDays}.");
        foreach (var date in days.GroupBy(day => day.Date))
        {
            if (date.Count() > 1) throw new InvalidField(Field(date.Key), "TwoDays", $"{Field(date.Key)}: stands twice.");
            Check(date.Single());
        }
    }

    /// <summary>The field of a fault that concerns a weekday.</summary>
    public static string Field(DayOfWeek day) => day.ToString().ToLowerInvariant();

    /// <summary>The field of a fault that concerns a date.</summary>
    public static string Field(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>From Monday on, and by the time of day: one way to write one week.</summary>
    public static IReadOnlyList<WeekdayHours> InOrder(IEnumerable<WeekdayHours> hours) =>
        [.. hours.OrderBy(entry => ((int)entry.Day + 6) % 7).ThenBy(entry => entry.Hours.From)];

    public static IReadOnlyList<CalendarDay> InOrder(IEnumerable<CalendarDay> days) =>
        [.. days.OrderBy(day => day.Date).Select(day => day with { Name = day.Name.Trim(), Hours = day.Kind == CalendarDayKind.Holiday ? [] : [.. day.Hours.OrderBy(h => h.From)] })];

    private static void Check(CalendarDay day)
    {
        var field = Field(day.Date);
        if (day.Date.Year is < 2000 or > 2100) throw new InvalidField(field, "Year", $"{field}: lies outside 2000 to 2100.");
        if (string.IsNullOrWhiteSpace(day.Name)) throw new InvalidField(field, "Name", $"{field}: has no name.");
        if (day.Name.Trim().Length > NameLength) throw new InvalidField(field, "NameLong", $"{field}: the name is longer than {NameLength} characters.");
        if (day.Kind == CalendarDayKind.ShortDay && day.Hours.Count == 0) throw new InvalidField(field, "NoHours", $"{field}: a short day needs hours; without any it is a holiday.");
        Check(field, day.Hours);
    }

    // Hours that meet are one stretch; those that overlap were mistyped. What runs into the next day's counts once, and is fine.
    private static void Check(string field, IReadOnlyList<BusinessHours> hours)
    {
        LocalSpan? before = null;
        foreach (var span in hours.OrderBy(h => h.From).Select(h => (Hours: h, Span: LocalSpan.Of(h))))
        {
            if (span.Hours.From == span.Hours.To && span.Hours != BusinessHours.WholeDay)
                throw new InvalidField(field, "NoLength", $"{field}: begins and ends at {span.Hours.From:HH:mm}; round the clock is 00:00 to 00:00.");
            if (span.Span.To - span.Span.From < Shortest.Ticks) throw new InvalidField(field, "Short", $"{field}: hours of less than {Shortest.TotalMinutes} minutes.");
            if (before is { } last && span.Span.From < last.To) throw new InvalidField(field, "Overlap", $"{field}: hours overlap.");
            before = span.Span;
        }
    }
}
