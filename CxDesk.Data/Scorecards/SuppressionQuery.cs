using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// How many answers there are of each team about each product, whoever asks: what is withheld from them depends on those
/// that they do not see. No figure comes of it.
/// </summary>
public static class SuppressionQuery
{
    private static readonly Statement Days = new($"""
        SELECT r.Day, r.RegionId, r.TeamId, r.KeyId AS {nameof(DayCellRow.ProductId)}, r.N
        FROM Rollups r WHERE r.Axis = @axis AND r.Kind = @kind AND r.MetricId = @metric AND r.Day >= @from AND r.Day < @to
        ORDER BY r.Day, r.RegionId, r.TeamId, r.KeyId
        """);

    // Of all units together.
    private static readonly Statement KeysOfDays = new($"""
        SELECT r.Day, 0 AS {nameof(DayCellRow.RegionId)}, 0 AS {nameof(DayCellRow.TeamId)}, r.KeyId AS {nameof(DayCellRow.ProductId)}, SUM(r.N) AS {nameof(DayCellRow.N)}
        FROM Rollups r WHERE r.Axis = @axis AND r.Kind = @kind AND r.MetricId = @metric AND r.Day >= @from AND r.Day < @to
        GROUP BY r.Day, r.KeyId
        """);

    // Which there are at all.
    private static readonly Statement Kinds = new($"""
        SELECT r.RegionId, r.TeamId, r.KeyId AS {nameof(CellRow.ProductId)}, r.MetricId, SUM(r.N) AS {nameof(CellRow.N)}
        FROM Rollups r WHERE r.Axis = @axis AND r.Kind = @kind AND r.MetricId = @metric AND r.Day >= @from AND r.Day < @to
        GROUP BY r.RegionId, r.TeamId, r.KeyId, r.MetricId
        """);

    private static readonly Statement SinceNow = new($"""
        SELECT m.MetricId, r.RegionId, r.TeamId, r.ProductId,
            COUNT(CASE m.MetricId WHEN 1 THEN r.Csat WHEN 2 THEN r.Nps ELSE r.Ces END) AS {nameof(CellRow.N)}
        FROM (SELECT RegionId, TeamId, ProductId, Csat, Nps, Ces FROM Answers WHERE RespondedAt > @since) r
        CROSS JOIN (SELECT 1 AS MetricId UNION ALL SELECT 2 UNION ALL SELECT 3) m
        GROUP BY m.MetricId, r.RegionId, r.TeamId, r.ProductId
        """);

    // What had been received by an instant: rollups know only what has been received since.
    private static readonly Statement SinceThen = new($"""
        SELECT m.MetricId, r.RegionId, r.TeamId, r.ProductId,
            COUNT(CASE m.MetricId WHEN 1 THEN r.Csat WHEN 2 THEN r.Nps ELSE r.Ces END) AS {nameof(CellRow.N)}
        FROM (SELECT RegionId, TeamId, ProductId, Csat, Nps, Ces FROM Answers
              WHERE RespondedAt > @since AND RespondedAt <= @latest AND ReceivedAt <= @at) r
        CROSS JOIN (SELECT 1 AS MetricId UNION ALL SELECT 2 UNION ALL SELECT 3) m
        GROUP BY m.MetricId, r.RegionId, r.TeamId, r.ProductId
        """);

    // What came in later, of days that have any: as many as it takes off.
    private static readonly StatementFamily<Metric> Later = new(Enum.GetValues<Metric>(), (_, metric) => $"""
        SELECT a.Day, a.RegionId, a.TeamId, a.ProductId, -COUNT(a.{metric}) AS {nameof(DayCellRow.N)}
        FROM Answers a WHERE a.Day IN @days AND a.ReceivedAt > @at
        GROUP BY a.Day, a.RegionId, a.TeamId, a.ProductId
        """);

    private sealed record DayCellRow
    {
        public required DateOnly Day { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int ProductId { get; init; }
        public required long N { get; init; }
    }

    private sealed record CellRow
    {
        public required int MetricId { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int ProductId { get; init; }
        public required long N { get; init; }
    }

    /// <summary>The cuts of all days in the months that some periods touch; what lies between two of them is not read.</summary>
    /// <param name="periods">Each with the day after its last.</param>
    /// <returns>Null for somebody who may open all that they see.</returns>
    internal static async Task<SuppressionStretches?> Read(
        Session session, Viewer viewer, RollupKind kind, int metric, SuppressionLook look, params IEnumerable<(DateOnly From, DateOnly To)> periods)
    {
        if (IsWhole(viewer)) return null;
        var months = new List<(DateOnly, SuppressionCuts)>();
        foreach (var begin in periods.SelectMany(p => SuppressionStretches.Begins(p.From, p.To)).Where(begin => begin <= look.Today.AddDays(1)).Distinct().Order())
            months.Add((begin, await Month(session, viewer, kind, metric, begin, look)));
        return new SuppressionStretches(months);
    }

    private static async Task<SuppressionCuts> Month(Session session, Viewer viewer, RollupKind kind, int metric, DateOnly begin, SuppressionLook look)
    {
        var end = SuppressionStretches.End(begin);
        // The last days are still being written to; all before is kept until one of them is.
        var past = look.Today < begin ? begin : look.Today < end ? look.Today : end;
        var late = look.Late.Where(day => day >= begin && day < past).ToList();
        var earlier = late.Count > 0 ? await Earlier() : await Remembered("cuts", begin, past, Earlier);
        // Until something of the last days is written, a board that is read again finds what it found.
        return past == end ? earlier : look.Past is null ? await Remembered("cuts now", begin, end, Newest) : await Newest();

        // The counts themselves, of a large company millions, are not kept.
        Task<T> Remembered<T>(string what, DateOnly from, DateOnly to, Func<Task<T>> read) where T : class => look.Memory is null ? read()
            : look.Memory.Of(session, $"{what} {viewer.Reach} {string.Join(',', viewer.RegionIds.Order())} {string.Join(',', viewer.TeamIds.Order())} {kind} {metric} {look.MinimumN} {look.OnWall}", from, to, read);

        async Task<SuppressionCuts> Earlier()
        {
            var size = SizeOf(await IsLarge());
            var cells = begin < past ? await Cells(session, kind, metric, AxisOf(size), begin, past) : [];
            return SuppressionStretches.Of(begin, [.. Closed(viewer, await WithoutLater(session, kind, metric, cells, late, look))], past, look.MinimumN, size);
        }

        // How large a company is does not change within a month; null where it had no answers before.
        async Task<bool?> IsLarge() => (await Remembered("size", begin.AddMonths(-1), begin, async () =>
            await session.Query<CellRow>(Kinds, new { axis = (int)RollupAxis.Product, kind = (int)kind, metric, from = begin.AddMonths(-1), to = begin }) is { Count: > 0 } before
                ? new Size(SuppressionStretches.IsLarge(before.Select(Cell).Where(cell => !IsOpen(viewer, cell)))) : new Size(null))).IsLarge;

        // What is on a wall was chosen by who hangs it up; at a desk anything may be asked for.
        SuppressionSize? SizeOf(bool? isLarge) => isLarge switch
        {
            null => null,
            false => SuppressionSize.Whole,
            true => look.OnWall ? SuppressionSize.Margins : SuppressionSize.Units,
        };

        async Task<SuppressionCuts> Newest()
        {
            // A display may open nothing of a large company: what units and products cross in is not asked for.
            var cells = earlier.Size == SuppressionSize.Margins && viewer.Reach == Reach.None && look.Past is null
                ? [.. (await Cells(session, kind, metric, RollupAxis.Team, past, end)).Concat(await session.Query<DayCellRow>(KeysOfDays, new { axis = (int)RollupAxis.Product, kind = (int)kind, metric, from = past, to = end })).OrderBy(r => r.Day)]
                : await Cells(session, kind, metric, AxisOf(earlier.Size), past, end);
            var newest = Closed(viewer, await WithoutLater(session, kind, metric, [.. cells.Where(c => look.Past is null || c.Day <= look.Today)], [.. look.Late.Where(day => day >= past && day <= look.Today)], look)).ToList();
            if (newest.Count == 0) return earlier;
            var cuts = past == begin && await IsLarge() is null ? SuppressionStretches.Of(begin, [], past, look.MinimumN, SizeOf(SuppressionStretches.IsLarge(newest.Select(c => c.Cell)))) : earlier.Fork();
            if (HoldsToday(viewer, look.OnWall)) SuppressionStretches.Hold(cuts, newest);
            else SuppressionStretches.Add(cuts, newest);
            return cuts;
        }
    }

    private sealed record Size(bool? IsLarge);

    private static RollupAxis AxisOf(SuppressionSize? size) => size == SuppressionSize.Units ? RollupAxis.Team : RollupAxis.Product;

    private static Task<IReadOnlyList<DayCellRow>> Cells(Session session, RollupKind kind, int metric, RollupAxis axis, DateOnly from, DateOnly to) =>
        session.Query<DayCellRow>(Days, new { axis = (int)axis, kind = (int)kind, metric, from, to });

    private static async Task<IReadOnlyList<DayCellRow>> WithoutLater(Session session, RollupKind kind, int metric, IReadOnlyList<DayCellRow> cells, IReadOnlyCollection<DateOnly> late, SuppressionLook look)
    {
        if (late.Count == 0 || kind != RollupKind.Score) return cells;
        var later = await session.Query<DayCellRow>(Later[(Metric)metric], new { days = late, at = look.Past });
        return [.. Summed(cells.Concat(later)).OrderBy(r => r.Day).ThenBy(r => r.RegionId).ThenBy(r => r.TeamId).ThenBy(r => r.ProductId)];
    }

    private static IEnumerable<DayCellRow> Summed(IEnumerable<DayCellRow> cells) =>
        cells.GroupBy(r => (r.Day, r.RegionId, r.TeamId, r.ProductId)).Select(g => g.First() with { N = g.Sum(r => r.N) }).Where(r => r.N > 0);

    private static IEnumerable<(DateOnly Day, SuppressionCell Cell)> Closed(Viewer viewer, IEnumerable<DayCellRow> rows) =>
        rows.Select(r => (r.Day, new SuppressionCell(r.RegionId, r.TeamId, r.ProductId, r.N))).Where(c => !IsOpen(viewer, c.Item2));

    /// <summary>
    /// Whether nothing of today is shown outside the viewer's place until it is over: it grows by single answers, and who
    /// watches n go from 17 to 18 could tell the one. A wall shows single comments and cases anyway, and an agent's team has one.
    /// </summary>
    internal static bool HoldsToday(Viewer viewer, bool onWall = false) => viewer.Reach == Reach.Units && !onWall && !IsWhole(viewer);

    /// <summary>Up to when figures of a place are given: of days that are over, where today would be held.</summary>
    /// <param name="to">The day after the last that is asked for.</param>
    internal static DateOnly Until(Viewer viewer, UnitRow place, UnitTree units, DateOnly from, DateOnly to, DateOnly today) =>
        HoldsToday(viewer) && from < today && today < to && !ScorecardQuery.Inside(viewer, place, units) ? today : to;

    /// <summary>The tables of what was answered after an instant, metric by metric.</summary>
    /// <returns>Null for somebody who may open all that they see.</returns>
    internal static async Task<ILookup<Metric, SuppressionCell>?> Since(Session session, Viewer viewer, DateTimeOffset since, PastInstant? past) =>
        IsWhole(viewer) ? null
        : (past is null ? await session.Query<CellRow>(SinceNow, new { since }) : await session.Query<CellRow>(SinceThen, new { since, at = past.At, latest = past.Latest }))
            .OrderBy(r => r.RegionId).ThenBy(r => r.TeamId).ThenBy(r => r.ProductId)
            .Select(r => ((Metric)r.MetricId, Cell: Cell(r)))
            .Where(r => !IsOpen(viewer, r.Cell)).ToLookup(r => r.Item1, r => r.Cell);

    private static SuppressionCell Cell(CellRow row) => new(row.RegionId, row.TeamId, row.ProductId, row.N);

    private static bool IsOpen(Viewer viewer, SuppressionCell cell) =>
        viewer.Reach == Reach.Units && (viewer.RegionIds.Contains(cell.RegionId) || viewer.TeamIds.Contains(cell.TeamId));

    private static bool IsWhole(Viewer viewer) => RollupSights.Of(viewer, RollupBy.Product) == RollupSight.Units || viewer.Reach == Reach.All;
}

/// <summary>From when, and how, it is judged what is withheld.</summary>
/// <param name="Today">Days before it are over.</param>
internal sealed record SuppressionLook(DateOnly Today, int MinimumN, RollupMemory? Memory)
{
    /// <summary>The moment that is looked back on; null: it is now.</summary>
    public DateTimeOffset? Past { get; init; }

    /// <summary>Days of which something was received after that moment, which is not to count.</summary>
    public IReadOnlyCollection<DateOnly> Late { get; init; } = [];

    /// <summary>For a wall, on which products stand beside units, and today is shown while it grows.</summary>
    public bool OnWall { get; init; }
}
