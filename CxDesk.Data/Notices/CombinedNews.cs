using System.Collections.Immutable;
using CxDesk.Data.Database;

namespace CxDesk.Data.Notices;

/// <summary>
/// What people are told of cases in one run: each person once for each event, however many cases it is about. It grows from
/// transaction to transaction; each tells what is new in it, so that nothing is lost when a run breaks off. Immutable, since a
/// transaction may run again from its start.
/// </summary>
internal sealed record CombinedNews
{
    public static readonly CombinedNews None = new();

    private ImmutableDictionary<(int PersonId, NoticeEvent What), Entry> Entries { get; init; } = ImmutableDictionary<(int, NoticeEvent), Entry>.Empty;

    public int People => Entries.Keys.Select(k => k.PersonId).Distinct().Count();

    /// <param name="one">The event as it is told of one case.</param>
    /// <param name="key">Names this very step of this very case, which no other run can take: what is told goes under the key of the first.</param>
    /// <param name="detail">As it is told of one case.</param>
    public CombinedNews Add(int personId, NoticeEvent one, string key, long caseId, bool isCritical, NoticeDetail detail)
    {
        var before = Entries.GetValueOrDefault((personId, one)) ?? new Entry($"{key}/{personId}", caseId, detail, 0, 0, []);
        return this with
        {
            Entries = Entries.SetItem((personId, one), before with
            {
                Cases = before.Cases + 1,
                Critical = before.Critical + (isCritical ? 1 : 0),
                CaseIds = before.CaseIds.Count < NoticeDetail.MostNamed ? before.CaseIds.Add(caseId) : before.CaseIds,
            }),
        };
    }

    /// <summary>Tells what is not in <paramref name="before"/>, and says more where it is and has grown.</summary>
    public async Task Tell(Session session, CombinedNews before)
    {
        foreach (var ((personId, one), entry) in Entries)
        {
            var told = before.Entries.GetValueOrDefault((personId, one));
            if (told == entry) continue;
            var (what, caseId, detail) = entry.Cases == 1
                ? (one, (long?)entry.FirstId, entry.First with { Critical = entry.Critical })
                : (one.ForSeveral(), null, new NoticeDetail { Cases = entry.Cases, Critical = entry.Critical, CaseIds = entry.CaseIds });
            if (told is null) await NoticeWriter.Tell(session, personId, what, entry.Key, caseId, detail);
            else await NoticeWriter.Retell(session, personId, what, entry.Key, caseId, detail);
        }
    }

    private sealed record Entry(string Key, long FirstId, NoticeDetail First, int Cases, int Critical, ImmutableList<long> CaseIds);
}
