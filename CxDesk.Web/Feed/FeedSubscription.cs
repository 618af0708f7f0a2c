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
    readonly Channel<Reading<TBoard>> newest = Channel.CreateBounded<Reading<TBoard>>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });
    readonly Action<FeedSubscription<TBoard>> leave;

    internal FeedSubscription(Action<FeedSubscription<TBoard>> leave) => this.leave = leave;

    /// <summary>The present reading as soon as there is one, then each newer one. Ends when disposed of.</summary>
    public async IAsyncEnumerable<Reading<TBoard>> Readings([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var reading in newest.Reader.ReadAllAsync(cancel)) yield return reading;
    }

    public void Dispose()
    {
        newest.Writer.TryComplete();
        leave(this);
    }

    internal void Offer(Reading<TBoard> reading) => newest.Writer.TryWrite(reading);
}
