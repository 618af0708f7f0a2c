using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>A case in four lines: how urgent, who, what is wrong in their words, where it lies.</summary>
public partial class CaseCard
{
    [Parameter, EditorRequired] public required CaseBoardRow Row { get; set; }

    /// <summary>Not needed for a row that is gone.</summary>
    [Parameter] public BusinessCalendar? Calendar { get; set; }
    [Parameter, EditorRequired] public required string Link { get; set; }
    [Parameter] public bool Chosen { get; set; }

    /// <summary>It only keeps its place: <see cref="CaseHold.Gone"/>.</summary>
    [Parameter] public bool Gone { get; set; }
    [Parameter] public bool Selected { get; set; }
    [Parameter] public EventCallback<long> OnSelect { get; set; }

    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Desk { get; set; }
    [Inject] public required CaseWords Words { get; set; }

    private string Customer => Row.CustomerName ?? Row.CustomerCode ?? Text["Case.Anonymous"];

    // Why it cannot be dropped where it cannot be dropped.
    private string? Why => Row.Lane() switch
    {
        CaseStatus.Waiting => Desk["Move.Not.Waiting"].Value,
        CaseStatus.Resolved => Desk["Move.Not.Resolved"].Value,
        _ => null,
    };
}
