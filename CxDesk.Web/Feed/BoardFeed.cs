using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// Boards that are read once and shown to many. A topic (board, window, breakdown and scope) begins with its first
/// subscriber and ends when, its last one gone, it would be read again. It is read again when <see cref="ChangeSignal"/> says that what it shows changed,
/// and on a slow beat, so that a missed signal costs seconds.
/// </summary>
/// <typeparam name="TTopic">What is shown and whose rows may be in it; equal topics are read once.</typeparam>
public sealed class BoardFeed<TTopic, TBoard> : IAsyncDisposable
    where TTopic : notnull
    where TBoard : class, IVersioned
{
    private readonly Func<TTopic, CancellationToken, Task<TBoard>> _read;
    private readonly ChangeSignal _signal;
    private readonly ChangeTopic[] _about;
    private readonly TimeProvider _time;
    private readonly FeedOptions _options;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<TTopic, FeedTopic<TBoard>> _topics = [];
    private readonly SemaphoreSlim _turns = new(2);

    /// <param name="about">The changes after which its boards are read again.</param>
    public BoardFeed(
        Func<TTopic, CancellationToken, Task<TBoard>> read, ChangeSignal signal, ChangeTopic[] about,
        TimeProvider time, FeedOptions options, ILogger log)
    {
        (_read, _signal, _about, _time, _options, _log) = (read, signal, about, time, options, log);
        _signal.Changed += OnChanged;
    }

    /// <summary>How many boards are being read at present.</summary>
    public int Topics { get { lock (_gate) return _topics.Count; } }

    public FeedSubscription<TBoard> Subscribe(TTopic topic)
    {
        var subscription = new FeedSubscription<TBoard>(leaving => Leave(topic, leaving));
        Join(topic, subscription);
        return subscription;
    }

    /// <summary>The same for whoever puts each reading aside by itself: a thousand need no thread to be woken on.</summary>
    /// <param name="hear">Given the present reading as soon as there is one, then each newer one. It returns at once: other subscribers come after it.</param>
    public IDisposable Listen(TTopic topic, Action<Reading<TBoard>> hear)
    {
        var listener = new Listener(hear, leaving => Leave(topic, leaving));
        Join(topic, listener);
        return listener;
    }

    private void Join(TTopic topic, IFeedPlace<TBoard> place)
    {
        lock (_gate)
        {
            if (!_topics.TryGetValue(topic, out var board))
            {
                _topics[topic] = board = new FeedTopic<TBoard>(cancel => _read(topic, cancel), it => GoesOn(topic, it), _turns, _time, _options, _log);
                board.Start();
            }
            board.Add(place);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _signal.Changed -= OnChanged;
        List<FeedTopic<TBoard>> last;
        lock (_gate)
        {
            last = [.. _topics.Values];
            _topics.Clear();
        }
        await Task.WhenAll(last.Select(t => t.End()));
    }

    private void Leave(TTopic topic, IFeedPlace<TBoard> leaving)
    {
        lock (_gate)
        {
            if (_topics.TryGetValue(topic, out var board)) board.Remove(leaving);
        }
    }

    // A board outlives its last subscriber until its next read is due: a page that is drawn on the server first and then
    // by its circuit finds what it has just shown.
    private bool GoesOn(TTopic topic, FeedTopic<TBoard> board)
    {
        lock (_gate)
        {
            if (board.IsWatched) return true;
            _topics.Remove(topic);
            return false;
        }
    }

    // On the writer's thread: it only rings.
    private void OnChanged(Change change)
    {
        if (!change.Topics.Any(_about.Contains)) return;
        lock (_gate)
            foreach (var topic in _topics.Values) topic.Wake(change);
    }

    private sealed class Listener(Action<Reading<TBoard>> hear, Action<Listener> leave) : IFeedPlace<TBoard>, IDisposable
    {
        public void Offer(Reading<TBoard> reading) => hear(reading);

        public void Dispose() => leave(this);
    }
}
