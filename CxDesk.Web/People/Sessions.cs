using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Web.People;

/// <summary>
/// Who is who right now, for every request and every open screen of this node: read from the database at most once in
/// two seconds each, and forgotten at once when people, units or keys change.
/// </summary>
public sealed class Sessions : IDisposable
{
    private readonly ViewerQuery _query;
    private readonly ChangeSignal _signal;
    private readonly Recent<(int, string), KnownPerson> _people;
    private readonly Recent<string, KnownKey> _keys;

    public Sessions(ViewerQuery query, ChangeSignal signal, TimeProvider time)
    {
        (_query, _signal) = (query, signal);
        _people = new(time);
        _keys = new(time);
        signal.Outdated += Forget;
        signal.Changed += Say;
    }

    /// <summary>People, units or keys changed, and what was known is forgotten: time to ask again.</summary>
    public event Action? Changed;

    /// <param name="securityStamp">As the session carries it.</param>
    /// <returns>Null once the person may not be signed in any more, or this session of theirs has ended.</returns>
    public ValueTask<KnownPerson?> Person(int id, string securityStamp) => _people.Get((id, securityStamp), async () =>
        await _query.FindPerson(id) is { } person && person.SecurityStamp == securityStamp ? person : null);

    /// <param name="key">The key's text.</param>
    public ValueTask<KnownKey?> Key(string key)
    {
        var hash = Secret.Hash(key);
        return _keys.Get(hash, () => _query.FindKey(hash));
    }

    private void Forget(Change change)
    {
        if (!change.Topics.Contains(ChangeTopic.Units)) return;
        _people.Forget();
        _keys.Forget();
    }

    private void Say(Change change)
    {
        if (change.Topics.Contains(ChangeTopic.Units)) Changed?.Invoke();
    }

    public void Dispose()
    {
        _signal.Outdated -= Forget;
        _signal.Changed -= Say;
    }
}
