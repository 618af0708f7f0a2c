using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Live;

/// <summary>Operational measures of a board: the mean in the window against its limit.</summary>
public static class LiveMeasuresQuery
{
    // Those with a limit first: they are watched. What nobody ever measured has no place on a board.
    private static readonly Statement Measures = new("""
        SELECT Id, Code, Name, Unit, UpperLimit FROM Measures m
        WHERE EXISTS (SELECT 1 FROM Rollups r WHERE r.Axis = 1 AND r.Kind = 3 AND r.MetricId = m.Id)
        ORDER BY CASE WHEN UpperLimit IS NULL THEN 1 ELSE 0 END, Code
        """);

    private static readonly Statement MeasuredByThen = new("""
        SELECT Id, Code, Name, Unit, UpperLimit FROM Measures m
        WHERE EXISTS (SELECT 1 FROM Measurements x WHERE x.MeasureId = m.Id AND x.MeasuredAt <= @latest AND x.ReceivedAt <= @at)
        ORDER BY CASE WHEN UpperLimit IS NULL THEN 1 ELSE 0 END, Code
        """);

    private static readonly Statement Name = new("SELECT Name FROM Measures WHERE Code = @code");

    private sealed record MeasureRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required MeasureUnit Unit { get; init; }
        public required double? UpperLimit { get; init; }
    }

    /// <summary>A measure that was never taken.</summary>
    internal static async Task<LiveMeasure> None(BoardSums sums, string? code, LivePeriod period)
    {
        var name = await sums.Session.First<string>(Name, new { code });
        return new LiveMeasure
        {
            Key = code ?? "", Name = name ?? code ?? "", N = 0, Value = null, Unit = MeasureUnit.Number, Limit = null, Standing = Standing.Unknown,
            Trend = [.. period.TrendDays.Select(_ => (double?)null)], NewestAt = null,
        };
    }

    internal static async Task<IReadOnlyList<LiveMeasure>> Read(BoardSums sums, BoardSubject of, LivePeriod period)
    {
        var measures = await sums.Once(nameof(Measures), () => sums.Past is { } past
            ? sums.Session.Query<MeasureRow>(MeasuredByThen, new { at = past.At, latest = past.Latest })
            : sums.Session.Query<MeasureRow>(Measures));
        if (measures.Count == 0) return [];
        int[] ids = [.. measures.Select(m => m.Id)];
        var days = (await sums.ByDay(new RollupFilter(RollupBy.Company, RollupKind.Measure, ids, period.TrendFrom, period.To).Of(of)))
            .ToLookup(r => r.MetricId);
        var hour = period.Since is { } since
            ? (await sums.MeasuresSince(ids, of, since)).ToDictionary(r => r.MeasureId)
            : null;

        return [.. measures.Select(m =>
        {
            var own = days[m.Id].ToList();
            var counted = own.Where(r => r.Day >= period.From).ToList();
            var (window, newest) = hour is null
                ? (new MeasureSums(m.Unit, counted.Sum(r => r.N), counted.Sum(r => r.SumX), counted.Sum(r => r.SumXX)), counted.Max(r => (DateTimeOffset?)r.NewestAt))
                : hour.GetValueOrDefault(m.Id) is { } last ? (new MeasureSums(m.Unit, last.N, last.SumX, last.SumXX), last.NewestAt) : (default, null);
            return new LiveMeasure
            {
                Id = m.Id,
                Sums = window,
                Key = m.Code,
                Name = m.Name,
                N = window.N,
                Value = window.N == 0 ? null : window.Mean,
                Unit = m.Unit,
                Limit = m.UpperLimit,
                Standing = FigureVerdict.OfMeasure(window, m.UpperLimit, hour is null ? Certainty.Days : Certainty.Hour).Standing,
                Trend = period.Trend(own, r => r.Day, found => found.Sum(r => r.SumX) / found.Sum(r => r.N)),
                NewestAt = newest,
            };
        })];
    }
}
