using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CxDesk.Web.Shell;

/// <summary>
/// Says in the document that the page is interactive (a browser test waits for <c>[data-connected]</c>), and asks the
/// browser for its time zone once.
/// </summary>
public partial class ConnectedMark
{
    private bool _connected;

    [Inject] public required IJSRuntime Script { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            await Clock.UseZone(await Script.InvokeAsync<string?>("cxdesk.zone"));
        }
        catch (JSDisconnectedException)
        {
            return;
        }
        _connected = true;
        StateHasChanged();
    }
}
