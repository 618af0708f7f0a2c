using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Shell;

/// <summary>
/// A component whose text changes as time goes by. It is drawn again on a tick only when <see cref="Face"/> or the zone changed,
/// so that two hundred countdowns on a page cost two hundred comparisons and no traffic.
/// </summary>
public abstract class TickingComponent : ComponentBase, IDisposable
{
    private IDisposable? _tick;
    private string _drawn = "";

    [Inject] public required ViewerClock Clock { get; set; }

    /// <summary>Everything on the component that depends on the time, as one text.</summary>
    protected abstract string Face { get; }

    private string FaceInZone => Clock.Zone.Id + Face;

    protected override void OnAfterRender(bool firstRender)
    {
        _drawn = FaceInZone;
        if (firstRender) _tick = Clock.OnTick(() => InvokeAsync(Tick));
    }

    private void Tick()
    {
        if (FaceInZone != _drawn) StateHasChanged();
    }

    public void Dispose()
    {
        _tick?.Dispose();
        GC.SuppressFinalize(this);
    }
}
