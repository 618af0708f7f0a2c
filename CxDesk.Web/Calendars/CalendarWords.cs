using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Calendars;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Calendars;

/// <summary>What calendars call things, in the language of the moment.</summary>
public sealed class CalendarWords(IStringLocalizer<CalendarsText> text)
{
    public static readonly IReadOnlyList<DayOfWeek> Week = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];

    public string Weekday(DayOfWeek day) => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day);

    public string WeekdayShort(DayOfWeek day) => CultureInfo.CurrentCulture.DateTimeFormat.GetShortestDayName(day);

    public string Date(DateOnly date) => date.ToString(text["Format.Date"], CultureInfo.CurrentCulture);

    public string Kind(CalendarDayKind kind) => text[$"Kind.{kind}"];

    public string Hours(IEnumerable<BusinessHours> hours) => string.Join(text["Format.Comma"], hours.Select(Hours));

    /// <summary>"09:00–12:00"; of a whole day "00:00–24:00", of a night "22:00–06:00 the next day".</summary>
    public string Hours(BusinessHours hours)
    {
        if (hours == BusinessHours.WholeDay) return "00:00–24:00";
        var to = hours.To == TimeOnly.MinValue ? "24:00" : Time(hours.To);
        return hours.To <= hours.From && hours.To != TimeOnly.MinValue ? text["Hours.Night", Time(hours.From), to] : $"{Time(hours.From)}–{to}";
    }

    /// <summary>"9 to 11 Oct": days of one month that follow one another.</summary>
    public static string Span(DateOnly first, DateOnly last) =>
        first == last ? first.Day.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first.Day}–{last.Day}");

    public string Fault(InvalidField fault) => DateOnly.TryParse(fault.Field, CultureInfo.InvariantCulture, out var date)
        ? $"{Date(date)}: {text[$"Fault.{fault.Fault}"]}"
        : text[$"Fault.{fault.Fault}"];

    public string Fault(HolidayFault fault) => text["File.Fault", fault.Line, fault.Field, text[$"File.{fault.Fault}", fault.Written ?? ""]];

    public string Set(ShippedHolidays set) => text[$"Set.{set.Code}"];

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
