using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Gives somebody the most urgent case that nobody has.</summary>
public sealed class CaseClaimer(Db db, Company company, CaseWriter writer)
{
    private const int PageSize = 20, MostPages = 20;

    // 0 stands for all of them.
    private static readonly Statement RegionsOf = new("""
        SELECT CASE WHEN u.Kind = 1 THEN 0 WHEN u.Kind = 2 THEN u.Id ELSE u.ParentId END AS RegionId
        FROM Places p JOIN Units u ON u.Id = p.UnitId
        WHERE p.PersonId = @ownerId AND p.FromDay <= @day AND (p.ToDay IS NULL OR p.ToDay > @day)
        UNION
        SELECT 0 FROM People o WHERE o.Id = @ownerId AND o.Role IN (4, 5)
        """);

    /// <summary>
    /// Claims the most urgent case of the queues that the actor sees and the owner may have; what waits for the customer is no
    /// work for now. Of two who ask at once each gets another one: the claim is decided by the row's version
    /// (<see cref="CaseWriter"/>), and whoever comes second looks on.
    /// </summary>
    /// <param name="ownerId">Who gets it; null: the actor. An API key has to name somebody.</param>
    /// <returns>The case's id, or null where there is nothing to take.</returns>
    public Task<long?> Next(Viewer actor, int? ownerId = null, CancellationToken cancel = default) => db.Write<long?>(async s =>
    {
        if ((ownerId ?? actor.PersonId) is not { } owner) return null;
        var looks = (await Regions(s, actor, owner)).Select(region => new CaseRanges(s, Queue(s, actor, region))).ToList();
        var after = new CaseCursor?[looks.Count];
        for (var page = 0; page < MostPages && looks.Count > 0; page++)
        {
            var found = new List<CaseCursor>();
            for (var i = 0; i < looks.Count; i++)
            {
                var places = await looks[i].Next([CaseStatus.New], CaseSort.Urgency, PageSize, after[i]);
                if (places.Count > 0) after[i] = places[^1];
                found.AddRange(places);
            }
            foreach (var place in found.Order())
                if (await writer.Do(s, actor, new ClaimCase { CaseId = place.Id, OwnerId = owner }) is CaseResult.Done) return place.Id;
            if (found.Count == 0) break;
        }
        return null;
    }, cancel);

    // For somebody else only their own regions count; oneself sees little else, and is told by the claim.
    private async Task<IReadOnlyList<int?>> Regions(Session session, Viewer actor, int owner)
    {
        if (owner == actor.PersonId) return [null];
        var regions = await session.Query<int>(RegionsOf, new { ownerId = owner, day = company.DayOf(session.Now) });
        return regions.Contains(0) ? [null] : [.. regions.Select(region => (int?)region)];
    }

    private static CaseLook Queue(Session session, Viewer actor, int? regionId) => new()
    {
        Viewer = actor, Filter = new CaseBoardFilter { Owner = CaseBoardFilter.None }, Now = session.Now, Today = session.Now,
        RegionId = regionId, TeamId = null, ProductId = null, OwnerId = null, Terms = null,
    };
}
