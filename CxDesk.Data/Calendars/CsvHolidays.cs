using System.Globalization;
using CxDesk.Data.Ingest;

namespace CxDesk.Data.Calendars;

/// <summary>
/// Holidays as CSV. Columns by name, in any order: date; to (the last day, where there are several); kind (holiday, short,
/// working; left out: holiday); name; hours ("09:00-12:00 13:00-18:00"). Lines that begin with # say something to people.
/// </summary>
internal static class CsvHolidays
{
    private const int MostDaysOfARow = 60;

    private static readonly IReadOnlyDictionary<string, CalendarDayKind> Kinds = new Dictionary<string, CalendarDayKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["holiday"] = CalendarDayKind.Holiday, ["short"] = CalendarDayKind.ShortDay, ["working"] = CalendarDayKind.WorkingDay,
        ["休"] = CalendarDayKind.Holiday, ["短"] = CalendarDayKind.ShortDay, ["班"] = CalendarDayKind.WorkingDay,
    };

    public static List<(int Line, CalendarDay Day)> Read(string text, List<HolidayFault> faults)
    {
        var days = new List<(int, CalendarDay)>();
        // Comments become empty lines, so that the numbers of lines stay.
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.StartsWith('#') ? "" : line);
        CsvRows rows;
        try
        {
            rows = new CsvRows(new StringReader(string.Join('\n', lines)), mayEndEarly: true);
        }
        catch (ImportFault)
        {
            faults.Add(new HolidayFault(1, "date", "NoHeader"));
            return days;
        }
        var columns = rows.Columns.Select((name, index) => (Name: name.ToLowerInvariant(), index)).ToLookup(c => c.Name, c => c.index);
        foreach (var needed in (string[])["date", "name"])
            if (!columns.Contains(needed)) faults.Add(new HolidayFault(1, needed, "NoColumn"));
        if (faults.Count > 0) return days;

        foreach (var row in rows.All())
        {
            string Cell(string name) => columns.Contains(name) ? row.Cells[columns[name].First()].Trim() : "";
            if (row.Fault is not null)
            {
                faults.Add(new HolidayFault(row.Line, "date", "BadRow"));
                continue;
            }
            var before = faults.Count;
            var date = Date("date", Cell("date"));
            var to = Cell("to").Length == 0 ? date : Date("to", Cell("to"));
            if (date is not null && to is not null && (to < date || to.Value.DayNumber - date.Value.DayNumber >= MostDaysOfARow)) Fault("to", "Span", Cell("to"));
            var kind = CalendarDayKind.Holiday;
            if (Cell("kind").Length > 0 && !Kinds.TryGetValue(Cell("kind"), out kind)) Fault("kind", "Kind", Cell("kind"));
            if (Cell("name") is not { Length: > 0 and <= CalendarRules.NameLength }) Fault("name", Cell("name").Length == 0 ? "Name" : "NameLong");
            var hours = HoursText.Read(Cell("hours"));
            if (hours is null) Fault("hours", "Hours", Cell("hours"));
            else if (kind == CalendarDayKind.ShortDay && hours.Count == 0) Fault("hours", "NoHours");
            else if (kind == CalendarDayKind.Holiday && hours.Count > 0) Fault("hours", "HolidayHours", Cell("hours"));
            if (faults.Count > before) continue;
            for (var day = date!.Value.DayNumber; day <= to!.Value.DayNumber; day++)
                days.Add((row.Line, new CalendarDay { Date = DateOnly.FromDayNumber(day), Kind = kind, Name = Cell("name"), Hours = hours! }));

            void Fault(string field, string fault, string? written = null) => faults.Add(new HolidayFault(row.Line, field, fault, written));

            DateOnly? Date(string field, string written)
            {
                if (DateOnly.TryParseExact(written, ["yyyy-MM-dd", "yyyy/M/d", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
                Fault(field, "Date", written);
                return null;
            }
        }
        return days;
    }
}
