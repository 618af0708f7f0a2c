using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Targets;

/// <summary>
/// What each unit, product, channel and segment aims at, and how far it is from it. The figures are the scorecard's; the gap
/// of each day is the one that was worked out against the target of that day.
/// </summary>
public sealed class TargetBoardQuery(ScorecardQuery scorecards)
{
    /// <summary>So many days are shown unless others are asked for.</summary>
    public const int UsualDays = 30;

    private static readonly Statement DailyGaps = new($"""
        SELECT g.Axis, g.KeyId, g.Day, g.N, g.Score - g.Target AS {nameof(GapRow.Gap)} FROM TargetGaps g
        WHERE g.Kind = @kind AND g.MetricId = @metric AND g.Statistic = @statistic AND g.Day >= @from AND g.Day < @to
        """);

    private static readonly Statement Calculated = new($"""
        SELECT MAX(d.CalculatedAt) AS {nameof(CalculatedRow.At)} FROM GapDays d
        WHERE d.Kind = @kind AND d.MetricId = @metric AND d.Statistic = @statistic AND d.Day >= @from AND d.Day < @to
        """);

    private static readonly Statement UpperLimit = new($"SELECT m.UpperLimit AS {nameof(LimitRow.Highest)} FROM Measures m WHERE m.Id = @metric");

    private static readonly (RollupBy By, RollupAxis Axis)[] Flat =
        [(RollupBy.Product, RollupAxis.Product), (RollupBy.Channel, RollupAxis.Channel), (RollupBy.Segment, RollupAxis.Segment)];

    /// <param name="days">How many days, of which today is the last, the figures are of.</param>
    public async Task<TargetBoard> Read(Session session, Viewer viewer, Indicator indicator, DateOnly today, int days = UsualDays)
    {
        var (from, to) = (today.AddDays(1 - days), today.AddDays(1));
        var measure = (TargetMeasure)indicator;
        var units = await UnitTree.Read(session);
        var targets = await TargetQuery.All(session);
        var rules = await TargetQuery.Rules(session);
        var resolver = new TargetResolver(targets, units, new TargetRules(rules));
        var period = new { kind = (int)indicator.Kind, metric = indicator.MetricId, statistic = measure.IsTopTwo ? (int)IndicatorStatistic.TopTwo : 0, from, to };
        var gaps = (await session.Query<GapRow>(DailyGaps, period)).ToLookup(g => (g.Axis, g.KeyId));
        var baselines = indicator.Kind != RollupKind.Rating && !measure.IsTopTwo ? await BaselineQuery.Now(session, indicator.Kind, indicator.MetricId) : null;

        var regions = await Card(RollupBy.Region);
        var teams = (await Card(RollupBy.Team)).Rows.Where(r => !r.IsNoTeam && r.KeyId != 0).OrderBy(r => r.Name, StringComparer.CurrentCulture).ToLookup(r => units.Find(r.KeyId)?.ParentId);
        var rows = new List<TargetBoardRow>();
        if (ScorecardQuery.IsOpen(viewer, units.Company, units)) rows.Add(Row(RollupBy.Company, TargetSubject.Unit(units.Company.Id), regions.Total));
        foreach (var region in units.Units.Where(u => u.Kind == UnitKind.Region))
        {
            rows.AddRange(regions.Rows.Where(r => r.KeyId == region.Id).Select(r => Row(RollupBy.Region, TargetSubject.Unit(r.KeyId), r)));
            rows.AddRange(teams[region.Id].Select(r => Row(RollupBy.Team, TargetSubject.Unit(r.KeyId), r)));
        }
        foreach (var (by, axis) in Flat)
            rows.AddRange((await Card(by)).Rows.Where(r => r.KeyId != 0).OrderBy(r => r.Name, StringComparer.CurrentCulture)
                .Select(r => Row(by, TargetSubject.Of((int)axis, r.KeyId), r)));
        return new TargetBoard
        {
            Indicator = indicator,
            Rows = rows,
            Targets = [.. targets.Where(t => t.Measure == measure)],
            Rules = rules,
            Order = new TargetRules(rules).On(today),
            MaySetRule = TargetWriter.MaySetRule(viewer),
            Limit = indicator.Kind == RollupKind.Measure ? (await session.First<LimitRow>(UpperLimit, new { metric = indicator.MetricId }))?.Highest : null,
            CalculatedAt = (await session.First<CalculatedRow>(Calculated, period))?.At,
        };

        async Task<Scorecard> Card(RollupBy by) =>
            await scorecards.Read(session, viewer, new ScorecardFilter(by, indicator, from, to))
            ?? throw new InvalidOperationException("The company is a place that everybody may look at.");

        TargetBoardRow Row(RollupBy by, TargetSubject subject, ScorecardRow figures)
        {
            var daily = gaps[((int?)subject.Axis ?? 0, subject.Id)].ToDictionary(g => g.Day);
            // With its target the gap is the score: of others it is shown of the days that the scorecard shows.
            var shown = figures.Trend.Where(p => p.Value is not null && p.Bucket.To == p.Bucket.From.AddDays(1)).Select(p => p.Bucket.From).ToHashSet();
            return new TargetBoardRow
            {
                By = by, Subject = subject, Figures = figures, SideBySide = resolver.SideBySide(subject, measure, today),
                Own = targets.Where(t => t.Subject == subject && t.Measure == measure).GroupBy(t => t.Source).ToDictionary(g => g.Key, g => g.MaxBy(t => t.Id)!),
                Next = targets.LastOrDefault(t => t.Subject == subject && t.Measure == measure && t.FromDay > today),
                Gaps = [.. Enumerable.Range(0, days).Select(i => daily.GetValueOrDefault(from.AddDays(i))).Select(g => g is not null && (figures.MayOpen || shown.Contains(g.Day)) ? g.Gap : (double?)null)],
                MaySet = TargetWriter.MaySet(viewer, subject, units),
                // What is usual is worked out from single days.
                Usual = (figures.MayOpen || indicator.Kind == RollupKind.Measure) && BaselineSubject.Of(by, indicator.Kind, indicator.MetricId, subject.Id) is { } whose ? baselines?.GetValueOrDefault(whose) : null,
                MayFreeze = BaselineWriter.MayFreeze(viewer, by, subject.Id, units),
            };
        }
    }

    private sealed record CalculatedRow
    {
        public required DateTimeOffset? At { get; init; }
    }

    private sealed record LimitRow
    {
        public required double? Highest { get; init; }
    }

    private sealed record GapRow
    {
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required DateOnly Day { get; init; }
        public required long N { get; init; }
        public required double Gap { get; init; }
    }
}
