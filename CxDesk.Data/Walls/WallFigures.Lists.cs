using CxDesk.Data.Live;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Walls;

internal sealed partial class WallFigures
{
    private const int MostRows = 5;

    private async Task<WallFigure> Trend(WallTileSpec spec, string key)
    {
        // However short the window, a chart takes a month to be read.
        var period = Period(spec);
        period = period with { TrendFrom = period.To.AddDays(-LiveVerdicts.ChartDays) };
        var measure = spec.Measure is null ? null : (await LiveMeasuresQuery.Read(sums, SubjectOf(spec), period)).FirstOrDefault(m => m.Key == spec.Measure);
        var (row, verdict, chart) = spec.Measure is null ? await Judged(spec, period)
            : measure is not null && await Chart(spec, measure) is var own ? (null, await _verdicts.Of(measure, SubjectOf(spec), spec.Window, own), own)
            : (null, new FigureVerdict(Standing.Unknown, FigureReason.NoAnswers), null);
        var counts = (row?.Days ?? (measure is null ? [] : await sums.ByDay(
            new RollupFilter(RollupBy.Company, RollupKind.Measure, [measure.Id], period.TrendFrom, period.To).Of(SubjectOf(spec))))).ToLookup(d => d.Day);
        var values = row?.Score.Trend ?? measure?.Trend ?? [.. period.TrendDays.Select(_ => (double?)null)];
        var special = chart?.Points.Where(p => p.Rule != XmrRule.None).Select(p => p.Day.Day).ToHashSet();
        var points = period.TrendDays
            .Select((day, i) => new TrendPoint(day, counts[day].Sum(d => d.N), values[i], values[i] is not null && special?.Contains(day) == true)).ToList();
        return new TrendFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Points = points, Limits = chart is null ? null : Limits(chart.Baseline, spec), Target = row?.Score.Target ?? measure?.Limit,
            Measure = measure?.Name, Unit = measure?.Unit,
            Now = row is not null ? new Score(row.Score.N, row.Score.Score, row.Score.Low, row.Score.High) : new Score(measure?.N ?? 0, measure?.Value, null, null),
            NewestAt = row?.Score.NewestAt ?? measure?.NewestAt, Standing = verdict.Standing, Reason = verdict.Reason, Since = verdict.Since,
        };
    }

    // What no answer can reach is no limit.
    private static TrendLimits Limits(XmrBaseline baseline, WallTileSpec spec)
    {
        var (lowest, highest) = spec.Measure is null ? spec.Metric.Bounds() : (0, double.PositiveInfinity);
        return new TrendLimits(baseline.Centre, Math.Max(lowest, baseline.Lower), Math.Min(highest, baseline.Upper), baseline.From, baseline.To.AddDays(-1));
    }

    // An hour has no days before it to be compared with.
    private async Task<WallFigure> Movers(WallTileSpec spec, string key)
    {
        spec = spec.Window == LiveWindow.Hour ? spec with { Window = LiveWindow.Today } : spec;
        var rows = await Breakdown(spec, Period(spec, withBefore: true));
        var movers = Rollups.Movers.Order(rows.Where(r => r.Card.Change is not null)
            .Select(r => (r.Card, ScoreStatistics.Compare(spec.Metric, r.Sums.Now.Counts, r.Sums.Before.Counts, minimumN)))).Take(MostRows);
        return new MoversFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Rows = [.. movers.Select(m => new MoverRow(m.Key.Key, m.Key.Name, m.Key.N, m.Key.Score, m.Key.Change, m.Change.Verdict))],
            NewestAt = rows.Max(r => r.Score.NewestAt), Standing = Standing.Unknown, Reason = ReasonOf(rows),
        };
    }

    private async Task<WallFigure> Leaders(WallTileSpec spec, string key)
    {
        var rows = await Breakdown(spec, Period(spec));
        var shown = rows.Where(r => r.Card is { Withheld: false, IsTooFew: false, IsNoTeam: false, Score: not null });
        var ranked = RankRanges.Of(spec.Metric, shown.Select(r => (r.Card, r.Sums.Now.Counts)), minimumN);
        return new LeadersFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence, Ranked = ranked.Count,
            Rows = [.. ranked.Take(MostRows).Select(r => new LeaderRow(r.Key.Key, r.Key.Name, r.Key.N, r.Key.Score, r.Key.Low, r.Key.High, r.BestRank, r.WorstRank))],
            NewestAt = rows.Max(r => r.Score.NewestAt), Standing = Standing.Unknown, Reason = ReasonOf(rows),
        };
    }

    // Lists show neither targets nor trends.
    private async Task<IReadOnlyList<LiveFigureRow>> Breakdown(WallTileSpec spec, LivePeriod period) =>
        spec.By == RollupBy.Agent && !sums.ScoresAgents ? [] : await _figures.Rows(spec.By, SubjectOf(spec), spec.Metric, period, _ => false);

    private static FigureReason ReasonOf(IReadOnlyList<LiveFigureRow> rows) =>
        rows.All(r => r.Score.N == 0) ? FigureReason.NoAnswers : rows.All(r => r.Score.Score is null) ? FigureReason.TooFew : FigureReason.None;
}
