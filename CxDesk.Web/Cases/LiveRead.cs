using System.Threading.Channels;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Cases;

/// <summary>
/// Has one screen read again: when something it shows was changed, when it is told to, and on a slow beat; at most once a
/// second, one read after the other, so that an older answer never comes last.
/// </summary>
public sealed class LiveRead : IAsyncDisposable
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1), Beat = TimeSpan.FromSeconds(4);

    private readonly ChangeSignal _signal;
    private readonly ChangeTopic[] _about;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;

    /// <param name="read">Reads and draws; it keeps its own failures.</param>
    public LiveRead(ChangeSignal signal, TimeProvider time, Func<Task> read, params ChangeTopic[] about)
    {
        (_signal, _time, _about) = (signal, time, about);
        _signal.Changed += OnChanged;
        _running = Run(read);
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        _signal.Changed -= OnChanged;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    // On the writer's thread: it only rings.
    private void OnChanged(Change change)
    {
        if (change.Topics.Any(_about.Contains)) Wake();
    }

    private async Task Run(Func<Task> read)
    {
        try
        {
            while (true)
            {
                await WokenOrBeat();
                await read();
                await Task.Delay(Pace, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (ObjectDisposedException)
        {
            // The page went away while it was being drawn.
        }
    }

    private async Task WokenOrBeat()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var beat = Task.Delay(Beat, _time, either.Token);
        var woken = _wake.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(beat, woken);
        await either.CancelAsync();
        _stop.Token.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }
}
