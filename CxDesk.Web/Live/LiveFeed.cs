using System.Runtime.CompilerServices;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.Feed;

namespace CxDesk.Web.Live;

/// <summary>The live boards of this node, each read once for all who look at it.</summary>
public sealed class LiveFeed : IAsyncDisposable
{
    /// <summary>What a wall shows, and every client that asks for <c>wall:main</c>: nothing personal, everything suppressed.</summary>
    public static readonly Viewer Display = new() { Name = "display", Role = Role.Wall, Reach = Reach.None };

    private readonly BoardFeed<LiveTopic, LiveSnapshot> _boards;

    public LiveFeed(
        Func<LiveTopic, CancellationToken, Task<LiveSnapshot>> read, ChangeSignal signal, TimeProvider time, FeedOptions options, ILogger<LiveFeed> log)
    {
        _boards = new(read, signal, [ChangeTopic.Answers, ChangeTopic.Cases, ChangeTopic.Targets, ChangeTopic.Units], time, options, log);
    }

    public int Topics => _boards.Topics;

    /// <summary>
    /// The board's readings, as far as the viewer may see at each moment: who loses or gains a place goes on under the
    /// new scope, and nothing read for the old one is handed out any more. Ends when the viewer is signed out.
    /// </summary>
    /// <param name="who">Asked before each reading is handed out; null when nobody is signed in any more.</param>
    public async IAsyncEnumerable<Reading<LiveSnapshot>> Follow(
        LiveFilter filter, Func<ValueTask<Viewer?>> who, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (await who() is { } viewer)
        {
            using var subscription = _boards.Subscribe(new LiveTopic(filter, viewer));
            await foreach (var reading in subscription.Readings(cancel))
            {
                if ((await who())?.Scope != viewer.Scope) break;
                yield return reading;
            }
        }
    }

    /// <summary>The same board for one viewer and to be put aside at once; who listens finds out alone whether the viewer still may.</summary>
    public IDisposable Listen(LiveFilter filter, Viewer viewer, Action<Reading<LiveSnapshot>> hear) => _boards.Listen(new LiveTopic(filter, viewer), hear);

    public ValueTask DisposeAsync() => _boards.DisposeAsync();
}
