namespace CxDesk.Data.Calendars;

/// <summary>What is wrong in a file of holidays, and where.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Field">A column of a CSV file, a property of an .ics file.</param>
/// <param name="Fault">A word that screens translate.</param>
/// <param name="Written">What stands there.</param>
public sealed record HolidayFault(int Line, string Field, string Fault, string? Written = null);

/// <summary>The days of a file of holidays: CSV (date, to, kind, name, hours) or iCalendar (RFC 5545). Pure.</summary>
public sealed record HolidayFile
{
    /// <summary>A file of more than this is not one of holidays.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostFaults = 50;

    /// <summary>By date, each once.</summary>
    public required IReadOnlyList<CalendarDay> Days { get; init; }

    /// <summary>With any fault nothing is taken from the file.</summary>
    public required IReadOnlyList<HolidayFault> Faults { get; init; }

    /// <summary>How many of the file's days lie outside the years that were asked for.</summary>
    public int Outside { get; init; }

    /// <param name="fromYear">Days before it are left out; what recurs begins to count here.</param>
    /// <param name="toYear">The last year that is taken.</param>
    public static HolidayFile Read(string text, int fromYear, int toYear)
    {
        var faults = new List<HolidayFault>();
        text = text.TrimStart('\uFEFF');
        var read = text.TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)
            ? new IcsHolidays(fromYear, toYear, faults).Read(text)
            : CsvHolidays.Read(text, faults);
        var days = new SortedDictionary<DateOnly, CalendarDay>();
        var outside = 0;
        foreach (var (line, day) in read)
        {
            if (day.Date.Year < fromYear || day.Date.Year > toYear) outside++;
            else if (!days.TryGetValue(day.Date, out var before)) days[day.Date] = day;
            else if (before.Kind != day.Kind || !before.Hours.SequenceEqual(day.Hours)) faults.Add(new HolidayFault(line, "date", "Contradicts", CalendarRules.Field(day.Date)));
            else if (before.Name != day.Name) days[day.Date] = before with { Name = Both(before.Name, day.Name) };
        }
        if (faults.Count == 0 && days.Count == 0 && outside == 0) faults.Add(new HolidayFault(1, "date", "NoDays"));
        return new HolidayFile { Days = faults.Count > 0 ? [] : [.. days.Values], Faults = [.. faults.OrderBy(fault => fault.Line).Take(MostFaults)], Outside = outside };
    }

    // Two festivals on one day: both names, as far as they fit.
    private static string Both(string first, string second) => $"{first} / {second}" is { Length: <= CalendarRules.NameLength } both ? both : first;
}
