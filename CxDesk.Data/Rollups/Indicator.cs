namespace CxDesk.Data.Rollups;

/// <summary>How an indicator follows from what was counted.</summary>
public enum IndicatorStatistic
{
    /// <summary>Σx / n.</summary>
    Mean,

    /// <summary>The share of answers that gave one of the two highest values.</summary>
    TopTwo,

    /// <summary>Promoters less detractors, −100…100.</summary>
    Nps,

    /// <summary>The mean of a measure that is a share itself, 0–1.</summary>
    Share,
}

/// <summary>What the values of an indicator are in.</summary>
public enum IndicatorUnit
{
    /// <summary>Points of the scale that was answered on.</summary>
    Scale,

    /// <summary>−100…100.</summary>
    Nps,

    /// <summary>0–1, written in per cent.</summary>
    Share,
    Seconds,
    Number,
}

/// <summary>
/// Which number is meant, wherever more than the three scores can be chosen: a score, the top two of satisfaction, an
/// attribute's mean rating, an operational measure, retention.
/// </summary>
public sealed record Indicator
{
    public required RollupKind Kind { get; init; }

    /// <summary>As in rollups: a <see cref="Metric"/>, attribute or measure.</summary>
    public required int MetricId { get; init; }
    public required IndicatorStatistic Statistic { get; init; }

    /// <summary>As in addresses, files and the API: csat, csat-top2, nps, ces, attribute:courtesy, measure:wait, retention.</summary>
    public required string Code { get; init; }

    /// <summary>As somebody named the attribute or measure; the code of a score.</summary>
    public required string Name { get; init; }
    public required IndicatorUnit Unit { get; init; }

    /// <summary>False where less is better, as of a wait.</summary>
    public required bool IsHigherBetter { get; init; }

    /// <summary>What no value lies under or over; of a duration or number there is no highest.</summary>
    public required double Lowest { get; init; }
    public required double Highest { get; init; }

    public static readonly Indicator Csat = OfScore(Metric.Csat, "csat"), Nps = OfScore(Metric.Nps, "nps"), Ces = OfScore(Metric.Ces, "ces");

    public static readonly Indicator CsatTopTwo = Csat with
    {
        Statistic = IndicatorStatistic.TopTwo, Code = "csat-top2", Name = "csat-top2", Unit = IndicatorUnit.Share, Lowest = 0, Highest = 1,
    };

    /// <summary>The figure that a score is shown as.</summary>
    public static Indicator Of(Metric metric) => metric switch
    {
        Metric.Csat => Csat,
        Metric.Nps => Nps,
        Metric.Ces => Ces,
    };

    /// <summary>The score whose answers it counts; null for a rating or measure.</summary>
    public Metric? Scored => Kind == RollupKind.Score ? (Metric)MetricId : null;

    private static Indicator OfScore(Metric metric, string code) => new()
    {
        Kind = RollupKind.Score, MetricId = (int)metric, Code = code, Name = code, IsHigherBetter = true,
        Statistic = metric == Metric.Nps ? IndicatorStatistic.Nps : IndicatorStatistic.Mean,
        Unit = metric == Metric.Nps ? IndicatorUnit.Nps : IndicatorUnit.Scale,
        Lowest = metric.Bounds().Lowest, Highest = metric.Bounds().Highest,
    };
}
