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
    private readonly Lock _gate = new();
    private readonly List<Change> _own = [];        // signalled here since the last look
    private Change? _raised;
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
            _seen = await changes.Version(cancel);
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
            if (await changes.After(_seen, cancel) is { } logged && OfOthers(logged) is { Count: > 0 } topics)
                signal.Raise(_raised = new Change(logged.Version, topics));
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

    private void Note(Change change)
    {
        if (ReferenceEquals(change, _raised)) return;
        lock (_gate)
            if (change.Version > _seen) _own.Add(change);
    }

    // What another process wrote before a write of this one has the smaller number, and was not signalled with it: topics are
    // counted, not passed over. A write of this process that is seen before it has signalled is signalled twice.
    private IReadOnlyList<ChangeTopic> OfOthers(LoggedChanges logged)
    {
        lock (_gate)
        {
            var own = _own.Where(c => c.Version <= logged.Version).SelectMany(c => c.Topics).CountBy(topic => topic).ToDictionary();
            _own.RemoveAll(c => c.Version <= logged.Version);
            _seen = logged.Version;
            return [.. logged.Entries.Where(e => e.Value > own.GetValueOrDefault(e.Key)).Select(e => e.Key)];
        }
    }
}
