using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// Hears of what other processes write (other nodes, the import verb): it looks at the end of the change log once a
/// second and raises the signal for what this process did not write itself. While it can, the feed is ready.
/// </summary>
public sealed class ChangeTail(
    ChangeLogQuery changes, ChangeSignal signal, TimeProvider time, FeedOptions options, ILogger<ChangeTail> log) : BackgroundService
{
    private long _seen;
    private long _lookedAt;
    private volatile bool _failing;

    /// <summary>The last time that it could look; null before the first.</summary>
    public DateTimeOffset? LookedAt => Volatile.Read(ref _lookedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Begin(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Changed += Note;
        try
        {
            using var timer = new PeriodicTimer(options.Tail, time);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Look(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            signal.Changed -= Note;
        }
    }

    private async Task Begin(CancellationToken cancel)
    {
        try
        {
            Note(await changes.Version(cancel));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e);
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        try
        {
            if (await changes.After(Volatile.Read(ref _seen), cancel) is { } change) signal.Raise(change);
            Volatile.Write(ref _lookedAt, time.GetUtcNow().UtcTicks);
            _failing = false;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e);
        }
    }

    private void Failed(Exception e)
    {
        if (!_failing) log.LogError(e, "The change log could not be read; boards still read again on their beat.");
        _failing = true;
    }

    private void Note(Change change) => Note(change.Version);

    private void Note(long version)
    {
        long known;
        while (version > (known = Volatile.Read(ref _seen)))
            if (Interlocked.CompareExchange(ref _seen, version, known) == known) return;
    }
}
