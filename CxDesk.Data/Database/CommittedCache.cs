using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Database;

/// <summary>
/// Remembers what was read, until something of the given kinds changes. Only committed state is remembered: what a write
/// found is kept for that write alone until it commits, and is lost with it when it is rolled back; what a session read
/// that began before a change is not kept at all.
/// </summary>
public sealed class CommittedCache<TKey, TValue>
    where TKey : notnull
{
    private readonly ChangeTopic[] _topics;
    private readonly ConditionalWeakTable<Session, Dictionary<TKey, TValue>> _found = [];
    private ConcurrentDictionary<TKey, TValue> _known = new();
    private long _changedAt;

    public CommittedCache(ChangeSignal signal, params ChangeTopic[] topics)
    {
        _topics = topics;
        signal.Outdated += change =>
        {
            if (!change.Topics.Any(topics.Contains)) return;
            Volatile.Write(ref _changedAt, Stopwatch.GetTimestamp());
            Volatile.Write(ref _known, new());
        };
    }

    public async ValueTask<TValue> Get(Session session, TKey key, Func<Session, TKey, Task<TValue>> load)
    {
        // A write that changes these things itself sees its own changes, and nobody else does until it commits.
        if (session.Topics.Count > 0 && session.Topics.Any(_topics.Contains)) return await load(session, key);
        if (Volatile.Read(ref _known).TryGetValue(key, out var value)) return value;
        var found = _found.GetValue(session, NewlyFound);
        if (!found.TryGetValue(key, out value)) found[key] = value = await load(session, key);
        if (!session.IsWrite) Keep(session, found);
        return value;
    }

    private Dictionary<TKey, TValue> NewlyFound(Session session)
    {
        var found = new Dictionary<TKey, TValue>();
        session.AfterCommit(() => Keep(session, found));
        return found;
    }

    private void Keep(Session session, Dictionary<TKey, TValue> found)
    {
        // Taken before the look at the time of the last change: a change that comes in between replaces it.
        var known = Volatile.Read(ref _known);
        if (Volatile.Read(ref _changedAt) >= session.BegunAt) return;
        foreach (var (key, value) in found) known[key] = value;
    }
}
