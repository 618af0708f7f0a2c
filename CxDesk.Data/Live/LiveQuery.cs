using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;

namespace CxDesk.Data.Live;

/// <summary>
/// Reads a live board for one scope of viewers, in one transaction: scores, rows, cases, measures and newest low answers
/// belong to the same state of the database. Its SQL is that of <see cref="PresentSums"/>.
/// </summary>
public sealed class LiveQuery(Db db, Company company, ScorecardsOptions scorecards, RollupMemory? memory = null)
{
    public Task<LiveSnapshot> Read(LiveFilter filter, Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var version = await ChangeLogQuery.Version(s);
        return await Read(new PresentSums(s, viewer) { Memory = memory }, version, filter, await UnitTree.Read(s), company, scorecards.MinimumN, atDesk: true);
    }, cancel);

    /// <param name="atDesk">With tiles on top.</param>
    internal static async Task<LiveSnapshot> Read(BoardSums sums, long version, LiveFilter filter, UnitTree units, Company company, int minimumN, bool atDesk = false)
    {
        var (place, missing) = await LivePlace.Find(sums, filter, units);
        var isHeld = place is not null && sums.HoldsToday(place.Unit, units);
        var period = LivePeriod.Of(filter.Window, company, sums.At, isHeld: isHeld);
        // What the filter names and is not there has no answers, and no figure of others stands in for it.
        var of = place?.Subject ?? BoardSubject.Nothing;
        var targets = await sums.Targets(units);
        var figures = new LiveFigures(sums, units, targets, minimumN);
        var scores = await figures.Scores(of, period);
        var rows = await Judged(figures, new LiveVerdicts(sums, company, minimumN), filter, of, period);
        var measures = await LiveMeasuresQuery.Read(sums, of, period);
        var seesRows = place is not null && SeesRows(sums.Viewer, place.Unit, units);
        var desk = Desk(filter, seesRows, measures is [var first, ..] && (first.N > 0 || scores.Ces.N == 0) ? first : null);
        var tiles = atDesk && missing is null ? (await new WallFigures(sums, units, targets, company, minimumN).Pages(desk))[0].Tiles : [];
        var newest = await sums.NewestAnswer();
        return new LiveSnapshot
        {
            Version = version,
            AsOf = sums.At,
            NewestAt = new[] { scores.Csat.NewestAt, scores.Nps.NewestAt, scores.Ces.NewestAt }.Max(),
            Window = filter.WindowCode,
            By = filter.ByCode,
            Unit = filter.Unit,
            Product = filter.Product,
            Scores = new LiveScores(Judged(scores, tiles, Metric.Csat), Judged(scores, tiles, Metric.Nps), Judged(scores, tiles, Metric.Ces)),
            Rows = [.. rows.OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Key, StringComparer.Ordinal)],
            Cases = await sums.Cases(of, BusinessCalendar.Standard(company.Zone.Id)),
            Measures = measures,
            Newest = await sums.Newest(new LiveNewestFilter(LowOnly: true, of)),
            LastAnswerAt = newest?.At,
            Place = place?.Name(sums.Viewer, units) ?? "",
            Answers = place?.Answers(period, company),
            Missing = missing,
            Tiles = tiles,
            SeesRows = seesRows,
            IsHeld = isHeld,
            LastDay = period.To.AddDays(-1),
            Silence = newest?.Silence ?? TimeSpan.Zero,
        };
    }

    // The rows have the colours that their own tiles would have.
    private static async Task<IReadOnlyList<LiveRow>> Judged(LiveFigures figures, LiveVerdicts verdicts, LiveFilter filter, BoardSubject of, LivePeriod period)
    {
        List<LiveRow> rows = [];
        foreach (var row in await figures.Rows(filter.RollupBy, of, Metric.Csat, period))
        {
            var chart = row.Score.Withheld ? null : await verdicts.Chart(filter.RollupBy, of, RollupKind.Score, (int)Metric.Csat, row.Card.KeyId);
            var (standing, reason) = await verdicts.Of(row, filter.RollupBy, of, Metric.Csat, filter.Window, chart, withSince: false);
            rows.Add(row.Score with { Standing = standing, Reason = reason });
        }
        return rows;
    }

    private static LiveScore Judged(LiveScores scores, IEnumerable<WallFigure> tiles, Metric metric) =>
        tiles.OfType<ScoreFigure>().FirstOrDefault(tile => tile.Spec.Metric == metric) is { } tile
            ? scores.Of(metric) with { Standing = tile.Standing, Reason = tile.Reason } : scores.Of(metric);

    // Of a unit outside one's own place there are figures, but no rows: no cases there is not the same as none to be seen.
    private static bool SeesRows(Viewer viewer, UnitRow unit, UnitTree units) =>
        unit.Kind == UnitKind.Company || viewer.Reach is not Reach.Units || ScorecardQuery.MayOpen(viewer, RollupBy.Company, unit, units);

    // What stands on top of the board, as a wall would show it. A desk has room for four: the effort goes where nothing is measured.
    private static WallDocument Desk(LiveFilter filter, bool seesRows, LiveMeasure? measure)
    {
        WallTileSpec Of(WallTileKind kind) => new() { Kind = kind, Unit = filter.Unit, Product = filter.Product, Window = filter.Window };
        IEnumerable<WallTileSpec> cases = seesRows ? [Of(WallTileKind.Cases)] : [], measured = measure is null ? [] : [Of(WallTileKind.Measure) with { Measure = measure.Key }];
        return new WallDocument
        {
            Pages = [new WallPage { Tiles =
            [
                Of(WallTileKind.Score), Of(WallTileKind.Score) with { Metric = Metric.Nps }, .. cases, .. measured, Of(WallTileKind.Score) with { Metric = Metric.Ces },
            ] }],
        };
    }
}
