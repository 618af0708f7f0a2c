using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Scorecards;

/// <summary>A figure of every region, team, agent, product, channel or segment in a place and a period. Its SQL is RollupQuery's.</summary>
public sealed class ScorecardQuery(ScorecardsOptions options, Company company, RollupMemory? memory = null)
{
    /// <summary>Of a list of agents that is longer, only the first <see cref="FirstLines"/> rows have lines.</summary>
    public const int MostLines = 200, FirstLines = 50;

    /// <summary>The scorecard as this viewer may see it; null where the place, or what it is narrowed to, is nothing that they may see.</summary>
    public async Task<Scorecard?> Read(Session session, Viewer viewer, ScorecardFilter filter)
    {
        var units = await UnitTree.Read(session);
        var place = filter.Parent is null ? units.Company : units.Find(filter.Parent);
        if (place is null || !MayEnter(viewer, place, units)) return null;
        var (today, asked) = (company.DayOf(session.Now), filter.To);
        filter = filter with
        {
            To = SuppressionQuery.Until(viewer, place, units, filter.From, asked, today),
            BeforeTo = SuppressionQuery.Until(viewer, place, units, filter.BeforeFrom, filter.BeforeTo, today),
        };
        var (subjects, missing) = await ScorecardSubjects.Find(session, viewer, filter);
        if (missing is not null) return null;

        var rollup = new RollupFilter(filter.By, filter.Indicator.Kind, [filter.Indicator.MetricId], filter.From, filter.To)
        {
            RegionId = place.Kind == UnitKind.Region ? place.Id : null, TeamId = place.Kind == UnitKind.Team ? place.Id : null,
            AgentId = subjects.Agent?.Id, ProductId = subjects.Product?.Id, ChannelId = subjects.Channel?.Id, SegmentId = subjects.Segment?.Id,
            WithValues = filter.Indicator.Statistic is IndicatorStatistic.TopTwo or IndicatorStatistic.Nps,
        };
        var targets = await TargetQuery.Resolver(session, units);
        var look = new ScorecardLook(session, viewer, filter, place, units, targets, await ScorecardBucket.Blocks(session, filter, targets.Turns));
        var total = await look.Read(rollup with { By = RollupBy.Company });
        var rows = filter.By == RollupBy.Company ? total : look.WithRest(await look.Read(rollup), total);
        var suppression = await ScorecardSuppression.Read(session, viewer, rollup, (filter.BeforeFrom, filter.BeforeTo), place, units, new SuppressionLook(today, options.MinimumN, memory));
        var (casesFrom, casesTo) = (company.StartOf(filter.From), company.StartOf(filter.To));
        var cases = await ScorecardCasesQuery.Read(session, viewer, rollup, casesFrom, casesTo);
        var shown = ScorecardFigures.Of(filter, rows, suppression, options.MinimumN, cases);
        var whole = ScorecardFigures.Of(filter with { By = RollupBy.Company }, total, suppression, options.MinimumN,
            ScorecardCasesQuery.Whole(filter.By, units.Company.Id, cases) ?? await ScorecardCasesQuery.Read(session, viewer, rollup with { By = RollupBy.Company }, casesFrom, casesTo))[0];
        var sorted = ScorecardOrder.Sort(shown, filter.Sort, filter.Indicator.IsHigherBetter);
        return new Scorecard
        {
            Filter = filter,
            IsHeld = filter.To < asked,
            Path = [.. units.PathUp(place.Id).Where(u => u == place || IsOpen(viewer, u, units)).Reverse()],
            Subjects = subjects,
            Total = whole,
            Ranks = ScorecardRanks.Of(filter, rows, shown, options.MinimumN),
            Rows = look.IsLong(rollup) ? await WithLines(look, rollup, filter, sorted, suppression) : sorted,
            Split = filter.By == RollupBy.Company || whole.Change is null ? null : ChangeSplit.Of(filter.Indicator, ChangeGroup.Of(total[0].Sums, [.. rows.Select(r => r.Sums).Zip(shown)]), options.MinimumN),
        };
    }

    // Of a long list the first rows have lines, in the order that was asked for: who looks further down looks at figures.
    private async Task<IReadOnlyList<ScorecardRow>> WithLines(ScorecardLook look, RollupFilter rollup, ScorecardFilter filter, IReadOnlyList<ScorecardRow> sorted, ScorecardSuppression suppression)
    {
        var first = sorted.Count <= MostLines ? sorted : [.. sorted.Take(FirstLines)];
        if (first.Count == 0) return sorted;
        var lines = ScorecardFigures.Trends(filter, await look.Lines(rollup, first == sorted ? null : [.. first.Select(r => r.KeyId)]), first, suppression, options.MinimumN);
        return [.. sorted.Select((row, i) => i < lines.Count ? row with { Trend = lines[i] } : row)];
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

    internal static bool Inside(Viewer viewer, UnitRow unit, UnitTree units) => viewer.Reach switch
    {
        Reach.All => true,
        Reach.None => false,
        Reach.Own => unit.Kind == UnitKind.Team && viewer.TeamIds.Contains(unit.Id),
        Reach.Units => units.PathUp(unit.Id).Any(u => viewer.RegionIds.Contains(u.Id) || viewer.TeamIds.Contains(u.Id)),
    };
}
