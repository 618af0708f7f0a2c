using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CxDesk.Data.Feed;

namespace CxDesk.Web.Feed;

/// <summary>
/// One screen's place at a board. It holds the newest reading only: a screen that is slow to draw misses what lay
/// between, and holds up nobody.
/// </summary>
public sealed class FeedSubscription<TBoard> : IDisposable where TBoard : class, IVersioned
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

    internal void Offer(Reading<TBoard> reading) => _newest.Writer.TryWrite(reading);
}
