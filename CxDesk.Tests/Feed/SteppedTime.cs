using System.Diagnostics;

namespace CxDesk.Tests.Feed;

/// <summary>A clock with timers, all of which stand still until a test steps it: what falls due fires, in order.</summary>
public sealed class SteppedTime : TimeProvider
{
    readonly Lock gate = new();
    readonly List<SteppedTimer> timers = [];
    DateTimeOffset now = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() { lock (gate) return now; }
    public override long GetTimestamp() => GetUtcNow().UtcTicks;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Step(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer) timer.Fire();
        lock (gate) now = end;
    }

    /// <summary>Steps until it is so; what the steps set off runs on other threads, so it is given real time as well.</summary>
    public async Task StepUntil(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
            Step(TimeSpan.FromMilliseconds(100));
            await Settled();
        }
    }

    /// <summary>Lets what runs on the pool run on, until most likely all of it waits for the clock again.</summary>
    public static async Task Settled()
    {
        for (var i = 0; i < 20; i++) await Task.Run(Thread.Yield);
        await Task.Delay(1);
    }

    SteppedTimer? NextDue(DateTimeOffset end)
    {
        lock (gate)
        {
            var next = timers.Where(t => t.Due <= end).MinBy(t => t.Due);
            if (next is not null && next.Due > now) now = next.Due.Value;
            return next;
        }
    }

    sealed class SteppedTimer(SteppedTime time, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan every;

        public DateTimeOffset? Due { get; private set; }

        public void Fire()
        {
            lock (time.gate) Due = every > TimeSpan.Zero ? Due + every : null;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                every = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
                time.timers.Remove(this);
                time.timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
