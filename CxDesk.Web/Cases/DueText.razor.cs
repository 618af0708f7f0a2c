using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Radzen;

namespace CxDesk.Web.Cases;

/// <summary>
/// How a case stands to its deadline, in business time: left, over, paused, or what it came to. Counts by itself, and where
/// it knows its case a click shows how the deadline was counted.
/// </summary>
public partial class DueText
{
    private ElementReference _button;

    /// <summary>Null: only says it, and cannot be clicked.</summary>
    [Parameter] public long? CaseId { get; set; }

    [Parameter, EditorRequired] public required CaseStatus Status { get; set; }
    [Parameter, EditorRequired] public required DateTimeOffset DueAt { get; set; }
    [Parameter, EditorRequired] public required BusinessCalendar Calendar { get; set; }
    [Parameter] public DateTimeOffset? WaitingSince { get; set; }
    [Parameter] public bool? InTime { get; set; }

    [Inject] public required TimeWords Words { get; set; }
    [Inject] public required DialogService Dialogs { get; set; }
    [Inject] public required CaseWords CaseWords { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Calendar.Zone.Id);

    private TimeSpan Left => CaseClock.Left(Calendar, DueAt, WaitingSince, Clock.Now);

    // In the region's time, and in the reader's where that is another.
    private string Exact => Zone.GetUtcOffset(DueAt) == Clock.Zone.GetUtcOffset(DueAt)
        ? Words.Exact(DueAt, Zone)
        : $"{Words.Exact(DueAt, Zone)} · {Text["Deadline.ForYou", Words.Exact(DueAt, Clock.Zone)]}";

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

    private async Task Open()
    {
        if (CaseId is not { } caseId) return;
        var title = Text["Deadline.Title", CaseReference.Of(caseId)];
        await Dialogs.OpenAsync<DeadlineSheet>(title, new() { [nameof(DeadlineSheet.CaseId)] = caseId }, new DialogOptions
        {
            Width = "min(38rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = true, CloseDialogOnEsc = true, CloseAriaLabel = Text["Case.Close"],
        });
        try
        {
            await _button.FocusAsync(preventScroll: true);
        }
        catch (JSException)
        {
            // The case left the board while its deadline was looked at.
        }
    }
}
