using CxDesk.Data.Feed;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Feed;

/// <summary>A page that shows a board as it moves. What it draws from is <see cref="Reading"/>; older never replaces newer.</summary>
public abstract class BoardFollower<TTopic, TBoard> : ComponentBase, IAsyncDisposable
    where TBoard : class, IVersioned
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(5);

    private CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;
    private (bool Any, TTopic? Topic) _followed;
    private bool _isLeft;

    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ILogger<BoardFollower<TTopic, TBoard>> Log { get; set; }

    protected Reading<TBoard> Reading { get; private set; } = Reading<TBoard>.NotYet;

    /// <summary>The board of the last good reading.</summary>
    protected TBoard? Board => Reading.Board;

    /// <summary>Whoever looked is signed out, or may not look any more: nothing of the board may stay.</summary>
    protected bool SignedOut { get; private set; }

    /// <summary>The readings of a board; they end when nobody may look any more.</summary>
    protected abstract IAsyncEnumerable<Reading<TBoard>> Readings(TTopic topic, CancellationToken cancel);

    /// <summary>Told before each draw of a newer reading.</summary>
    protected virtual void OnReading(Reading<TBoard> before) { }

    /// <summary>Goes over to another board, and waits a moment for its first reading; meanwhile the present one stays.</summary>
    protected async Task Follow(TTopic topic)
    {
        // Quick clicks ask for the next while this one is still left, or once the page is gone.
        if (_isLeft || _followed.Any && EqualityComparer<TTopic>.Default.Equals(topic, _followed.Topic)) return;
        _followed = (true, topic);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = Leave(_stop, _following);
        _stop = new CancellationTokenSource();
        var following = _following = Follow(topic, left, first, _stop.Token);
        if (!first.Task.IsCompleted) await Task.WhenAny(first.Task, following, Task.Delay(FirstWait, Time));
    }

    private async Task Follow(TTopic topic, Task left, TaskCompletionSource first, CancellationToken cancel)
    {
        await left;
        try
        {
            while (!await Show(topic, first, cancel)) await Task.Delay(NextTry, Time, cancel);
            await InvokeAsync(() => { SignedOut = true; Show(Reading<TBoard>.NotYet); });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
    }

    /// <returns>True when there is nothing more to follow; false when it failed and is worth another try.</returns>
    private async Task<bool> Show(TTopic topic, TaskCompletionSource first, CancellationToken cancel)
    {
        try
        {
            await foreach (var reading in Readings(topic, cancel))
            {
                await InvokeAsync(() => Show(reading));
                first.TrySetResult();
            }
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // Who asks could not be found out: what is on the screen was theirs to see and goes grey by itself.
            Log.LogError(e, "A board could not be followed.");
            var now = Time.GetUtcNow();
            await InvokeAsync(() => Show(Reading with { TriedAt = now, FailingSince = Reading.FailingSince ?? now, Error = e.Message }));
            return false;
        }
    }

    private void Show(Reading<TBoard> reading)
    {
        var before = Reading;
        Reading = reading;
        OnReading(before);
        StateHasChanged();
    }

    private static async Task Leave(CancellationTokenSource stop, Task following)
    {
        await stop.CancelAsync();
        await following;
        stop.Dispose();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (!_isLeft)
        {
            _isLeft = true;
            await Leave(_stop, _following);
        }
        GC.SuppressFinalize(this);
    }
}
