using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Live;

/// <summary>A page that shows a live board as it moves. What it draws from is <see cref="Reading"/>; older never replaces newer.</summary>
public abstract class LiveFollower : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(5);

    private CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;
    private LiveFilter? _followed;

    [Inject] public required LiveFeed Feed { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ILogger<LiveFollower> Log { get; set; }

    protected Reading<LiveSnapshot> Reading { get; private set; } = Reading<LiveSnapshot>.NotYet;

    /// <summary>The board of the last good reading.</summary>
    protected LiveSnapshot? Board => Reading.Board;

    /// <summary>Whoever looked is signed out, or may not look any more: nothing of the board may stay.</summary>
    protected bool SignedOut { get; private set; }

    /// <summary>As whom the board is read: the person at the screen, or less.</summary>
    protected virtual ValueTask<Viewer?> Who() => Current.Get();

    /// <summary>Told before each draw of a newer reading.</summary>
    protected virtual void OnReading(Reading<LiveSnapshot> before) { }

    /// <summary>Goes over to another board, and waits a moment for its first reading; meanwhile the present one stays.</summary>
    protected async Task Follow(LiveFilter filter)
    {
        if (filter == _followed) return;
        _followed = filter;
        await Leave();
        _stop = new CancellationTokenSource();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _following = Follow(filter, first, _stop.Token);
        if (!first.Task.IsCompleted) await Task.WhenAny(first.Task, _following, Task.Delay(FirstWait, Time));
    }

    private async Task Follow(LiveFilter filter, TaskCompletionSource first, CancellationToken cancel)
    {
        try
        {
            while (!await Readings(filter, first, cancel)) await Task.Delay(NextTry, Time, cancel);
            await InvokeAsync(() => { SignedOut = true; Show(Reading<LiveSnapshot>.NotYet); });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
    }

    /// <returns>True when there is nothing more to follow; false when it failed and is worth another try.</returns>
    private async Task<bool> Readings(LiveFilter filter, TaskCompletionSource first, CancellationToken cancel)
    {
        try
        {
            await foreach (var reading in Feed.Follow(filter, Who, cancel))
            {
                await InvokeAsync(() => Show(reading));
                first.TrySetResult();
            }
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // Who asks could not be found out: what is on the screen was theirs to see and goes grey by itself.
            Log.LogError(e, "A live board could not be followed.");
            var now = Time.GetUtcNow();
            await InvokeAsync(() => Show(Reading with { TriedAt = now, FailingSince = Reading.FailingSince ?? now, Error = e.Message }));
            return false;
        }
    }

    private void Show(Reading<LiveSnapshot> reading)
    {
        var before = Reading;
        Reading = reading;
        OnReading(before);
        StateHasChanged();
    }

    private async Task Leave()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Leave();
        GC.SuppressFinalize(this);
    }
}
