using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Walls;

internal sealed partial class WallFigures
{
    /// <summary>
    /// The score of a tile's subject, as a row among its siblings, so that it is withheld where their table withholds it. Null
    /// where nothing was ever answered about it.
    /// </summary>
    private async Task<LiveFigureRow?> Row(WallTileSpec spec, LivePeriod period)
    {
        var (by, of, id) = _names.Siblings(spec, units);
        if (id is null) return null;
        if (by == RollupBy.Agent && !sums.ScoresAgents) return null;
        var rows = await _figures.Rows(by, of, spec.Metric, period, key => key == id);
        var own = rows.FirstOrDefault(r => r.Card.KeyId == id);
        return by == RollupBy.Agent && own is not null ? WithTeam(own, rows) : own;
    }

    // The chart reads more days than the row, and the row finds its own in them.
    private async Task<(LiveFigureRow? Row, FigureVerdict Verdict, LiveChart? Chart)> Judged(WallTileSpec spec, LivePeriod period)
    {
        var (by, of, id) = _names.Siblings(spec, units);
        var chart = id is null || (by == RollupBy.Agent && !sums.ScoresAgents) ? null : await _verdicts.Chart(by, of, RollupKind.Score, (int)spec.Metric, id.Value);
        var row = await Row(spec, period);
        return (row, await _verdicts.Of(row, by, of, spec.Metric, spec.Window, chart, withSince: !IsHeld(spec)), chart);
    }

    private Task<LiveChart?> Chart(WallTileSpec spec, LiveMeasure measure) => measure.N == 0 ? Task.FromResult<LiveChart?>(null)
        : _verdicts.Chart(RollupBy.Company, SubjectOf(spec), RollupKind.Measure, measure.Id, units.Company.Id);

    // An agent's team has a total too, from which their colleagues' figures must not be worked out.
    private LiveFigureRow WithTeam(LiveFigureRow own, IReadOnlyList<LiveFigureRow> rows)
    {
        var team = TeamOf(own);
        var colleagues = rows.Where(r => TeamOf(r) == team).ToList();
        var withheld = Suppression.Withheld([.. colleagues.Select(r => (r.Sums.Now.N, r.Sums.MayOpen))], minimumN)[colleagues.IndexOf(own)];
        return !withheld ? own : own with { Score = own.Score with { Withheld = true, Score = null, Low = null, High = null, Target = null, Gap = null } };
    }

    private static int? TeamOf(LiveFigureRow row) => row.Days.Count > 0 ? row.Days[^1].TeamId : null;

    private LiveScore Nothing(WallTileSpec spec) => new()
    {
        N = 0, Score = null, Low = null, High = null, Target = null, Gap = null, Standing = Standing.Unknown, Withheld = false,
        Trend = [.. Period(spec).TrendDays.Select(_ => (double?)null)], NewestAt = null,
    };

    private BoardSubject SubjectOf(WallTileSpec spec) => _names.Of(spec, units);
}
