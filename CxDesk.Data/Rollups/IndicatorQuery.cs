using CxDesk.Data.Database;

namespace CxDesk.Data.Rollups;

/// <summary>Every indicator that can be chosen: the scores, and what attributes and measures there are. They are names, not answers: everybody who is signed in may read them.</summary>
public static class IndicatorQuery
{
    /// <summary>The measure that tells who stayed; its indicator is called so without "measure:".</summary>
    public const string Retention = "retention";

    private static readonly Statement Attributes = new("SELECT Id, Code, Name, Minimum, Maximum FROM Attributes ORDER BY Code");

    private static readonly Statement Measures = new("SELECT Id, Code, Name, Unit, IsHigherBetter FROM Measures ORDER BY Code");

    public static async Task<IndicatorBook> Read(Session session) => new(
    [
        Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps, Indicator.Ces,
        .. (await session.Query<AttributeRow>(Attributes)).Select(Of),
        .. (await session.Query<MeasureRow>(Measures)).Select(Of),
    ]);

    private static Indicator Of(AttributeRow row) => new()
    {
        Kind = RollupKind.Rating, MetricId = row.Id, Statistic = IndicatorStatistic.Mean, Code = $"attribute:{row.Code}", Name = row.Name,
        Unit = IndicatorUnit.Scale, IsHigherBetter = true, Lowest = row.Minimum, Highest = row.Maximum,
    };

    private static Indicator Of(MeasureRow row) => new()
    {
        Kind = RollupKind.Measure, MetricId = row.Id, Code = row.Code == Retention ? Retention : $"measure:{row.Code}", Name = row.Name,
        Statistic = row.Unit == MeasureUnit.Share ? IndicatorStatistic.Share : IndicatorStatistic.Mean,
        Unit = row.Unit switch
        {
            MeasureUnit.Number => IndicatorUnit.Number,
            MeasureUnit.Seconds => IndicatorUnit.Seconds,
            MeasureUnit.Share => IndicatorUnit.Share,
        },
        IsHigherBetter = row.IsHigherBetter, Lowest = row.Unit == MeasureUnit.Number ? double.NegativeInfinity : 0,
        Highest = row.Unit == MeasureUnit.Share ? 1 : double.PositiveInfinity,
    };

    private sealed record AttributeRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required double Minimum { get; init; }
        public required double Maximum { get; init; }
    }

    private sealed record MeasureRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required MeasureUnit Unit { get; init; }
        public required bool IsHigherBetter { get; init; }
    }
}

/// <summary>The indicators there are, by code and by what they count.</summary>
public sealed class IndicatorBook(IReadOnlyList<Indicator> all)
{
    private readonly Dictionary<string, Indicator> _byCode = all.ToDictionary(i => i.Code, StringComparer.Ordinal);

    /// <summary>Scores first, then attributes, then measures.</summary>
    public IReadOnlyList<Indicator> All => all;

    /// <summary>Null where no indicator has this code.</summary>
    public Indicator? Find(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);

    public Indicator? Of(RollupKind kind, int metricId, IndicatorStatistic statistic) =>
        all.FirstOrDefault(i => i.Kind == kind && i.MetricId == metricId && i.Statistic == statistic);
}
