using System.Threading.Channels;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// Has one screen read again: when something it shows was changed, when it is told to, and on a slow beat; one read after
/// the other, with a pause between. A page begins it when it is first drawn: it reads in the language of whoever began
/// it, not of whoever wrote.
/// </summary>
public sealed class ScreenRefresh : IAsyncDisposable
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1), UsualBeat = TimeSpan.FromSeconds(4);

    private readonly ChangeSignal _signal;
    private readonly ChangeTopic[] _about;
    private readonly TimeProvider _time;
    private readonly TimeSpan _pause, _beat;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;

    /// <param name="read">Reads and draws; it keeps its own failures.</param>
    /// <param name="about">What the screen shows. Units stand for who may see what: losing access has to clear a screen within 5 s.</param>
    /// <param name="pause">The least time between two reads; a second unless said.</param>
    /// <param name="beat">The most time between two reads, changed or not; 4 seconds unless said, <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    public ScreenRefresh(ChangeSignal signal, TimeProvider time, Func<Task> read, ChangeTopic[] about, TimeSpan? pause = null, TimeSpan? beat = null)
    {
        (_signal, _time, _about, _pause, _beat) = (signal, time, about, pause ?? UsualPause, beat ?? UsualBeat);
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
                await Task.Delay(_pause, _time, _stop.Token);
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
        var beat = Task.Delay(_beat, _time, either.Token);
        var woken = _wake.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(beat, woken);
        await either.CancelAsync();
        _stop.Token.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }
}
