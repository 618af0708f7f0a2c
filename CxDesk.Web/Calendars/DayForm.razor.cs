using CxDesk.Data;
using CxDesk.Data.Calendars;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Calendars;

/// <summary>Makes a day a holiday, a short day, a make-up working day, or ordinary again.</summary>
public partial class DayForm
{
    private (DateOnly, CalendarDay?)? _shown;
    private CalendarDayKind? _kind;
    private string _name = "", _hours = "";
    private string? _wrong;

    [Parameter, EditorRequired] public required DateOnly Date { get; set; }

    /// <summary>What the day is in the draft; null: what its weekday is.</summary>
    [Parameter] public CalendarDay? Day { get; set; }

    /// <summary>The hours of its weekday.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<BusinessHours> WeekdayHours { get; set; }
    [Parameter] public InvalidField? Fault { get; set; }

    /// <summary>Null: ordinary again.</summary>
    [Parameter] public EventCallback<CalendarDay?> OnTake { get; set; }

    [Inject] public required IStringLocalizer<CalendarsText> Text { get; set; }
    [Inject] public required CalendarWords Words { get; set; }

    private string Ordinary => WeekdayHours.Count > 0 ? Words.Hours(WeekdayHours) : Text["Face.off"].Value;

    protected override void OnParametersSet()
    {
        if (_shown == (Date, Day)) return;
        _shown = (Date, Day);
        (_kind, _name, _wrong) = (Day?.Kind, Day?.Name ?? "", null);
        _hours = HoursText.Write(Day?.Hours ?? []);
    }

    private void Choose(CalendarDayKind? kind) => (_kind, _wrong) = (kind, null);

    private Task Take()
    {
        _wrong = null;
        if (_kind is not { } kind) return OnTake.InvokeAsync(null);
        var hours = kind == CalendarDayKind.Holiday ? [] : HoursText.Read(_hours);
        if (hours is null) _wrong = Text["Day.HoursWrong"];
        else if (_name.Trim().Length == 0) _wrong = Text["Fault.Name"];
        else if (kind == CalendarDayKind.ShortDay && hours.Count == 0) _wrong = Text["Fault.NoHours"];
        return _wrong is not null ? Task.CompletedTask : OnTake.InvokeAsync(new CalendarDay { Date = Date, Kind = kind, Name = _name.Trim(), Hours = hours! });
    }
}
