using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Shell;

/// <summary>
/// A component whose text changes as time goes by. It is drawn again on a tick only when <see cref="Face"/> changed,
/// so that two hundred countdowns on a page cost two hundred comparisons and no traffic.
/// </summary>
public abstract class TickingComponent : ComponentBase, IDisposable
{
    IDisposable? tick;
    string drawn = "";

    [Inject] public required ViewerClock Clock { get; set; }

    /// <summary>Everything on the component that depends on the time, as one text.</summary>
    protected abstract string Face { get; }

    protected override void OnAfterRender(bool firstRender)
    {
        drawn = Face;
        if (firstRender) tick = Clock.OnTick(() => InvokeAsync(Tick));
    }

    void Tick()
    {
        if (Face != drawn) StateHasChanged();
    }

    public void Dispose()
    {
        tick?.Dispose();
        GC.SuppressFinalize(this);
    }
}
