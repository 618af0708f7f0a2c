using CxDesk.Data.Database;
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
        SELECT r.MetricId, r.Day, r.RegionId, r.TeamId, r.KeyId AS {nameof(CellRow.ProductId)}, r.N
        FROM Rollups r WHERE r.Axis = 3 AND r.Kind = 1 AND r.MetricId IN (1, 2, 3) AND r.Day >= @from AND r.Day < @to
        """);

    private static readonly Statement Keys = new($"""
        SELECT r.MetricId, r.Day, r.RegionId, r.TeamId, r.KeyId AS {nameof(CellRow.ProductId)}, r.N
        FROM Rollups r WHERE r.Axis = @axis AND r.Kind = @kind AND r.MetricId = @metric AND r.Day >= @from AND r.Day < @to
        """);

    private static readonly Statement Total = new($"""
        SELECT r.MetricId, CAST(NULL AS date) AS {nameof(CellRow.Day)}, r.RegionId, r.TeamId, r.KeyId AS {nameof(CellRow.ProductId)}, SUM(r.N) AS {nameof(CellRow.N)}
        FROM Rollups r WHERE r.Axis = 3 AND r.Kind = 1 AND r.MetricId = @metric AND r.Day >= @from AND r.Day < @to
        GROUP BY r.MetricId, r.RegionId, r.TeamId, r.KeyId
        """);

    private static readonly Statement Since = new($"""
        SELECT m.MetricId, CAST(NULL AS date) AS {nameof(CellRow.Day)}, r.RegionId, r.TeamId, r.ProductId,
            COUNT(CASE m.MetricId WHEN 1 THEN r.Csat WHEN 2 THEN r.Nps ELSE r.Ces END) AS {nameof(CellRow.N)}
        FROM (SELECT RegionId, TeamId, ProductId, Csat, Nps, Ces FROM Answers WHERE RespondedAt > @since) r
        CROSS JOIN (SELECT 1 AS MetricId UNION ALL SELECT 2 UNION ALL SELECT 3) m
        GROUP BY m.MetricId, r.RegionId, r.TeamId, r.ProductId
        """);

    private static readonly Statement OfDay = new($"""
        SELECT r.RegionId, r.TeamId, r.KeyId AS {nameof(DayCellRow.ProductId)}, r.N
        FROM Rollups r WHERE r.Axis = 3 AND r.Kind = 1 AND r.MetricId = @metric AND r.Day = @day
        """);

    // What had been received by an instant: rollups know only what has been received since.
    private static readonly Statement SinceThen = new($"""
        SELECT m.MetricId, CAST(NULL AS date) AS {nameof(CellRow.Day)}, r.RegionId, r.TeamId, r.ProductId,
            COUNT(CASE m.MetricId WHEN 1 THEN r.Csat WHEN 2 THEN r.Nps ELSE r.Ces END) AS {nameof(CellRow.N)}
        FROM (SELECT RegionId, TeamId, ProductId, Csat, Nps, Ces FROM Answers
              WHERE RespondedAt > @since AND RespondedAt <= @latest AND ReceivedAt <= @at) r
        CROSS JOIN (SELECT 1 AS MetricId UNION ALL SELECT 2 UNION ALL SELECT 3) m
        GROUP BY m.MetricId, r.RegionId, r.TeamId, r.ProductId
        """);

    // What came in later, of days that have any: as many as it takes off.
    private static readonly StatementFamily<Metric> Later = new(Enum.GetValues<Metric>(), (_, metric) => $"""
        SELECT a.RegionId, a.TeamId, a.ProductId, -COUNT(a.{metric}) AS {nameof(DayCellRow.N)}
        FROM Answers a WHERE a.Day IN @days AND a.ReceivedAt > @at
        GROUP BY a.RegionId, a.TeamId, a.ProductId
        """);

    private sealed record DayCellRow
    {
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int ProductId { get; init; }
        public required long N { get; init; }
    }

    private sealed record CellRow
    {
        public required int MetricId { get; init; }
        public required DateOnly? Day { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int ProductId { get; init; }
        public required long N { get; init; }
    }

    /// <summary>The tables of some days, each and together.</summary>
    /// <returns>Null for somebody who may open all that they see.</returns>
    public static async Task<SuppressionTables?> Read(Session session, Viewer viewer, DateOnly from, DateOnly to, int minimumN) =>
        IsWhole(viewer) ? null : Tables(viewer, minimumN, await session.Query<CellRow>(Days, new { from, to }));

    /// <summary>The tables of anything that is counted in some days, with products, channels or segments as their third side.</summary>
    /// <inheritdoc cref="Read(Session, Viewer, DateOnly, DateOnly, int)"/>
    internal static async Task<SuppressionDays?> Tables(
        Session session, Viewer viewer, RollupKind kind, int metric, RollupAxis axis, DateOnly from, DateOnly to, int minimumN) =>
        IsWhole(viewer) ? null : new SuppressionDays(
            (await session.Query<CellRow>(Keys, new { axis = (int)axis, kind = (int)kind, metric, from, to }))
                .OrderBy(r => r.Day).ThenBy(r => r.RegionId).ThenBy(r => r.TeamId).ThenBy(r => r.ProductId)
                .Select(r => (r.Day!.Value, new SuppressionCell(r.RegionId, r.TeamId, r.ProductId, r.N))),
            cell => IsOpen(viewer, cell), minimumN);

    /// <summary>The table of all days together.</summary>
    /// <inheritdoc cref="Read(Session, Viewer, DateOnly, DateOnly, int)"/>
    public static async Task<SuppressionTable?> Read(Session session, Viewer viewer, Metric metric, DateOnly from, DateOnly to, int minimumN) =>
        IsWhole(viewer) ? null : Tables(viewer, minimumN, await session.Query<CellRow>(Total, new { metric = (int)metric, from, to })).Of(metric);

    /// <summary>The tables of what was answered after an instant.</summary>
    /// <inheritdoc cref="Read(Session, Viewer, DateOnly, DateOnly, int)"/>
    public static async Task<SuppressionTables?> Read(Session session, Viewer viewer, DateTimeOffset since, int minimumN) =>
        IsWhole(viewer) ? null : Tables(viewer, minimumN, await session.Query<CellRow>(Since, new { since }));

    /// <summary>The table of what was answered after an instant, and had been received by another, towards a display.</summary>
    internal static async Task<SuppressionTable> ForDisplayAt(Session session, Metric metric, DateTimeOffset since, DateTimeOffset at, DateTimeOffset latest, int minimumN) =>
        Tables(Display, minimumN, await session.Query<CellRow>(SinceThen, new { since, at, latest })).Of(metric);

    /// <summary>The table of all days together, towards a display, which may open nothing.</summary>
    /// <param name="late">Days of which something was received after <paramref name="at"/>, which is not to count.</param>
    /// <param name="memory">Days before the last are counted again only when they were written to.</param>
    internal static async Task<SuppressionTable> ForDisplay(
        Session session, Metric metric, DateOnly from, DateOnly to, int minimumN, RollupMemory? memory, IReadOnlyCollection<DateOnly> late, DateTimeOffset at)
    {
        var last = to.AddDays(-1);
        Task<IReadOnlyList<CellRow>> Earlier() => session.Query<CellRow>(Total, new { metric = (int)metric, from, to = last });
        var earlier = from == last ? [] : memory is null ? await Earlier() : await memory.Of(session, $"cells {metric}", from, last, Earlier);
        var newest = await session.Query<DayCellRow>(OfDay, new { metric = (int)metric, day = last });
        var later = late.Count == 0 ? [] : await session.Query<DayCellRow>(Later[metric], new { days = late, at });
        return SuppressionTable.Of(
            earlier.Select(r => new SuppressionCell(r.RegionId, r.TeamId, r.ProductId, r.N)).Concat(newest.Concat(later).Select(r => new SuppressionCell(r.RegionId, r.TeamId, r.ProductId, r.N))),
            _ => false, minimumN);
    }

    private static readonly Viewer Display = new() { Name = "", Role = Role.Wall, Reach = Reach.None };

    private static bool IsOpen(Viewer viewer, SuppressionCell cell) =>
        viewer.Reach == Reach.Units && (viewer.RegionIds.Contains(cell.RegionId) || viewer.TeamIds.Contains(cell.TeamId));

    private static bool IsWhole(Viewer viewer) => RollupSights.Of(viewer, RollupBy.Product) == RollupSight.Units || viewer.Reach == Reach.All;

    // Of equally small figures the first is withheld: in one order, so that it is the same one each time.
    private static SuppressionTables Tables(Viewer viewer, int minimumN, IEnumerable<CellRow> rows) => new(
        rows.OrderBy(r => r.Day).ThenBy(r => r.RegionId).ThenBy(r => r.TeamId).ThenBy(r => r.ProductId).Select(r => ((Metric)r.MetricId, r.Day, new SuppressionCell(r.RegionId, r.TeamId, r.ProductId, r.N))),
        cell => IsOpen(viewer, cell), minimumN);
}

/// <summary>The tables of a period, made as they are asked for.</summary>
public sealed class SuppressionTables(
    IEnumerable<(Metric Metric, DateOnly? Day, SuppressionCell Cell)> cells, Func<SuppressionCell, bool> isOpen, int minimumN)
{
    private readonly ILookup<Metric, (DateOnly? Day, SuppressionCell Cell)> _cells = cells.ToLookup(c => c.Metric, c => (c.Day, c.Cell));
    private readonly Dictionary<(Metric, DateOnly, DateOnly), SuppressionTable> _tables = [];

    /// <summary>All that was read.</summary>
    public SuppressionTable Of(Metric metric) => Of(metric, DateOnly.MinValue, DateOnly.MaxValue);

    /// <param name="to">The day after the last.</param>
    public SuppressionTable Of(Metric metric, DateOnly from, DateOnly to)
    {
        if (_tables.TryGetValue((metric, from, to), out var known)) return known;
        return _tables[(metric, from, to)] = SuppressionTable.Of(_cells[metric].Where(c => c.Day is not { } day || (day >= from && day < to)).Select(c => c.Cell), isOpen, minimumN);
    }
}

/// <summary>The tables of parts of a period, made as they are asked for.</summary>
internal sealed class SuppressionDays(IEnumerable<(DateOnly Day, SuppressionCell Cell)> cells, Func<SuppressionCell, bool> isOpen, int minimumN)
{
    private readonly IReadOnlyList<(DateOnly Day, SuppressionCell Cell)> _cells = [.. cells];
    private readonly Dictionary<(DateOnly, DateOnly), SuppressionTable> _tables = [];

    /// <param name="to">The day after the last.</param>
    public SuppressionTable Of(DateOnly from, DateOnly to)
    {
        if (_tables.TryGetValue((from, to), out var known)) return known;
        return _tables[(from, to)] = SuppressionTable.Of(_cells.Where(c => c.Day >= from && c.Day < to).Select(c => c.Cell), isOpen, minimumN);
    }
}
