using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>
/// The scores of a board, of a wall's tile as of the live board. Sums come from <see cref="BoardSums"/>, figures and what is
/// withheld from <see cref="ScorecardRow"/>, so that a board and a scorecard of the same days say the same.
/// </summary>
/// <param name="tables">What is withheld of units and products, over all that filters can show; null: of a display's it is found for each period, and days of a trend are judged among themselves.</param>
internal sealed class LiveFigures(BoardSums sums, UnitTree units, TargetResolver targets, int minimumN, LiveSuppression? tables = null)
{
    private static readonly Metric[] Metrics = [Metric.Csat, Metric.Nps, Metric.Ces];

    /// <summary>The scores over all of a subject that the viewer may see.</summary>
    public async Task<LiveScores> Scores(BoardSubject of, LivePeriod period)
    {
        var days = await Days(RollupBy.Company, of, period, Metrics);
        var hour = await Hour(RollupBy.Company, of, period);
        LiveScore Of(Metric metric) => Rows(RollupBy.Company, of, metric, period, [.. days.Where(r => r.MetricId == (int)metric)], hour)[0].Score;
        return new LiveScores(Of(Metric.Csat), Of(Metric.Nps), Of(Metric.Ces));
    }

    /// <summary>A score of every region, team, product, agent or channel of a subject, in no order; of the company the one row.</summary>
    public async Task<IReadOnlyList<LiveFigureRow>> Rows(RollupBy by, BoardSubject of, Metric metric, LivePeriod period)
    {
        // A wall's tiles are of several periods, each with a table of its own.
        var own = tables is null && sums.IsDisplay ? await sums.WithheldFromDisplay(metric, period, minimumN) : null;
        return Rows(by, of, metric, period, await Days(by, of, period, metric), await Hour(by, of, period), own);
    }

    private Task<IReadOnlyList<RollupRow>> Days(RollupBy by, BoardSubject of, LivePeriod period, params Metric[] metrics) =>
        sums.ByDay(new RollupFilter(by, RollupKind.Score, [.. metrics.Select(m => (int)m)], period.ReadFrom, period.To).Of(of));

    private async Task<IReadOnlyList<LiveHourRow>?> Hour(RollupBy by, BoardSubject of, LivePeriod period) =>
        period.Since is { } since ? await sums.ScoresSince(by, of, since) : null;

    private List<LiveFigureRow> Rows(
        RollupBy by, BoardSubject of, Metric metric, LivePeriod period, IReadOnlyList<RollupRow> dayRows, IReadOnlyList<LiveHourRow>? hourRows,
        SuppressionTable? own = null)
    {
        var days = dayRows.ToLookup(r => r.KeyId);
        var hour = hourRows?.ToLookup(r => r.KeyId);
        var rows = Keys(by, of, days, hour).Select(key => Sums(by, of, metric, period, key, days[key.Id], hour?[key.Id])).ToList();
        var trends = Trends(by, of, metric, period, rows, days);
        var withheld = Withheld(by, of, rows, own ?? (hourRows is null ? tables?.Days.Of(metric, period.From, period.To) : tables?.Hour?.Of(metric)));
        return [.. ScorecardRow.Of(metric, rows, minimumN, withheld).Select((row, i) => new LiveFigureRow(new LiveRow
        {
            KeyId = row.KeyId, Key = row.Key, Name = row.Name, IsNoTeam = row.IsNoTeam, MayOpen = row.MayOpen, N = row.N, Score = row.Score, Low = row.Low, High = row.High,
            Target = row.Target, Gap = row.Gap, Standing = row.Standing, Withheld = row.Withheld,
            Trend = trends[i], NewestAt = row.NewestAt,
        }, row, rows[i], [.. days[row.KeyId]]))];
    }

    private ScorecardSums Sums(
        RollupBy by, BoardSubject of, Metric metric, LivePeriod period, LiveKey key, IEnumerable<RollupRow> days, IEnumerable<LiveHourRow>? hour)
    {
        var counted = hour is null ? days.Where(r => r.Day >= period.From).ToList() : [];
        var inHour = hour?.Where(r => r.Of(metric).N > 0).ToList() ?? [];
        // Agents are held against the team they last answered in.
        var place = of.TeamId ?? of.RegionId ?? units.Company.Id;
        // What is about a product is held against the product's, wherever it was answered.
        TargetSubject Subject(int id, int ofTeam) => of.ProductId is { } product ? TargetSubject.Product(product) : ScorecardQuery.Subject(by, id, ofTeam, place);
        var own = Subject(key.Id, days.LastOrDefault()?.TeamId is > 0 and var team ? team : place);
        return new ScorecardSums
        {
            KeyId = key.Id, Key = key.Code, Name = key.Name, IsNoTeam = key.IsNoTeam,
            Now = Sum(counted) + inHour.Aggregate(new ScoreSums(), (sum, r) => sum + r.Of(metric)),
            Before = Sum(days.Where(r => r.Day >= period.BeforeFrom && r.Day < period.From)),
            Target = targets.Over(counted.Select(r => (Subject(r.KeyId, r.TeamId), r.Day!.Value, r.N)), own, metric, period.Today),
            MayOpen = ScorecardQuery.MayOpen(sums.Viewer, by, (by is RollupBy.Region or RollupBy.Team ? units.Find(key.Id) : null) ?? units.Find(place) ?? units.Company, units),
            NewestAt = counted.Select(r => r.NewestAt).Concat(inHour.Select(r => r.NewestAt)).Max(at => (DateTimeOffset?)at),
        };
    }

    private static ScoreSums Sum(IEnumerable<RollupRow> days) => days.Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores);

    // Of each day the same is withheld as of a scorecard of that day.
    private List<IReadOnlyList<double?>> Trends(RollupBy by, BoardSubject of, Metric metric, LivePeriod period, List<ScorecardSums> keys, ILookup<int, RollupRow> days)
    {
        var trends = keys.Select(_ => (IReadOnlyList<double?>)new List<double?>()).ToList();
        var byDay = keys.Select(k => days[k.KeyId].ToLookup(r => r.Day)).ToList();
        foreach (var day in period.TrendDays)
        {
            var sums = keys.Select((k, i) => k with { Now = Sum(byDay[i][day]), Before = default });
            var withheld = Withheld(by, of, keys, tables?.Days.Of(metric, day, day.AddDays(1)));
            foreach (var (row, i) in ScorecardRow.Of(metric, [.. sums], minimumN, withheld).Select((row, i) => (row, i)))
                ((List<double?>)trends[i]).Add(row.Score);
        }
        return trends;
    }

    private IReadOnlyList<bool>? Withheld(RollupBy by, BoardSubject of, List<ScorecardSums> rows, SuppressionTable? table) =>
        // To an agent the company is their team.
        table?.Withheld(by, (of.TeamId ?? of.RegionId ?? (sums.Viewer is { Reach: Reach.Own, TeamIds: [var own, ..] } ? own : null)) is { } place ? units.Find(place) : null,
            of.ProductId, rows.Select(r => r.KeyId));

    // Who was answered about within the days that are read, and every region and team that should have been.
    private IEnumerable<LiveKey> Keys(RollupBy by, BoardSubject of, ILookup<int, RollupRow> days, ILookup<int, LiveHourRow>? hour)
    {
        // The one row of a total is the place's, whatever the rollup calls it.
        var place = units.Find(of.TeamId ?? of.RegionId ?? units.Company.Id) ?? units.Company;
        if (by == RollupBy.Company) return [new LiveKey(units.Company.Id, place.Code, place.Name, place.IsNoTeam)];
        var keys = days.Select(d => d.First()).Select(r => new LiveKey(r.KeyId, r.Code, r.Name, r.IsNoTeam))
            .Concat(hour?.Select(h => h.First()).Select(r => new LiveKey(r.KeyId, r.Code, r.Name, by == RollupBy.Team && units.Find(r.KeyId) is { IsNoTeam: true })) ?? []);
        if (by is RollupBy.Region or RollupBy.Team && of.ProductId is null)
            keys = keys.Concat(units.Units
                .Where(u => u.Kind == (by == RollupBy.Team ? UnitKind.Team : UnitKind.Region) && u is { IsActive: true, IsNoTeam: false })
                .Where(u => units.PathUp(u.Id).Any(p => p.Id == place.Id) && IsSeen(u, by))
                .Select(u => new LiveKey(u.Id, u.Code, u.Name, u.IsNoTeam)));
        return keys.DistinctBy(k => k.Id);
    }

    private bool IsSeen(UnitRow unit, RollupBy by) => RollupSights.Of(sums.Viewer, by) switch
    {
        RollupSight.All => true,
        RollupSight.Units => units.PathUp(unit.Id).Any(u => sums.Viewer.RegionIds.Contains(u.Id) || sums.Viewer.TeamIds.Contains(u.Id)),
        RollupSight.Teams => sums.Viewer.TeamIds.Contains(unit.Id),
        RollupSight.Person or RollupSight.None => false,
    };

    private sealed record LiveKey(int Id, string Code, string Name, bool IsNoTeam);
}

/// <summary>One row of a breakdown: what may be shown, and what it was worked out from.</summary>
/// <param name="Score">As its viewer may see it.</param>
/// <param name="Card">The same with its change against the equally long time before.</param>
/// <param name="Sums">Before anything was withheld: to judge by, not to show.</param>
/// <param name="Days">By day, before anything was withheld.</param>
internal sealed record LiveFigureRow(LiveRow Score, ScorecardRow Card, ScorecardSums Sums, IReadOnlyList<RollupRow> Days);

/// <summary>The tables of a board's days, and of its hour where it looks at one.</summary>
internal sealed record LiveSuppression(SuppressionTables Days, SuppressionTables? Hour)
{
    /// <returns>Null for somebody who may open all that they see.</returns>
    public static async Task<LiveSuppression?> Read(BoardSums sums, LivePeriod period, int minimumN) =>
        await SuppressionQuery.Read(sums.Session, sums.Viewer, period.ReadFrom, period.To, minimumN) is not { } days ? null
        : new LiveSuppression(days, period.Since is { } since ? await SuppressionQuery.Read(sums.Session, sums.Viewer, since, minimumN) : null);
}
