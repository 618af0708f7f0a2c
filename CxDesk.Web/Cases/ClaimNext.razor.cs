using CxDesk.Data.Cases;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>Takes the most urgent case that nobody has and goes to it. Of two who press at once each gets another one.</summary>
public partial class ClaimNext
{
    private bool _running;
    private string? _said;

    /// <summary>Where a case is shown, by its reference; on a page of its own unless said.</summary>
    [Parameter] public Func<string, string> Link { get; set; } = reference => $"/cases/{reference}";

    [Inject] public required CaseClaimer Claimer { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required ILogger<ClaimNext> Log { get; set; }

    /// <summary>As if the button were pressed.</summary>
    public async Task Claim()
    {
        if (_running) return;
        (_running, _said) = (true, null);
        try
        {
            if (await Current.Get() is not { } viewer) return;
            if (await Claimer.Next(viewer) is { } id) Navigation.NavigateTo(Link(CaseReference.Of(id)));
            else _said = Text["Next.None"];
        }
        catch (Exception e) when (e is not (OperationCanceledException or NavigationException))
        {
            Log.LogError(e, "The next case could not be claimed");
            _said = Text["Next.Failed"];
        }
        finally
        {
            _running = false;
        }
    }
}
