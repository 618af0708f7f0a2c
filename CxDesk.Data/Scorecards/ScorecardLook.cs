using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Scorecards;

/// <summary>One row of a scorecard with the days, or weeks, that it was summed from.</summary>
internal sealed record ScorecardDays(ScorecardSums Sums, IReadOnlyList<RollupRow> Days);

/// <summary>What a scorecard reads of one breakdown, before anything is withheld.</summary>
internal sealed class ScorecardLook(Session session, Viewer viewer, ScorecardFilter filter, UnitRow place, UnitTree units, TargetResolver targets, IReadOnlySet<RollupBlock> blocks)
{
    /// <summary>Who was answered about now or in what is compared with, and every unit that should have been.</summary>
    public async Task<IReadOnlyList<ScorecardDays>> Read(RollupFilter rollup)
    {
        var days = (IsLong(rollup) ? await RollupQuery.ByPath(session, viewer, rollup, targets.Turns, blocks) : await Lines(rollup)).ToLookup(r => r.KeyId);
        var past = (await RollupQuery.Totals(session, viewer, rollup with { From = filter.BeforeFrom, To = filter.BeforeTo }, blocks)).ToDictionary(r => r.KeyId);
        return [.. Keys(rollup, days.Select(d => d.First()).Concat(past.Values)).Select(key => new ScorecardDays(new ScorecardSums
        {
            KeyId = key.Id, Key = key.Code, Name = key.Name, IsNoTeam = key.IsNoTeam,
            Now = days[key.Id].Aggregate(default(IndicatorSums), (sum, r) => sum + r.Sums),
            Before = past.TryGetValue(key.Id, out var before) ? before.Sums : default,
            Target = targets.Over(days[key.Id].Select(r => (Subject(rollup, r.KeyId, r.TeamId), r.Day!.Value, r.N)), Subject(rollup, key.Id, place.Id), filter.Indicator, filter.To.AddDays(-1)),
            MayOpen = MayOpen(rollup, key.Id),
            NewestAt = days[key.Id].Max(r => (DateTimeOffset?)r.NewestAt),
            CustomerValue = days[key.Id].Sum(r => r.NValue) is > 0 and var valued ? (double)days[key.Id].Sum(r => r.SumValue) / valued : null,
        }, IsLong(rollup) ? [] : [.. days[key.Id]]))];
    }

    /// <summary>Agents beyond a team may be thousands: they are read without the days that their lines are drawn from.</summary>
    public bool IsLong(RollupFilter rollup) => rollup.By == RollupBy.Agent && place.Kind != UnitKind.Team;

    /// <summary>The days, or weeks, that lines are drawn from.</summary>
    /// <param name="agents">Of these agents alone; null for every row.</param>
    public Task<IReadOnlyList<RollupRow>> Lines(RollupFilter rollup, IReadOnlyList<int>? agents = null) =>
        RollupQuery.ByBlock(session, viewer, rollup, ScorecardBucket.Grain(filter.From, filter.To), targets.Turns, blocks, agents);

    /// <summary>
    /// The rows, and one of what says nothing on this: answers of customers without a segment; what was measured without
    /// saying where, about what or through which channel. So rows add up to their total.
    /// </summary>
    public IReadOnlyList<ScorecardDays> WithRest(IReadOnlyList<ScorecardDays> rows, IReadOnlyList<ScorecardDays> total)
    {
        if ((filter.Indicator.Kind != RollupKind.Measure && filter.By != RollupBy.Segment) || filter.By == RollupBy.Agent || RollupSights.Of(viewer, filter.By) != RollupSights.Of(viewer, RollupBy.Company)) return rows;
        var (now, before) = rows.Aggregate((total[0].Sums.Now, total[0].Sums.Before), (rest, r) => (rest.Now - r.Sums.Now, rest.Before - r.Sums.Before));
        return now.N + before.N == 0 ? rows
            : [.. rows, new ScorecardDays(total[0].Sums with { KeyId = 0, Key = "", Name = "", IsNoTeam = false, Now = now, Before = before, Target = null, NewestAt = null, CustomerValue = null }, [])];
    }

    // What is about a product is held against the product's target, wherever it was answered; next the channel's, the segment's.
    private TargetSubject Subject(RollupFilter rollup, int key, int team) => rollup switch
    {
        { By: RollupBy.Product } => TargetSubject.Product(key),
        { ProductId: { } product } => TargetSubject.Product(product),
        { By: RollupBy.Channel } => TargetSubject.Channel(key),
        { ChannelId: { } channel } => TargetSubject.Channel(channel),
        { SegmentId: { } segment } => TargetSubject.Segment(segment),
        _ => ScorecardQuery.Subject(rollup.By, key, team, place.Id),
    };

    private bool MayOpen(RollupFilter rollup, int key) => ScorecardQuery.MayOpen(viewer, rollup.AgentId is null ? rollup.By : RollupBy.Agent,
        rollup.By is RollupBy.Region or RollupBy.Team ? units.Find(key) ?? place : place, units);

    private IEnumerable<Key> Keys(RollupFilter rollup, IEnumerable<RollupRow> rows)
    {
        // The one row of a total is the place's, whatever the rollup calls it.
        if (rollup.By == RollupBy.Company) return [new Key(units.Company.Id, place.Code, place.Name, place.IsNoTeam)];
        var keys = rows.Select(r => new Key(r.KeyId, r.Code, r.Name, r.IsNoTeam));
        var silent = rollup.By is RollupBy.Region or RollupBy.Team && rollup.Keys.Count == 0
            ? units.Units
                .Where(u => u.Kind == (rollup.By == RollupBy.Team ? UnitKind.Team : UnitKind.Region) && u is { IsActive: true, IsNoTeam: false })
                .Where(u => units.PathUp(u.Id).Any(p => p.Id == place.Id))
                .Where(u => RollupSights.Of(viewer, rollup.By) == RollupSight.All || (rollup.By == RollupBy.Team && viewer.TeamIds.Contains(u.Id)) || ScorecardQuery.Inside(viewer, u, units))
            : [];
        return keys.Concat(silent.Select(u => new Key(u.Id, u.Code, u.Name, u.IsNoTeam))).DistinctBy(k => k.Id);
    }

    private sealed record Key(int Id, string Code, string Name, bool IsNoTeam);
}
