using System.Threading.Channels;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// One board that several screens look at: read once, shown to all. It is read when woken, at most once a pace, and at
/// least once a beat; one read at a time, so that an older one cannot end after a newer one.
/// </summary>
internal sealed class FeedTopic<TBoard> where TBoard : class, IVersioned
{
    private readonly Func<CancellationToken, Task<TBoard>> _read;
    private readonly Func<FeedTopic<TBoard>, bool> _goesOn;
    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _time;
    private readonly FeedOptions _options;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<IFeedPlace<TBoard>> _subscribers = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Reading<TBoard> _latest = Reading<TBoard>.NotYet;
    private Task _running = Task.CompletedTask;
    private volatile bool _isPressed;

    /// <param name="goesOn">Asked before each further read; false ends the topic.</param>
    /// <param name="turns">Limits how many boards are read at the same time: screens must leave intake its share of the machine.</param>
    public FeedTopic(
        Func<CancellationToken, Task<TBoard>> read, Func<FeedTopic<TBoard>, bool> goesOn, SemaphoreSlim turns,
        TimeProvider time, FeedOptions options, ILogger log)
    {
        (_read, _goesOn, _turns, _time, _options, _log) = (read, goesOn, turns, time, options, log);
    }

    public bool IsWatched { get { lock (_gate) return _subscribers.Count > 0; } }

    public void Start() => _running = Task.Run(Run);

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Something it shows changed.</summary>
    public void Wake(Change change)
    {
        _isPressed = change.OthersWait;
        Wake();
    }

    public void Add(IFeedPlace<TBoard> subscriber)
    {
        lock (_gate)
        {
            _subscribers.Add(subscriber);
            FeedMeter.Subscribers.Add(1);
            if (_latest.TriedAt is not null) subscriber.Offer(_latest);
        }
    }

    public void Remove(IFeedPlace<TBoard> subscriber)
    {
        lock (_gate)
            if (_subscribers.Remove(subscriber)) FeedMeter.Subscribers.Add(-1);
    }

    /// <summary>Ends the reading. The task completes once a read that is under way has noticed.</summary>
    public Task End()
    {
        _stop.Cancel();
        return _running;
    }

    private async Task Run()
    {
        FeedMeter.Topics.Add(1);
        await using var beat = _time.CreateTimer(_ => Wake(), null, _options.Beat, _options.Beat);
        try
        {
            do
            {
                var started = _time.GetTimestamp();
                var reading = await ReadOnce();
                var took = _time.GetElapsedTime(started);
                Publish(reading);
                // A board that is slow to read is read less often, though never slower than people notice; and one that is
                // drawn on many screens while answers queue to be stored leaves the machine to them.
                var least = _isPressed ? _options.Pace.Ticks * 4 : _options.Pace.Ticks;
                var rest = TimeSpan.FromTicks(Math.Clamp(took.Ticks * 2, least, _options.Pace.Ticks * 4));
                await Task.Delay(rest, _time, _stop.Token);
                await _wake.Reader.ReadAsync(_stop.Token);
            }
            while (_goesOn(this));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        finally
        {
            FeedMeter.Topics.Add(-1);
            _stop.Dispose();
        }
    }

    private async Task<Reading<TBoard>> ReadOnce()
    {
        await _turns.WaitAsync(_stop.Token);
        try
        {
            using var patience = new CancellationTokenSource(_options.Patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
            var board = await _read(either.Token).WaitAsync(either.Token);
            var now = _time.GetUtcNow();
            // A replica may lag behind what was shown already; the next beat catches up.
            return board.Version >= (_latest.Board?.Version ?? 0)
                ? new Reading<TBoard>(board, now, now, null, null)
                : _latest with { TriedAt = now };
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            var now = _time.GetUtcNow();
            if (_latest.FailingSince is null) _log.LogError(e, "A board could not be read; what was read before stays on the screens.");
            return _latest with { TriedAt = now, FailingSince = _latest.FailingSince ?? now, Error = e.Message };
        }
        finally
        {
            _turns.Release();
        }
    }

    private void Publish(Reading<TBoard> reading)
    {
        IFeedPlace<TBoard>[] subscribers;
        lock (_gate)
        {
            _latest = reading;
            subscribers = [.. _subscribers];
        }
        foreach (var subscriber in subscribers) subscriber.Offer(reading);
    }
}
