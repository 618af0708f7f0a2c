using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Curves;

/// <summary>
/// The answers that came with a measurement, gathered by round values of the measure: sums and counts, however many there
/// are. They are figures of single answers, so they are given over the answers that the viewer may open, and no others.
/// </summary>
public static class CurveQuery
{
    private const int Sampled = 2000;

    // The newest values tell how wide a bin is worth it; a wrong guess costs fineness, no truth.
    private static readonly StatementFamily<Shape> Sample = new(Shape.Samples, (d, s) => $"""
        SELECT m.Value FROM Measurements m
        WHERE {s.Where}
        ORDER BY m.MeasuredAt DESC
        {d.Limit("@count")}
        """);

    private static readonly StatementFamily<Shape> Bins = new(Shape.All, (_, s) => $"""
        SELECT COUNT(*) AS {nameof(BinRow.N)}, SUM(m.Value) AS {nameof(BinRow.SumX)}, SUM({s.Value}) AS {nameof(BinRow.Sum)}, SUM({s.Value} * {s.Value}) AS {nameof(BinRow.SumSq)},
               SUM(CASE WHEN {s.Low} THEN 1 ELSE 0 END) AS {nameof(BinRow.Low)}
        FROM Measurements m
        JOIN Answers a ON a.Id = m.AnswerId
        WHERE {s.Where} AND {s.Scored}
        GROUP BY CAST(m.Value / @width AS bigint)
        """);

    private static readonly Statement Limit = new("SELECT UpperLimit FROM Measures WHERE Id = @id");

    /// <summary>The curve, or why there is none.</summary>
    /// <param name="limit">A limit to try beside the usual ones, in the unit of the measure.</param>
    public static async Task<CurveReading> Read(Session session, Viewer viewer, CurveFilter filter, double? limit = null)
    {
        var sample = RowPolicy.Parameters(viewer, filter.Values(Sampled, 0));
        var values = (await session.Query<double>(Sample[filter.Shape(viewer.Reach, null)], sample)).Order().ToList();
        var spread = values.Count < 8 ? 0 : values[values.Count * 3 / 4] - values[values.Count / 4];
        if (spread <= 0 && values.Count > 0) spread = values[^1] - values[0];
        var width = CurveLimits.Width(spread, filter.Measure.Unit);

        var parameters = RowPolicy.Parameters(viewer, filter.Values(0, width));
        var rows = await session.Query<BinRow>(Bins[filter.Shape(viewer.Reach, filter.Outcome)], parameters);
        var points = rows.Select(r => new CurvePoint(r.N, r.SumX, r.Sum, r.SumSq, r.Low)).OrderBy(p => p.X).ToList();
        var agreed = await session.First<double?>(Limit, new { id = filter.Measure.MetricId });
        IReadOnlyList<double> Limits(IReadOnlyList<CurvePoint> of) =>
            [.. CurveLimits.Of(of, filter.Measure.Unit).Concat(((double?[])[agreed, limit]).OfType<double>()).Distinct().Order()];
        return new CurveReading(CurveFitter.Fit(points, !filter.Measure.IsHigherBetter, Limits), agreed, width);
    }

    internal sealed record Shape(Reach Reach, string? Outcome, UnitKind Place, bool OfProduct, bool OfChannel)
    {
        public static readonly IEnumerable<Shape> All =
            from reach in RowPolicy.Reaches
            from outcome in CurveFilter.Outcomes
            from place in Enum.GetValues<UnitKind>()
            from ofProduct in (bool[])[false, true]
            from ofChannel in (bool[])[false, true]
            select new Shape(reach, outcome.Code, place, ofProduct, ofChannel);

        public static readonly IEnumerable<Shape> Samples = [.. All.Select(s => s with { Outcome = null }).Distinct()];

        public string Where => $"""
            m.MeasureId = @measure AND m.MeasuredAt >= @from AND m.MeasuredAt < @to AND m.AnswerId IS NOT NULL AND {Place switch
            {
                UnitKind.Company => "1 = 1",
                UnitKind.Region => "+m.RegionId = @place",
                UnitKind.Team => "+m.TeamId = @place",
            }}{(OfProduct ? " AND +m.ProductId = @product" : "")}{(OfChannel ? " AND +m.ChannelId = @channel" : "")} AND {RowPolicy.Answers(Reach, "m")}
            """;

        private Metric Metric => (Metric)CurveFilter.Outcomes.Single(o => o.Code == Outcome).MetricId;

        public string Scored => $"a.{Metric} IS NOT NULL";

        public string Low => Metric switch
        {
            Metric.Csat => "a.Csat <= 2",
            Metric.Nps => "a.Nps <= 6",
            Metric.Ces => "a.Ces <= 3",
        };

        public string Value => CurveFilter.Outcomes.Single(o => o.Code == Outcome).Statistic switch
        {
            IndicatorStatistic.TopTwo => "CASE WHEN a.Csat >= 4 THEN 1.0 ELSE 0.0 END",
            IndicatorStatistic.Nps => "CASE WHEN a.Nps >= 9 THEN 100.0 WHEN a.Nps <= 6 THEN -100.0 ELSE 0.0 END",
            _ => $"CAST(a.{Metric} AS float)",
        };
    }

    private sealed record BinRow
    {
        public required long N { get; init; }
        public required double SumX { get; init; }
        public required double Sum { get; init; }
        public required double SumSq { get; init; }
        public required long Low { get; init; }
    }
}

/// <summary>Which outcome against which measure, and of which contacts.</summary>
/// <param name="Measure">An operational measure.</param>
/// <param name="Outcome">One of <see cref="Outcomes"/>.</param>
/// <param name="From">The first instant counted.</param>
/// <param name="To">The first instant not counted.</param>
public sealed record CurveFilter(Indicator Measure, Indicator Outcome, UnitRow Place, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What answers say of a contact, each better the higher it is.</summary>
    public static readonly IReadOnlyList<Indicator> Outcomes = [Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps, Indicator.Ces];

    public int? ProductId { get; init; }
    public int? ChannelId { get; init; }

    internal CurveQuery.Shape Shape(Reach reach, Indicator? outcome) => new(reach, outcome?.Code, Place.Kind, ProductId is not null, ChannelId is not null);

    internal object Values(int count, double width) =>
        new { measure = Measure.MetricId, from = From, to = To, place = Place.Id, product = ProductId, channel = ChannelId, count, width };
}

/// <param name="Agreed">The limit of the measure that the company keeps, if it has one.</param>
/// <param name="Width">How wide the bins were that answers were gathered in, in the unit of the measure.</param>
public sealed record CurveReading(Curve Curve, double? Agreed, double Width);
