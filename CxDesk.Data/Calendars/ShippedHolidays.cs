using CxDesk.Data.Database;

namespace CxDesk.Data.Calendars;

/// <summary>A set of holidays that CxDesk brings along, as a file in this folder.</summary>
/// <param name="Code">The file's name: cn, us, gb-eng, de.</param>
/// <param name="Awaited">The years of which only a part is known yet; the file says which.</param>
public sealed record ShippedHolidays(string Code, params int[] Awaited)
{
    public static readonly IReadOnlyList<ShippedHolidays> All = [new("cn", 2027), new("us"), new("gb-eng"), new("de")];

    public static readonly IReadOnlyList<int> Years = [2026, 2027];

    private readonly Lazy<IReadOnlyList<CalendarDay>> _days = new(() => Read(Code));

    /// <summary>Of all years, by date.</summary>
    public IReadOnlyList<CalendarDay> Days => _days.Value;

    private static IReadOnlyList<CalendarDay> Read(string code)
    {
        var file = HolidayFile.Read(Embedded.Text($"holidays/{code}.csv"), Years[0], Years[^1]);
        return file.Faults.Count == 0 ? file.Days : throw new InvalidDataException($"holidays/{code}.csv: {file.Faults[0]}");
    }
}
