using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Shell;

/// <summary>
/// A page that reads when its address changes, and again when what it shows did. A read that fails leaves what was read
/// before, and says since when.
/// </summary>
public abstract class ReadPage : ComponentBase, IAsyncDisposable
{
    private ScreenRefresh? _refresh;
    private bool _isReading;

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required ILoggerFactory Loggers { get; set; }

    /// <summary>The last good read.</summary>
    protected DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The first failed read since.</summary>
    protected DateTimeOffset? FailedAt { get; private set; }

    /// <summary>What the page shows changes with these.</summary>
    protected virtual ChangeTopic[] Topics => [ChangeTopic.Units];

    /// <summary>The least time between two reads; what is usual unless said.</summary>
    protected virtual TimeSpan? Pause => null;

    /// <summary>The most time between two reads, changed or not.</summary>
    protected virtual TimeSpan Beat => TimeSpan.FromSeconds(55);

    /// <param name="viewer">Null where nobody is signed in any more: nothing may stay.</param>
    protected abstract Task Read(Viewer? viewer);

    protected override Task OnParametersSetAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), Topics, Pause, Beat);
    }

    protected async Task Load()
    {
        _isReading = true;
        try
        {
            await Read(await Current.Get());
            (ReadAt, FailedAt) = (Clock.Now, null);
        }
        catch (Exception e)
        {
            Loggers.CreateLogger(GetType()).LogError(e, "A page could not be read");
            FailedAt ??= Clock.Now;
        }
        finally
        {
            _isReading = false;
        }
    }

    private async Task Again()
    {
        // What is being read may be older than what woke this.
        if (_isReading)
        {
            _refresh?.Wake();
            return;
        }
        await Load();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
