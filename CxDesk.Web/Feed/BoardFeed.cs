using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// Boards that are read once and shown to many. A topic (board, window, breakdown and scope) begins with its first
/// subscriber and ends with its last. It is read again when <see cref="ChangeSignal"/> says that what it shows changed,
/// and on a slow beat, so that a missed signal costs seconds.
/// </summary>
/// <typeparam name="TTopic">What is shown and whose rows may be in it; equal topics are read once.</typeparam>
public sealed class BoardFeed<TTopic, TBoard> : IAsyncDisposable
    where TTopic : notnull
    where TBoard : class, IVersioned
{
    readonly Func<TTopic, CancellationToken, Task<TBoard>> read;
    readonly ChangeSignal signal;
    readonly ChangeTopic[] about;
    readonly TimeProvider time;
    readonly FeedOptions options;
    readonly ILogger log;
    readonly Lock gate = new();
    readonly Dictionary<TTopic, FeedTopic<TBoard>> topics = [];
    readonly SemaphoreSlim turns = new(2);

    /// <param name="about">The changes after which its boards are read again.</param>
    public BoardFeed(
        Func<TTopic, CancellationToken, Task<TBoard>> read, ChangeSignal signal, ChangeTopic[] about,
        TimeProvider time, FeedOptions options, ILogger log)
    {
        (this.read, this.signal, this.about, this.time, this.options, this.log) = (read, signal, about, time, options, log);
        signal.Changed += OnChanged;
    }

    /// <summary>How many boards are being read at present.</summary>
    public int Topics { get { lock (gate) return topics.Count; } }

    public FeedSubscription<TBoard> Subscribe(TTopic topic)
    {
        var subscription = new FeedSubscription<TBoard>(leaving => Leave(topic, leaving));
        lock (gate)
        {
            if (!topics.TryGetValue(topic, out var board))
            {
                topics[topic] = board = new FeedTopic<TBoard>(cancel => read(topic, cancel), turns, time, options, log);
                board.Start();
            }
            board.Add(subscription);
        }
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        signal.Changed -= OnChanged;
        List<FeedTopic<TBoard>> last;
        lock (gate)
        {
            last = [.. topics.Values];
            topics.Clear();
        }
        await Task.WhenAll(last.Select(t => t.End()));
    }

    void Leave(TTopic topic, FeedSubscription<TBoard> leaving)
    {
        lock (gate)
        {
            if (!topics.TryGetValue(topic, out var board)) return;
            board.Remove(leaving);
            if (board.IsWatched) return;
            topics.Remove(topic);
            board.End();
        }
    }

    // On the writer's thread: it only rings.
    void OnChanged(Change change)
    {
        if (!change.Topics.Any(about.Contains)) return;
        lock (gate)
            foreach (var topic in topics.Values) topic.Wake();
    }
}
