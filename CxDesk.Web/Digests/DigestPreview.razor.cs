using System.Globalization;
using CxDesk.Data.Digests;
using CxDesk.Web.Deliveries;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Digests;

/// <summary>The person's own digest as it would be mailed today.</summary>
public partial class DigestPreview
{
    private Letter? _letter;
    private DigestPeriod? _period;

    [CascadingParameter] public required HttpContext Context { get; set; }
    [SupplyParameterFromQuery(Name = "rhythm")] public string? Rhythm { get; set; }
    [Inject] public required Sessions Sessions { get; set; }
    [Inject] public required DigestChoices Choices { get; set; }
    [Inject] public required DigestQuery Query { get; set; }
    [Inject] public required DigestLetters Letters { get; set; }
    [Inject] public required IStringLocalizer<DigestsText> Text { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (await Context.User.FindPerson(Sessions) is not { Viewer: var viewer }) return;
        var rhythm = Enum.TryParse<DigestRhythm>(Rhythm, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : await Choices.Read(viewer, Context.RequestAborted);
        _period = await Query.Period(rhythm == DigestRhythm.Off ? DigestRhythm.Daily : rhythm, Context.RequestAborted);
        _letter = await Letters.Write(viewer, _period, CultureInfo.CurrentUICulture.Name, Context.RequestAborted);
    }
}
