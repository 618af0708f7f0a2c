using CxDesk.Data.Live;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Walls;

internal sealed partial class WallFigures
{
    private const int MostRows = 5;

    private async Task<WallFigure> Trend(WallTileSpec spec, string key)
    {
        var period = Period(spec);
        var row = spec.Measure is null ? await Row(spec, period) : null;
        var measure = spec.Measure is null ? null : (await LiveMeasuresQuery.Read(sums, SubjectOf(spec), period)).FirstOrDefault(m => m.Key == spec.Measure);
        var counts = row?.Days.ToLookup(d => d.Day);
        var values = row?.Score.Trend ?? measure?.Trend ?? [.. period.TrendDays.Select(_ => (double?)null)];
        var points = period.TrendDays.Select((day, i) => new TrendPoint(day, counts?[day].Sum(d => d.N) ?? 0, values[i], false)).ToList();
        var (standing, reason) = measure is null ? Judge(row) : (measure.Standing, FigureReason.None);
        return new TrendFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Points = points, Limits = null, Target = row?.Score.Target ?? measure?.Limit, Unit = measure?.Unit,
            NewestAt = row?.Score.NewestAt ?? measure?.NewestAt, Standing = standing, Reason = reason,
        };
    }

    // An hour has no days before it to be compared with.
    private async Task<WallFigure> Movers(WallTileSpec spec, string key)
    {
        spec = spec.Window == LiveWindow.Hour ? spec with { Window = LiveWindow.Today } : spec;
        var rows = await Breakdown(spec, Period(spec, withBefore: true));
        var movers = rows.Where(r => r.Card.Change is not null)
            .OrderBy(r => r.Card.Verdict is Verdict.Better or Verdict.Worse ? 0 : 1).ThenByDescending(r => Math.Abs(r.Card.Change!.Value)).Take(MostRows);
        return new MoversFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence,
            Rows = [.. movers.Select(r => new MoverRow(r.Card.Key, r.Card.Name, r.Card.N, r.Card.Score, r.Card.Change, r.Card.Verdict))],
            NewestAt = rows.Max(r => r.Score.NewestAt), Standing = Standing.Unknown, Reason = ReasonOf(rows),
        };
    }

    private async Task<WallFigure> Leaders(WallTileSpec spec, string key)
    {
        var rows = await Breakdown(spec, Period(spec));
        var ranked = rows.Where(r => r.Card is { Withheld: false, IsTooFew: false, Score: not null }).OrderByDescending(r => r.Card.Score).ToList();
        return new LeadersFigure
        {
            Key = key, Subject = _names.Subject(spec, units), Window = spec.Window.Code(), Spec = spec, Silence = _silence, Ranked = ranked.Count,
            Rows = [.. ranked.Take(MostRows).Select((r, i) => new LeaderRow(r.Card.Key, r.Card.Name, r.Card.N, r.Card.Score, r.Card.Low, r.Card.High, i + 1, i + 1))],
            NewestAt = rows.Max(r => r.Score.NewestAt), Standing = Standing.Unknown, Reason = ReasonOf(rows),
        };
    }

    private async Task<IReadOnlyList<LiveFigureRow>> Breakdown(WallTileSpec spec, LivePeriod period) =>
        spec.By == RollupBy.Agent && !sums.ScoresAgents ? [] : await _figures.Rows(spec.By, SubjectOf(spec), spec.Metric, period);

    private static FigureReason ReasonOf(IReadOnlyList<LiveFigureRow> rows) =>
        rows.All(r => r.Score.N == 0) ? FigureReason.NoAnswers : rows.All(r => r.Score.Score is null) ? FigureReason.TooFew : FigureReason.None;
}
