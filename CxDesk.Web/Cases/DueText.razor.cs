using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>How a case stands to its deadline, in business time: left, over, paused, or what it came to. Counts by itself.</summary>
public partial class DueText
{
    [Parameter, EditorRequired] public required CaseStatus Status { get; set; }
    [Parameter, EditorRequired] public required DateTimeOffset DueAt { get; set; }
    [Parameter, EditorRequired] public required BusinessCalendar Calendar { get; set; }
    [Parameter] public DateTimeOffset? WaitingSince { get; set; }
    [Parameter] public bool? InTime { get; set; }

    [Inject] public required TimeWords Words { get; set; }
    [Inject] public required CaseWords CaseWords { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Calendar.Zone.Id);

    private TimeSpan Left => CaseClock.Left(Calendar, DueAt, WaitingSince, Clock.Now);

    private string Standing =>
        !Status.IsOpen() ? InTime == false ? "late" : "done"
        : !Status.IsTimed() ? "paused"
        : DueAt < Clock.Now ? "over"
        : Left < TimeSpan.FromHours(1) ? "soon"
        : "left";

    protected override string Face => Standing switch
    {
        "late" => Text["Due.Late"],
        "done" => Text["Due.InTime"],
        "paused" => Text["Due.Paused", CaseWords.Business(Left)],
        "over" => Text["Due.Over", CaseWords.Business(Left)],
        _ => Text["Due.Left", CaseWords.Business(Left)],
    };
}
