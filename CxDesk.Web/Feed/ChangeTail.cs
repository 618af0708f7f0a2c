using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// Hears of what other processes write (other nodes, the import verb): it looks at the end of the change log once a
/// second and raises the signal for what this process did not write itself. While it can, the feed is ready; while it
/// cannot, every screen says so.
/// </summary>
public sealed class ChangeTail(
    ChangeLogQuery changes, Db db, ChangeSignal signal, TimeProvider time, FeedOptions options, ILogger<ChangeTail> log) : BackgroundService
{
    private long _seen;
    private long _lookedAt;
    private long _failingSince;

    /// <summary>The last time that it could look; null before the first.</summary>
    public DateTimeOffset? LookedAt => Instant(ref _lookedAt);

    /// <summary>What is wrong with the database at this moment; null when nothing is.</summary>
    public DatabaseTrouble? Trouble =>
        Instant(ref _failingSince) is { } failing ? new DatabaseTrouble(DatabaseFault.Unread, failing)
        : db.WaitingSince is { } waiting && time.GetUtcNow() - waiting > options.WriteWait ? new DatabaseTrouble(DatabaseFault.Locked, waiting)
        : null;

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
            Failed(e, time.GetUtcNow());
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        var began = time.GetUtcNow();
        try
        {
            if (await changes.After(Volatile.Read(ref _seen), cancel) is { } change) signal.Raise(change);
            Volatile.Write(ref _lookedAt, time.GetUtcNow().UtcTicks);
            Volatile.Write(ref _failingSince, 0);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e, began);
        }
    }

    private void Failed(Exception e, DateTimeOffset began)
    {
        if (Interlocked.CompareExchange(ref _failingSince, began.UtcTicks, 0) == 0)
            log.LogError(e, "The change log could not be read; boards still read again on their beat.");
    }

    private static DateTimeOffset? Instant(ref long ticks) =>
        Volatile.Read(ref ticks) is > 0 and var at ? new DateTimeOffset(at, TimeSpan.Zero) : null;

    private void Note(Change change) => Note(change.Version);

    private void Note(long version)
    {
        long known;
        while (version > (known = Volatile.Read(ref _seen)))
            if (Interlocked.CompareExchange(ref _seen, version, known) == known) return;
    }
}
