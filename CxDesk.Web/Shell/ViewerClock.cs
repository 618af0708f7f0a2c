using Microsoft.Extensions.Options;

namespace CxDesk.Web.Shell;

/// <summary>
/// The time as the person at this screen reads it: now, their zone, and one tick a second that everything on the page
/// shares, however many countdowns it shows. One instance a circuit.
/// </summary>
public sealed class ViewerClock(TimeProvider time, IOptions<ViewerClockOptions> company) : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    readonly List<Func<Task>> listeners = [];
    Task? ticking;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The browser's zone once it said so, the company's before.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.FindSystemTimeZoneById(company.Value.TimeZone);

    /// <summary>Takes the zone that the browser names. A name that this machine does not know changes nothing.</summary>
    public void UseZone(string? name)
    {
        if (name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) Zone = zone;
    }

    /// <summary>Calls back once a second until disposed of. The timer starts with the first listener.</summary>
    public IDisposable OnTick(Func<Task> listener)
    {
        lock (gate)
        {
            listeners.Add(listener);
            ticking ??= TickAsync();
        }
        return new Subscription(this, listener);
    }

    async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                List<Func<Task>> now;
                lock (gate) now = [.. listeners];
                foreach (var listener in now) await listener();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (ticking is not null) await ticking;
        stop.Dispose();
    }

    sealed class Subscription(ViewerClock clock, Func<Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (clock.gate) clock.listeners.Remove(listener);
        }
    }
}
