using System.Runtime.CompilerServices;
using CxDesk.Data.Feed;
using CxDesk.Data.Walls;
using CxDesk.Web.Feed;

namespace CxDesk.Web.Walls;

/// <summary>
/// The walls of this node, each read once for all screens and programs that look at it. Whoever looks, it is what a display
/// may see.
/// </summary>
public sealed class WallFeed : IAsyncDisposable
{
    private static readonly ChangeTopic[] About =
        [ChangeTopic.Answers, ChangeTopic.Cases, ChangeTopic.Targets, ChangeTopic.Units, ChangeTopic.Calendars, ChangeTopic.Walls];

    private readonly BoardFeed<string, WallSnapshot> _walls;

    /// <param name="read">A wall by its code.</param>
    public WallFeed(Func<string, CancellationToken, Task<WallSnapshot>> read, ChangeSignal signal, TimeProvider time, FeedOptions options, ILogger<WallFeed> log) =>
        _walls = new(read, signal, About, time, options, log);

    public int Topics => _walls.Topics;

    /// <summary>The wall's readings; they end when whoever looks may not look any more.</summary>
    /// <param name="mayLook">Asked before each reading is handed out.</param>
    public async IAsyncEnumerable<Reading<WallSnapshot>> Follow(
        string code, Func<ValueTask<bool>> mayLook, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (!await mayLook()) yield break;
        using var subscription = _walls.Subscribe(code);
        await foreach (var reading in subscription.Readings(cancel))
        {
            if (!await mayLook()) yield break;
            yield return reading;
        }
    }

    /// <summary>The same, to be put aside at once; who listens finds out alone whether they still may look.</summary>
    public IDisposable Listen(string code, Action<Reading<WallSnapshot>> hear) => _walls.Listen(code, hear);

    public ValueTask DisposeAsync() => _walls.DisposeAsync();
}
