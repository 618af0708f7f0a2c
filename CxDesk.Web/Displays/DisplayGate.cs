using CxDesk.Data.Displays;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.People;

namespace CxDesk.Web.Displays;

/// <summary>
/// Which display a link belongs to right now, for every request and open screen of this node: read at most once in two
/// seconds each, and forgotten at once when displays or walls change, also by another node.
/// </summary>
public sealed class DisplayGate : IDisposable
{
    /// <summary>What an open screen of a display has to hear of.</summary>
    public static readonly ChangeTopic[] Topics = [ChangeTopic.Displays, ChangeTopic.Walls];

    private readonly DisplaysQuery _query;
    private readonly ChangeSignal _signal;
    private readonly Recent<string, KnownDisplay> _known;

    public DisplayGate(DisplaysQuery query, ChangeSignal signal, TimeProvider time)
    {
        (_query, _signal, _known) = (query, signal, new(time));
        signal.Outdated += Forget;
    }

    /// <param name="token">As it stands in the address.</param>
    /// <returns>Null once the link leads nowhere: never given, revoked, or its wall is gone.</returns>
    public async ValueTask<KnownDisplay?> Find(string token)
    {
        if (!DisplayToken.IsOne(token)) return null;
        var hash = Secret.Hash(token);
        return await _known.Get(hash, () => _query.Find(hash));
    }

    public void Dispose() => _signal.Outdated -= Forget;

    private void Forget(Change change)
    {
        if (change.Topics.Any(Topics.Contains)) _known.Forget();
    }
}
