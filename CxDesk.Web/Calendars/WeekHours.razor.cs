using CxDesk.Data;
using CxDesk.Data.Calendars;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Calendars;

/// <summary>Edits the week of a draft that has hours of its own.</summary>
public partial class WeekHours
{
    private static readonly IReadOnlyList<WeekdayHours> Standard = CalendarDocument.StandardHours;
    private static readonly IReadOnlyList<WeekdayHours> RoundTheClock = [.. CalendarWords.Week.Select(day => new WeekdayHours(day, BusinessHours.WholeDay))];

    [Parameter, EditorRequired] public required CalendarDraft Draft { get; set; }
    [Parameter] public InvalidField? Fault { get; set; }
    [Parameter] public EventCallback OnChange { get; set; }

    [Inject] public required IStringLocalizer<CalendarsText> Text { get; set; }
    [Inject] public required CalendarWords Words { get; set; }

    private string? Invalid(DayOfWeek day) => Fault?.Field == CalendarRules.Field(day) ? "true" : null;

    private string? Said(HoursLine line) => line.Read() switch
    {
        null => null,
        { } hours when hours == BusinessHours.WholeDay => Text["Week.WholeDay"].Value,
        { } hours when hours.To <= hours.From && hours.To != TimeOnly.MinValue => Text["Week.NextDay"].Value,
        _ => null,
    };

    private Task Type(ChangeEventArgs e, Action<string> set)
    {
        var typed = (e.Value as string ?? "").Trim();
        // Written as all the others are; what is no time stays as it was typed, and is told.
        set(typed is "24:00" or "2400" or "24" ? "24:00" : HoursText.Time(typed) is { } time ? HoursText.Write(time) : typed);
        return OnChange.InvokeAsync();
    }

    private Task Add(DayOfWeek day)
    {
        var last = Draft.Hours!.Where(line => line.Day == day).Select(line => line.Read()).OrderBy(hours => hours?.From).LastOrDefault();
        var from = last?.To.AddHours(1) ?? new TimeOnly(9, 0);
        Draft.Hours!.Add(HoursLine.Of(new WeekdayHours(day, new BusinessHours(from, last is null ? new TimeOnly(18, 0) : from.AddHours(4)))));
        return OnChange.InvokeAsync();
    }

    private Task Remove(HoursLine line)
    {
        Draft.Hours!.Remove(line);
        return OnChange.InvokeAsync();
    }

    private Task Preset(IReadOnlyList<WeekdayHours> week)
    {
        Draft.SetHours(week);
        return OnChange.InvokeAsync();
    }

    private Task LikeMonday()
    {
        var monday = Draft.ShownHours.Where(entry => entry.Day == DayOfWeek.Monday).Select(entry => entry.Hours).ToList();
        var weekend = Draft.ShownHours.Where(entry => entry.Day is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Draft.SetHours([.. from day in Enumerable.Range(1, 5) from hours in monday select new WeekdayHours((DayOfWeek)day, hours), .. weekend]);
        return OnChange.InvokeAsync();
    }
}
