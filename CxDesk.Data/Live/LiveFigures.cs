using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Live;

/// <summary>
/// The scores of a board. Sums of days come from <see cref="RollupQuery"/>, figures and what is withheld from
/// <see cref="ScorecardRow"/>, so that a board and a scorecard of the same days say the same.
/// </summary>
internal sealed class LiveFigures(Session session, Viewer viewer, LivePeriod period, UnitTree units, TargetResolver targets, int minimumN)
{
    private static readonly Metric[] Metrics = [Metric.Csat, Metric.Nps, Metric.Ces];

    /// <summary>The scores over everything that the viewer may see.</summary>
    public async Task<LiveScores> Scores()
    {
        var days = (await Days(RollupBy.Company, Metrics)).ToLookup(r => (Metric)r.MetricId);
        var hour = await Hour(RollupBy.Company);
        LiveScore Of(Metric metric) => Rows(RollupBy.Company, metric, days[metric], hour)[0];
        return new LiveScores(Of(Metric.Csat), Of(Metric.Nps), Of(Metric.Ces));
    }

    /// <summary>Satisfaction of each region, product or agent, by name.</summary>
    public async Task<IReadOnlyList<LiveRow>> Rows(RollupBy by)
    {
        var rows = Rows(by, Metric.Csat, await Days(by, Metric.Csat), await Hour(by));
        return [.. rows.OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    private Task<IReadOnlyList<RollupRow>> Days(RollupBy by, params Metric[] metrics) =>
        RollupQuery.ByDay(session, viewer, new RollupFilter(by, RollupKind.Score, [.. metrics.Select(m => (int)m)], period.TrendFrom, period.To));

    private async Task<IReadOnlyList<LiveHourRow>?> Hour(RollupBy by) =>
        period.Since is { } since ? await LiveHourQuery.ReadScores(session, viewer, by, since) : null;

    private IReadOnlyList<LiveRow> Rows(RollupBy by, Metric metric, IEnumerable<RollupRow> dayRows, IReadOnlyList<LiveHourRow>? hourRows)
    {
        var days = dayRows.ToLookup(r => r.KeyId);
        var hour = hourRows?.ToLookup(r => r.KeyId);
        var sums = Keys(by, days, hour).Select(key => Sums(by, metric, key, days[key.Id], hour?[key.Id])).ToList();
        var trends = Trends(metric, sums, days);
        return [.. ScorecardRow.Of(metric, sums, minimumN).Select((row, i) => new LiveRow
        {
            Key = row.Key, Name = row.Name, N = row.N, Score = row.Score, Low = row.Low, High = row.High,
            Target = row.Target, Gap = row.Gap, Standing = row.Standing, Withheld = row.Withheld,
            Trend = trends[i], NewestAt = row.NewestAt,
        })];
    }

    private ScorecardSums Sums(RollupBy by, Metric metric, LiveKey key, IEnumerable<RollupRow> days, IEnumerable<LiveHourRow>? hour)
    {
        var counted = hour is null ? days.Where(r => r.Day >= period.From).ToList() : [];
        var inHour = hour?.Where(r => r.Of(metric).N > 0).ToList() ?? [];
        // Agents are held against the team they last answered in.
        var company = units.Company.Id;
        var own = ScorecardQuery.Subject(by, key.Id, days.LastOrDefault()?.TeamId is > 0 and var team ? team : company, company);
        return new ScorecardSums
        {
            KeyId = key.Id, Key = key.Code, Name = key.Name,
            Now = counted.Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores) + inHour.Aggregate(new ScoreSums(), (sum, r) => sum + r.Of(metric)),
            Target = targets.Over(counted.Select(r => (ScorecardQuery.Subject(by, r.KeyId, r.TeamId, company), r.Day!.Value, r.N)), own, metric, period.Today),
            MayOpen = ScorecardQuery.MayOpen(viewer, by, by == RollupBy.Region ? units.Find(key.Id) ?? units.Company : units.Company, units),
            NewestAt = counted.Select(r => r.NewestAt).Concat(inHour.Select(r => r.NewestAt)).Max(at => (DateTimeOffset?)at),
        };
    }

    // Of each day the same is withheld as of a scorecard of that day.
    private List<IReadOnlyList<double?>> Trends(Metric metric, List<ScorecardSums> keys, ILookup<int, RollupRow> days)
    {
        var trends = keys.Select(_ => (IReadOnlyList<double?>)new List<double?>()).ToList();
        foreach (var day in period.TrendDays)
        {
            var sums = keys.Select(k => k with { Now = days[k.KeyId].Where(r => r.Day == day).Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores) });
            foreach (var (row, i) in ScorecardRow.Of(metric, [.. sums], minimumN).Select((row, i) => (row, i)))
                ((List<double?>)trends[i]).Add(row.Score);
        }
        return trends;
    }

    // Who was answered about within the trend's days, and every region that should have been.
    private IEnumerable<LiveKey> Keys(RollupBy by, ILookup<int, RollupRow> days, ILookup<int, LiveHourRow>? hour)
    {
        if (by == RollupBy.Company) return [new LiveKey(units.Company.Id, units.Company.Code, units.Company.Name)];
        var keys = days.Select(d => d.First()).Select(r => new LiveKey(r.KeyId, r.Code, r.Name))
            .Concat(hour?.Select(h => h.First()).Select(r => new LiveKey(r.KeyId, r.Code, r.Name)) ?? []);
        if (by == RollupBy.Region)
            keys = keys.Concat(units.Units
                .Where(u => u is { Kind: UnitKind.Region, IsActive: true } && RollupSights.Of(viewer, by) is var sight
                    && (sight == RollupSight.All || (sight == RollupSight.Units && viewer.RegionIds.Contains(u.Id))))
                .Select(u => new LiveKey(u.Id, u.Code, u.Name)));
        return keys.DistinctBy(k => k.Id);
    }

    private sealed record LiveKey(int Id, string Code, string Name);
}
