using System.Threading.Channels;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// One board that several screens look at: read once, shown to all. It is read when woken, at most once a pace, and at
/// least once a beat; one read at a time, so that an older one cannot end after a newer one.
/// </summary>
internal sealed class FeedTopic<TBoard> where TBoard : class, IVersioned
{
    readonly Func<CancellationToken, Task<TBoard>> read;
    readonly SemaphoreSlim turns;
    readonly TimeProvider time;
    readonly FeedOptions options;
    readonly ILogger log;
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    readonly List<FeedSubscription<TBoard>> subscribers = [];
    readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    Reading<TBoard> latest = Reading<TBoard>.NotYet;
    Task running = Task.CompletedTask;

    /// <param name="turns">Limits how many boards are read at the same time: screens must leave intake its share of the machine.</param>
    public FeedTopic(Func<CancellationToken, Task<TBoard>> read, SemaphoreSlim turns, TimeProvider time, FeedOptions options, ILogger log)
    {
        (this.read, this.turns, this.time, this.options, this.log) = (read, turns, time, options, log);
    }

    public bool IsWatched { get { lock (gate) return subscribers.Count > 0; } }

    public void Start() => running = Task.Run(Run);

    public void Wake() => wake.Writer.TryWrite(true);

    public void Add(FeedSubscription<TBoard> subscriber)
    {
        lock (gate)
        {
            subscribers.Add(subscriber);
            if (latest.TriedAt is not null) subscriber.Offer(latest);
        }
    }

    public void Remove(FeedSubscription<TBoard> subscriber)
    {
        lock (gate) subscribers.Remove(subscriber);
    }

    /// <summary>Ends the reading. The task completes once a read that is under way has noticed.</summary>
    public Task End()
    {
        stop.Cancel();
        return running;
    }

    async Task Run()
    {
        await using var beat = time.CreateTimer(_ => Wake(), null, options.Beat, options.Beat);
        try
        {
            while (true)
            {
                var started = time.GetTimestamp();
                await ReadOnce();
                // A board that is slow to read is read less often, though never slower than people notice.
                var rest = TimeSpan.FromTicks(Math.Clamp(time.GetElapsedTime(started).Ticks * 2, options.Pace.Ticks, options.Pace.Ticks * 4));
                await Task.Delay(rest, time, stop.Token);
                await wake.Reader.ReadAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            stop.Dispose();
        }
    }

    async Task ReadOnce()
    {
        await turns.WaitAsync(stop.Token);
        try
        {
            using var patience = new CancellationTokenSource(options.Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop.Token);
            var board = await read(either.Token).WaitAsync(either.Token);
            var now = time.GetUtcNow();
            // A replica may lag behind what was shown already; the next beat catches up.
            Publish(board.Version >= (latest.Board?.Version ?? 0)
                ? new Reading<TBoard>(board, now, now, null, null)
                : latest with { TriedAt = now });
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            if (latest.FailingSince is null) log.LogError(e, "A board could not be read; what was read before stays on the screens.");
            Publish(latest with { TriedAt = now, FailingSince = latest.FailingSince ?? now, Error = e.Message });
        }
        finally
        {
            turns.Release();
        }
    }

    void Publish(Reading<TBoard> reading)
    {
        lock (gate)
        {
            latest = reading;
            foreach (var subscriber in subscribers) subscriber.Offer(reading);
        }
    }
}
