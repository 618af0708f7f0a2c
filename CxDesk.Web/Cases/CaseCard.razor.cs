using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>A case in four lines: how urgent, who, what is wrong in their words, where it lies.</summary>
public partial class CaseCard
{
    [Parameter, EditorRequired] public required CaseBoardRow Row { get; set; }
    [Parameter, EditorRequired] public required BusinessCalendar Calendar { get; set; }
    [Parameter, EditorRequired] public required string Link { get; set; }
    [Parameter] public bool Chosen { get; set; }

    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
}
