using System.Globalization;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>Draws the working of one deadline in the time of its calendar's zone.</summary>
public partial class DeadlineLines
{
    [Parameter, EditorRequired] public required DeadlineWorking Working { get; set; }
    [Parameter, EditorRequired] public required BusinessCalendar Calendar { get; set; }

    /// <summary>What the last line is called, which holds the sum.</summary>
    [Parameter, EditorRequired] public required string SumWords { get; set; }

    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Calendar.Zone.Id);

    private string Days(DateOnly first, DateOnly last) => first == last ? Day(first) : $"{Day(first)} – {Day(last)}";

    private string Day(DateOnly day) => day.ToString(Text["Clock.DayFormat"], CultureInfo.CurrentCulture);

    private string What(WorkingLine line) => line.Kind switch
    {
        WorkingKind.Counted => line.Special is { } special ? $"{Hours(line)} · {Text[$"Deadline.{special.Kind}", special.Name]}" : Hours(line),
        WorkingKind.Pause => $"{Hours(line)} · {Text["Deadline.Pause"]}",
        WorkingKind.Holiday => Text["Deadline.Holiday", line.Special!.Name],
        WorkingKind.DayOff => Text["Deadline.DayOff"],
        WorkingKind.ClockChange => Text["Deadline.ClockChange", Hour(line.From - TimeSpan.FromTicks(1), roundUp: true), Hour(line.From), Offset(line.OffsetBefore), Offset(line.OffsetAfter)],
    };

    private string Amount(WorkingLine line) => line.Kind switch
    {
        WorkingKind.Counted => Exactly(line.Length),
        WorkingKind.Pause => Text["Deadline.NotCounted", Exactly(line.Length)],
        WorkingKind.Holiday or WorkingKind.DayOff or WorkingKind.ClockChange => "",
    };

    // The end of a stretch that lasts to midnight is said as 24:00.
    private string Hours(WorkingLine line) => $"{Hour(line.From)}–{(Local(line.To) is { TimeOfDay.Ticks: 0 } && line.To > line.From ? "24:00" : Hour(line.To))}";

    private string Hour(DateTimeOffset at, bool roundUp = false)
    {
        var local = Local(at);
        if (roundUp) local = local.AddTicks(1);
        return local.ToString(local.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
    }

    // To the second, so that a reader who adds the lines up comes to the target.
    private string Exactly(TimeSpan span) => span.Seconds == 0 ? Words.Business(span) : Text["Deadline.Seconds", Words.Business(span), span.Seconds];

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    private static string Offset(TimeSpan offset) => $"{(offset < TimeSpan.Zero ? "−" : "+")}{offset:hh\\:mm}";
}
