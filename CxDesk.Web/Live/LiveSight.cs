using CxDesk.Data.Feed;

namespace CxDesk.Web.Live;

/// <summary>
/// Knows when to ask again whether a client of the hub may still see its board: once a second, and at once after anything
/// has changed that this depends on. To ask before each of a thousand pushes costs as much as pushing.
/// </summary>
public sealed class LiveSight : IDisposable
{
    private static readonly ChangeTopic[] About = [ChangeTopic.Units, ChangeTopic.Displays, ChangeTopic.Walls];
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1);

    private readonly ChangeSignal _signal;
    private readonly TimeProvider _time;
    private long _changes;

    public LiveSight(ChangeSignal signal, TimeProvider time)
    {
        (_signal, _time) = (signal, time);
        signal.Outdated += Note;
        signal.Changed += Say;
    }

    /// <summary>Something changed, and whoever was allowed may not be any more.</summary>
    public event Action? Changed;

    /// <param name="mayLook">Finds it out.</param>
    /// <returns>Gives the last answer while it holds. For one asker at a time.</returns>
    public Func<ValueTask<bool>> Of(Func<ValueTask<bool>> mayLook)
    {
        var (known, asked) = (-1L, 0L);
        return async () =>
        {
            var changes = Interlocked.Read(ref _changes);
            if (known == changes && _time.GetElapsedTime(asked) < Lasts) return true;
            // Whoever asked has others to serve, and the answer may have to be read first.
            await Task.Yield();
            if (!await mayLook()) return false;
            (known, asked) = (changes, _time.GetTimestamp());
            return true;
        };
    }

    public void Dispose()
    {
        _signal.Outdated -= Note;
        _signal.Changed -= Say;
    }

    private void Note(Change change)
    {
        if (change.Topics.Any(About.Contains)) Interlocked.Increment(ref _changes);
    }

    private void Say(Change change)
    {
        if (change.Topics.Any(About.Contains)) Changed?.Invoke();
    }
}
