using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// One screen's place at a board. It holds the newest reading only: a screen that is slow to draw misses what lay
/// between, and holds up nobody.
/// </summary>
public sealed class FeedSubscription<TBoard> : IFeedPlace<TBoard>, IDisposable where TBoard : class, IVersioned
{
    private readonly Channel<Reading<TBoard>> _newest = Channel.CreateBounded<Reading<TBoard>>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });
    private readonly Action<FeedSubscription<TBoard>> _leave;

    internal FeedSubscription(Action<FeedSubscription<TBoard>> leave) => _leave = leave;

    /// <summary>The present reading as soon as there is one, then each newer one. Ends when disposed of.</summary>
    public async IAsyncEnumerable<Reading<TBoard>> Readings([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var reading in _newest.Reader.ReadAllAsync(cancel)) yield return reading;
    }

    public void Dispose()
    {
        _newest.Writer.TryComplete();
        _leave(this);
    }

    void IFeedPlace<TBoard>.Offer(Reading<TBoard> reading) => _newest.Writer.TryWrite(reading);
}

/// <summary>Whoever is handed each reading of a board. It is taken or put aside at once: the next one waits for it.</summary>
internal interface IFeedPlace<TBoard> where TBoard : class
{
    void Offer(Reading<TBoard> reading);
}
