using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>One case on paper: its story, its clock and its timeline in one column, and who printed it when. The times are the reader's own.</summary>
public partial class CasePrint
{
    private CaseFile? _file;
    private string _printedBy = "";

    [Parameter] public string Reference { get; set; } = "";

    [Inject] public required CaseQuery Cases { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Time { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Desk { get; set; }
    [Inject] public required CaseWords Words { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (await Current.Get() is not { } viewer || !CaseReference.TryParse(Reference, out var id)) return;
        (_file, _printedBy) = (await Cases.Read(viewer, id), viewer.Name);
    }

    // The clock counts in the zone of the case's region.
    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_file!.Calendar.Zone.Id);

    // The zone is said once, at the foot.
    private string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Clock.Zone).ToString(Desk["Print.AtFormat"], CultureInfo.CurrentCulture);

    private static string Rating(CaseRatingRow rating) => string.Create(CultureInfo.CurrentCulture, $"{rating.AttributeName} {rating.Value:0.#}/{rating.Maximum:0.#}");
}
