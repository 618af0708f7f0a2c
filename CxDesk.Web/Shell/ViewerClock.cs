using CxDesk.Data;

namespace CxDesk.Web.Shell;

/// <summary>
/// The time as the person at this screen reads it: now, their zone, and one tick a second that everything on the page
/// shares, however many countdowns it shows. One instance a circuit.
/// </summary>
public sealed class ViewerClock(TimeProvider time, Company company) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Func<Task>> _listeners = [];
    private Task? _ticking;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The browser's zone once it said so, the company's before.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.FindSystemTimeZoneById(company.Zone.Id);

    /// <summary>Takes the zone that the browser names, and has everything that shows a time drawn again. A name that this machine does not know changes nothing.</summary>
    public async Task UseZone(string? name)
    {
        if (name is null || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) || zone.Id == Zone.Id) return;
        Zone = zone;
        await Tell();
    }

    /// <summary>Calls back once a second until disposed of. The timer starts with the first listener.</summary>
    public IDisposable OnTick(Func<Task> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
            _ticking ??= TickAsync();
        }
        return new Subscription(this, listener);
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await Tell();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task Tell()
    {
        List<Func<Task>> now;
        lock (_gate) now = [.. _listeners];
        foreach (var listener in now) await listener();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_ticking is not null) await _ticking;
        _stop.Dispose();
    }

    private sealed class Subscription(ViewerClock clock, Func<Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (clock._gate) clock._listeners.Remove(listener);
        }
    }
}
