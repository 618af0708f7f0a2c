using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>
/// The scores of a board, of a wall's tile as of the live board. Sums come from <see cref="BoardSums"/>, figures and what is
/// withheld from <see cref="ScorecardRow"/>, so that a board and a scorecard of the same days say the same.
/// </summary>
internal sealed class LiveFigures(BoardSums sums, UnitTree units, TargetResolver targets, int minimumN)
{
    private static readonly Metric[] Metrics = [Metric.Csat, Metric.Nps, Metric.Ces];

    /// <summary>The scores over all of a subject that the viewer may see.</summary>
    public async Task<LiveScores> Scores(BoardSubject of, LivePeriod period)
    {
        var days = await Days(RollupBy.Company, of, period, Metrics);
        var hour = await Hour(RollupBy.Company, of, period);
        async Task<LiveScore> Of(Metric metric) =>
            Rows(RollupBy.Company, of, metric, period, [.. days.Where(r => r.MetricId == (int)metric)], hour, await Judged(metric, period))[0].Score;
        return new LiveScores(await Of(Metric.Csat), await Of(Metric.Nps), await Of(Metric.Ces));
    }

    /// <summary>A score of every region, team, product, agent or channel of a subject, in no order; of the company the one row.</summary>
    /// <param name="isWhole">Which keys are given with target and trend; the others are there to be ranked and withheld among. Null: all.</param>
    public async Task<IReadOnlyList<LiveFigureRow>> Rows(RollupBy by, BoardSubject of, Metric metric, LivePeriod period, Func<int, bool>? isWhole = null) =>
        Rows(by, of, metric, period, await Days(by, of, period, metric), await Hour(by, of, period), await Judged(metric, period), isWhole);

    private async Task<Withholding> Judged(Metric metric, LivePeriod period) => new(
        await sums.Withheld(metric, period.ReadFrom, period.To, period.Today, minimumN),
        period.Since is { } since ? await sums.WithheldSince(metric, since, minimumN) : null);

    /// <summary>What is withheld from the viewer; of somebody who may open all that they see, nothing by days.</summary>
    private readonly record struct Withholding(SuppressionStretches? Days, SuppressionTable? Hour);

    private Task<IReadOnlyList<RollupRow>> Days(RollupBy by, BoardSubject of, LivePeriod period, params Metric[] metrics) =>
        sums.ByDay(new RollupFilter(by, RollupKind.Score, [.. metrics.Select(m => (int)m)], period.ReadFrom, period.To).Of(of));

    private async Task<IReadOnlyList<LiveHourRow>?> Hour(RollupBy by, BoardSubject of, LivePeriod period) =>
        period.Since is { } since ? await sums.ScoresSince(by, of, since) : null;

    private List<LiveFigureRow> Rows(
        RollupBy by, BoardSubject of, Metric metric, LivePeriod period, IReadOnlyList<RollupRow> dayRows, IReadOnlyList<LiveHourRow>? hourRows,
        Withholding judged, Func<int, bool>? isWhole = null)
    {
        var hour = hourRows?.ToLookup(r => r.KeyId);
        var keys = Keys(by, of, dayRows, hour);
        var whole = keys.Select(key => isWhole?.Invoke(key.Id) ?? true).ToList();
        var rows = keys.Select((key, i) => Sums(by, of, metric, period, key, hour?[key.Id], whole[i])).ToList();
        var trends = Trends(by, of, metric, period, keys, rows, whole, judged);
        var withheld = Withheld(by, of, rows, hourRows is null ? judged.Days?.Of(period.From, period.To) : judged.Hour)?.Select((w, i) => w && rows[i].Now.N > 0).ToList();
        var withheldBefore = Withheld(by, of, rows, judged.Days?.Of(period.BeforeFrom, period.From));
        return [.. ScorecardRow.Of(metric, rows, minimumN, withheld, withheldBefore).Select((row, i) => new LiveFigureRow(new LiveRow
        {
            KeyId = row.KeyId, Key = row.Key, Name = row.Name, IsNoTeam = row.IsNoTeam, MayOpen = row.MayOpen, N = row.N, Score = row.Score, Low = row.Low, High = row.High,
            Target = row.Target, Gap = row.Gap, Standing = row.Standing, Withheld = row.Withheld,
            Trend = trends[i], NewestAt = row.NewestAt,
        }, row, rows[i], keys[i].Days))];
    }

    private ScorecardSums Sums(
        RollupBy by, BoardSubject of, Metric metric, LivePeriod period, LiveKey key, IEnumerable<LiveHourRow>? hour, bool isWhole)
    {
        var (now, before, newestAt) = (new ScoreSums(), new ScoreSums(), (DateTimeOffset?)null);
        foreach (var day in key.Days)
        {
            if (day.Day < period.From)
            {
                if (day.Day >= period.BeforeFrom) before += day.Scores;
            }
            else if (hour is null)
            {
                now += day.Scores;
                if (!(newestAt >= day.NewestAt)) newestAt = day.NewestAt;
            }
        }
        foreach (var row in hour ?? [])
        {
            if (row.Of(metric) is not { N: > 0 } scores) continue;
            now += scores;
            if (!(newestAt >= row.NewestAt)) newestAt = row.NewestAt;
        }
        // Agents are held against the team they last answered in.
        var place = of.TeamId ?? of.RegionId ?? units.Company.Id;
        return new ScorecardSums
        {
            KeyId = key.Id, Key = key.Code, Name = key.Name, IsNoTeam = key.IsNoTeam,
            Now = now,
            Before = before,
            Target = isWhole ? Target(by, of, metric, period, key, place, hasDays: hour is null) : null,
            MayOpen = ScorecardQuery.MayOpen(sums.Viewer, by, (by is RollupBy.Region or RollupBy.Team ? units.Find(key.Id) : null) ?? units.Find(place) ?? units.Company, units),
            NewestAt = newestAt,
        };
    }

    private double? Target(RollupBy by, BoardSubject of, Metric metric, LivePeriod period, LiveKey key, int place, bool hasDays)
    {
        var counted = hasDays ? key.Days.Where(r => r.Day >= period.From) : [];
        return targets.Over(counted.Select(r => (Subject(r.KeyId, r.TeamId), r.Day!.Value, r.N)), Subject(key.Id, key.Days is [.., { TeamId: > 0 and var team }] ? team : place), metric, period.To.AddDays(-1));

        // What is about a product is held against the product's, wherever it was answered.
        TargetSubject Subject(int id, int ofTeam) => of.ProductId is { } product ? TargetSubject.Product(product) : ScorecardQuery.Subject(by, id, ofTeam, place);
    }

    // Of each day the same is withheld as of a scorecard of that day: what is shown, among all the rows.
    private IReadOnlyList<double?>[] Trends(RollupBy by, BoardSubject of, Metric metric, LivePeriod period, List<LiveKey> keys, List<ScorecardSums> rows, List<bool> whole, Withholding judged)
    {
        var trends = new IReadOnlyList<double?>[keys.Count];
        Array.Fill(trends, []);
        if (!whole.Contains(true)) return trends;
        var days = period.To.DayNumber - period.TrendFrom.DayNumber;
        var counts = keys.Select(key => Counts(key, period.TrendFrom, days)).ToList();
        var points = keys.Select(_ => new double?[days]).ToList();
        foreach (var (day, d) in period.TrendDays.Select((day, d) => (day, d)))
        {
            var withheld = Withheld(by, of, rows, judged.Days?.Of(day, day.AddDays(1)))
                ?? Suppression.Withheld([.. rows.Select((row, i) => (counts[i][d], row.MayOpen))], minimumN);
            for (var i = 0; i < keys.Count; i++)
                if (whole[i] && !withheld[i]) points[i][d] = ScoreStatistics.Of(metric, Sum(keys[i].Days.Where(r => r.Day == day))).Value;
        }
        for (var i = 0; i < keys.Count; i++)
            if (whole[i]) trends[i] = points[i];
        return trends;
    }

    private static long[] Counts(LiveKey key, DateOnly from, int days)
    {
        var counts = new long[days];
        foreach (var row in key.Days)
            if (row.Day!.Value.DayNumber - from.DayNumber is >= 0 and var d && d < days) counts[d] += row.N;
        return counts;
    }

    private static ScoreSums Sum(IEnumerable<RollupRow> days) => days.Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores);

    private IReadOnlyList<bool>? Withheld(RollupBy by, BoardSubject of, List<ScorecardSums> rows, SuppressionTable? table) =>
        // To an agent the company is their team.
        table?.Withheld(by, (of.TeamId ?? of.RegionId ?? (sums.Viewer is { Reach: Reach.Own, TeamIds: [var own, ..] } ? own : null)) is { } place ? units.Find(place) : null,
            of.ProductId, rows.Select(r => r.KeyId));

    // Who was answered about within the days that are read, and every region and team that should have been: in one order, so
    // that of equally small ones the same is withheld each time.
    private List<LiveKey> Keys(RollupBy by, BoardSubject of, IReadOnlyList<RollupRow> days, ILookup<int, LiveHourRow>? hour)
    {
        // The one row of a total is the place's, whatever the rollup calls it.
        var place = units.Find(of.TeamId ?? of.RegionId ?? units.Company.Id) ?? units.Company;
        if (by == RollupBy.Company) return [new LiveKey(units.Company.Id, place.Code, place.Name, place.IsNoTeam) { Days = [.. days] }];
        var keys = new Dictionary<int, LiveKey>();
        foreach (var row in days)
        {
            if (!keys.TryGetValue(row.KeyId, out var key)) keys[row.KeyId] = key = new LiveKey(row.KeyId, row.Code, row.Name, row.IsNoTeam);
            key.Days.Add(row);
        }
        foreach (var row in hour?.Select(h => h.First()) ?? [])
            keys.TryAdd(row.KeyId, new LiveKey(row.KeyId, row.Code, row.Name, by == RollupBy.Team && units.Find(row.KeyId) is { IsNoTeam: true }));
        if (by is RollupBy.Region or RollupBy.Team && of.ProductId is null)
            foreach (var u in units.Units
                .Where(u => u.Kind == (by == RollupBy.Team ? UnitKind.Team : UnitKind.Region) && u is { IsActive: true, IsNoTeam: false })
                .Where(u => units.PathUp(u.Id).Any(p => p.Id == place.Id) && IsSeen(u, by)))
                keys.TryAdd(u.Id, new LiveKey(u.Id, u.Code, u.Name, u.IsNoTeam));
        return [.. keys.Values.OrderBy(k => k.Code, StringComparer.Ordinal).ThenBy(k => k.Id)];
    }

    private bool IsSeen(UnitRow unit, RollupBy by) => RollupSights.Of(sums.Viewer, by) switch
    {
        RollupSight.All => true,
        RollupSight.Units => units.PathUp(unit.Id).Any(u => sums.Viewer.RegionIds.Contains(u.Id) || sums.Viewer.TeamIds.Contains(u.Id)),
        RollupSight.Teams => sums.Viewer.TeamIds.Contains(unit.Id),
        RollupSight.Person or RollupSight.None => false,
    };

    private sealed record LiveKey(int Id, string Code, string Name, bool IsNoTeam)
    {
        /// <summary>What was answered about it, day by day.</summary>
        public List<RollupRow> Days { get; init; } = [];
    }
}

/// <summary>One row of a breakdown: what may be shown, and what it was worked out from.</summary>
/// <param name="Score">As its viewer may see it.</param>
/// <param name="Card">The same with its change against the equally long time before.</param>
/// <param name="Sums">Before anything was withheld: to judge by, not to show.</param>
/// <param name="Days">By day, before anything was withheld.</param>
internal sealed record LiveFigureRow(LiveRow Score, ScorecardRow Card, ScorecardSums Sums, IReadOnlyList<RollupRow> Days);
