using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Scorecards;

/// <summary>A score of every region, team, agent, product, channel or segment in a place and a period. Its SQL is RollupQuery's.</summary>
public sealed class ScorecardQuery(ScorecardsOptions options)
{
    /// <summary>The scorecard as this viewer may see it; null where the place is none that they may see.</summary>
    public async Task<Scorecard?> Read(Session session, Viewer viewer, ScorecardFilter filter)
    {
        var units = await UnitTree.Read(session);
        var place = filter.Parent is null ? units.Company : units.Find(filter.Parent);
        if (place is null || !MayEnter(viewer, place, units)) return null;
        var targets = await TargetQuery.Resolver(session, units);

        var rollup = new RollupFilter(filter.By, filter.Metric, filter.From, filter.To)
        {
            RegionId = place.Kind == UnitKind.Region ? place.Id : null,
            TeamId = place.Kind == UnitKind.Team ? place.Id : null,
        };
        var rows = await Sums(session, viewer, rollup, filter.Metric, place, units, targets);
        var total = await Sums(session, viewer, rollup with { By = RollupBy.Company }, filter.Metric, place, units, targets);
        var tables = (
            Now: await SuppressionQuery.Read(session, viewer, filter.Metric, filter.From, filter.To, options.MinimumN),
            Before: await SuppressionQuery.Read(session, viewer, filter.Metric, rollup.Before, filter.From, options.MinimumN));
        // To an agent the company is their team.
        var standing = viewer is { Reach: Reach.Own, TeamIds: [var own, ..] } ? units.Find(own) : place;
        IReadOnlyList<ScorecardRow> Shown(RollupBy by, List<ScorecardSums> of) => ScorecardRow.Of(filter.Metric, of, options.MinimumN,
            tables.Now?.Withheld(by, standing, null, of.Select(r => r.KeyId)), tables.Before?.Withheld(by, standing, null, of.Select(r => r.KeyId)));
        return Scorecard.Of(filter, [.. units.PathUp(place.Id).Where(u => u == place || IsOpen(viewer, u, units)).Reverse()],
            rows, Shown(filter.By, rows), total[0], Shown(RollupBy.Company, total)[0]);
    }

    /// <summary>
    /// Whether somebody may look at a place at all. Supervisors and above, and displays, look everywhere; an agent and
    /// a key of a unit at their own units and, for the way there, at the company.
    /// </summary>
    public static bool MayEnter(Viewer viewer, UnitRow place, UnitTree units) =>
        RollupSights.Of(viewer, RollupBy.Team) == RollupSight.All || place.Kind == UnitKind.Company || Inside(viewer, place, units)
        || (place.Kind == UnitKind.Region && viewer.TeamIds.Any(t => units.Find(t)?.ParentId == place.Id));

    /// <summary>Where somebody begins: their own unit where they have just one, else the company; null for an agent without a team.</summary>
    public static UnitRow? Home(Viewer viewer, UnitTree units) => viewer switch
    {
        { Reach: Reach.Own } => viewer.TeamIds.Select(units.Find).FirstOrDefault(u => u is not null),
        { Reach: Reach.Units, RegionIds: [var region], TeamIds: [] } => units.Find(region),
        { Reach: Reach.Units, RegionIds: [], TeamIds: [var team] } => units.Find(team),
        _ => units.Company,
    };

    /// <summary>Whether the figures of a unit are whole for this viewer.</summary>
    internal static bool IsOpen(Viewer viewer, UnitRow unit, UnitTree units) =>
        RollupSights.Of(viewer, RollupBy.Team) == RollupSight.All || Inside(viewer, unit, units);

    private static async Task<List<ScorecardSums>> Sums(
        Session session, Viewer viewer, RollupFilter filter, Metric metric, UnitRow place, UnitTree units, TargetResolver targets)
    {
        var days = (await RollupQuery.ByDay(session, viewer, filter)).ToLookup(r => r.KeyId);
        var before = filter with { From = filter.Before, To = filter.From };
        var past = (await RollupQuery.Totals(session, viewer, before)).ToDictionary(r => r.KeyId);
        return [.. Keys(viewer, filter.By, place, units, days.Select(d => d.First()).Concat(past.Values)).Select(key => new ScorecardSums
        {
            KeyId = key.Id, Key = key.Code, Name = key.Name, IsNoTeam = key.IsNoTeam,
            Now = days[key.Id].Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores),
            Before = past.TryGetValue(key.Id, out var p) ? p.Scores : default,
            Target = targets.Over(days[key.Id].Select(r => (Subject(filter.By, r.KeyId, r.TeamId, place.Id), r.Day!.Value, r.N)), Subject(filter.By, key.Id, place.Id, place.Id), metric, filter.To.AddDays(-1)),
            MayOpen = MayOpen(viewer, filter.By, filter.By is RollupBy.Region or RollupBy.Team ? units.Find(key.Id) ?? place : place, units),
            NewestAt = days[key.Id].Max(r => (DateTimeOffset?)r.NewestAt),
        })];
    }

    // Who was answered about now or in the period before, and every unit that should have been.
    private static IEnumerable<Key> Keys(Viewer viewer, RollupBy by, UnitRow place, UnitTree units, IEnumerable<RollupRow> rows)
    {
        var keys = rows.Select(r => new Key(r.KeyId, r.Code, r.Name, r.IsNoTeam));
        var silent = by switch
        {
            RollupBy.Company => [place],
            RollupBy.Region or RollupBy.Team => units.Units
                .Where(u => u.Kind == (by == RollupBy.Team ? UnitKind.Team : UnitKind.Region) && u is { IsActive: true, IsNoTeam: false })
                .Where(u => units.PathUp(u.Id).Any(p => p.Id == place.Id))
                .Where(u => RollupSights.Of(viewer, by) == RollupSight.All || (by == RollupBy.Team && viewer.TeamIds.Contains(u.Id)) || Inside(viewer, u, units)),
            RollupBy.Agent or RollupBy.Product or RollupBy.Channel or RollupBy.Segment => Enumerable.Empty<UnitRow>(),
        };
        // The one row of a total is the place's, whatever the rollup calls it.
        return by == RollupBy.Company
            ? [new Key(units.Company.Id, place.Code, place.Name, place.IsNoTeam)]
            : keys.Concat(silent.Select(u => new Key(u.Id, u.Code, u.Name, u.IsNoTeam))).DistinctBy(k => k.Id);
    }

    /// <summary>Whose target a row is held against.</summary>
    internal static TargetSubject Subject(RollupBy by, int key, int team, int place) => by switch
    {
        RollupBy.Company => TargetSubject.Unit(place),
        RollupBy.Region or RollupBy.Team => TargetSubject.Unit(key),
        RollupBy.Agent => TargetSubject.Unit(team),
        RollupBy.Product => TargetSubject.Product(key),
        RollupBy.Channel => TargetSubject.Channel(key),
        RollupBy.Segment => TargetSubject.Segment(key),
    };

    /// <summary>Whether somebody may open the answers behind a row, so that nothing of it is withheld from them.</summary>
    internal static bool MayOpen(Viewer viewer, RollupBy by, UnitRow unit, UnitTree units) => viewer.Reach switch
    {
        Reach.All => true,
        Reach.None => false,
        Reach.Own => by == RollupBy.Agent,
        Reach.Units => RollupSights.Of(viewer, by) == RollupSight.Units || Inside(viewer, unit, units),
    };

    private static bool Inside(Viewer viewer, UnitRow unit, UnitTree units) => viewer.Reach switch
    {
        Reach.All => true,
        Reach.None => false,
        Reach.Own => unit.Kind == UnitKind.Team && viewer.TeamIds.Contains(unit.Id),
        Reach.Units => units.PathUp(unit.Id).Any(u => viewer.RegionIds.Contains(u.Id) || viewer.TeamIds.Contains(u.Id)),
    };

    private sealed record Key(int Id, string Code, string Name, bool IsNoTeam);
}

/// <param name="From">First day, of the company's zone.</param>
/// <param name="To">The day after the last.</param>
public sealed record ScorecardFilter(RollupBy By, Metric Metric, DateOnly From, DateOnly To)
{
    /// <summary>Code of the region or team to look into; null for the company.</summary>
    public string? Parent { get; init; }
}
