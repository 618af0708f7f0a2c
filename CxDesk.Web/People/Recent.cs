using System.Collections.Concurrent;

namespace CxDesk.Web.People;

/// <summary>
/// Remembers what was read for two seconds, and who asks meanwhile waits for the same read. What was not found is not
/// remembered, so that guesses fill no memory.
/// </summary>
internal sealed class Recent<TKey, TValue>(TimeProvider time)
    where TKey : notnull
    where TValue : class
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<TKey, Reading> _readings = new();

    public async ValueTask<TValue?> Get(TKey key, Func<Task<TValue?>> read)
    {
        var now = time.GetUtcNow();
        // On a thread of its own: SQLite blocks the one it reads on, and everybody else who asks must not block with it.
        if (!_readings.TryGetValue(key, out var reading) || now - reading.At >= Life)
            _readings[key] = reading = new Reading(now, new Lazy<Task<TValue?>>(() => Task.Run(read)));
        try
        {
            if (await reading.Found.Value is { } found) return found;
        }
        catch
        {
            _readings.TryRemove(KeyValuePair.Create(key, reading));
            throw;
        }
        _readings.TryRemove(KeyValuePair.Create(key, reading));
        return null;
    }

    /// <summary>A read under way is forgotten too: it may have begun before the change.</summary>
    public void Forget() => _readings.Clear();

    private sealed record Reading(DateTimeOffset At, Lazy<Task<TValue?>> Found);
}
