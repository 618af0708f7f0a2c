using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Calendars;

/// <summary>A year of a calendar, of which a day can be chosen.</summary>
public partial class YearView
{
    private HashSet<DayOfWeek> _working = [];

    [Parameter, EditorRequired] public required int Year { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<WeekdayHours> Hours { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyDictionary<DateOnly, CalendarDay> Days { get; set; }
    [Parameter, EditorRequired] public required DateOnly Today { get; set; }
    [Parameter] public DateOnly? Chosen { get; set; }
    [Parameter] public EventCallback<DateOnly> OnChoose { get; set; }

    [Inject] public required IStringLocalizer<CalendarsText> Text { get; set; }
    [Inject] public required CalendarWords Words { get; set; }

    // One day of the year is reached by Tab; from there arrows lead on.
    private DateOnly TabStop => Chosen is { } chosen && chosen.Year == Year ? chosen : Today.Year == Year ? Today : new DateOnly(Year, 1, 1);

    protected override void OnParametersSet() => _working = [.. Hours.Select(entry => entry.Day)];

    private static string Code(CalendarDayKind kind) => CaseEventLog.Stored(kind);

    private string FaceOf(DateOnly date) =>
        Days.TryGetValue(date, out var day) ? Code(day.Kind) : _working.Contains(date.DayOfWeek) ? "work" : "off";

    private string Said(DateOnly date, string face)
    {
        var what = Days.TryGetValue(date, out var day) ? $"{Words.Kind(day.Kind)}: {day.Name}" : Text[$"Face.{face}"].Value;
        return date == Today ? $"{Words.Date(date)}, {Text["Face.today"]}, {what}" : $"{Words.Date(date)}, {what}";
    }

    // Days that follow one another and are the same are said once.
    private List<(CalendarDay Day, DateOnly Last)> Runs(int month)
    {
        var runs = new List<(CalendarDay Day, DateOnly Last)>();
        foreach (var day in Days.Values.Where(d => d.Date.Year == Year && d.Date.Month == month).OrderBy(d => d.Date))
        {
            if (runs is [.., var open] && open.Last.AddDays(1) == day.Date && (open.Day with { Date = day.Date }).Equals(day)) runs[^1] = (open.Day, day.Date);
            else runs.Add((day, day.Date));
        }
        return runs;
    }
}
