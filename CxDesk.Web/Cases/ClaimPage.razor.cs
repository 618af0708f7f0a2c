using CxDesk.Data.Cases;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>
/// Where a code on a wall leads: whoever scanned it, signed in, has the case and stands on its page, without a further
/// tap. The page takes it once it is alive in a browser, so that a program that only fetches the link takes nothing.
/// </summary>
public partial class ClaimPage
{
    private ClaimOutcome? _outcome;
    private DateTimeOffset? _failedSince;

    [Parameter] public string Code { get; set; } = "";

    [Inject] public required ClaimCodes Codes { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Text { get; set; }
    [Inject] public required ILogger<ClaimPage> Log { get; set; }

    private string State => _outcome?.GetType().Name.ToLowerInvariant() ?? (_failedSince is null ? "taking" : "failed");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await Take();
    }

    private async Task Take()
    {
        try
        {
            if (await Current.Get() is not { } viewer) return;
            _outcome = await Codes.Claim(viewer, Code);
            _failedSince = null;
            // In place of this page: going back leads to no code that is used up.
            if (_outcome is ClaimOutcome.Yours yours) Navigation.NavigateTo("/cases/" + CaseReference.Of(yours.CaseId), replace: true);
        }
        catch (Exception e) when (e is not (OperationCanceledException or NavigationException))
        {
            Log.LogError(e, "A case could not be taken by a code");
            _failedSince ??= Time.GetUtcNow();
        }
        StateHasChanged();
    }
}
