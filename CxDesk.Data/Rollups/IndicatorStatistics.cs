using MathNet.Numerics.Distributions;

namespace CxDesk.Data.Rollups;

/// <summary>Values, 95 % intervals and verdicts of any indicator; of a score the same as <see cref="ScoreStatistics"/> gives. Pure.</summary>
public static class IndicatorStatistics
{
    /// <summary>
    /// The value with its interval, in the indicator's unit: means by t, shares by Wilson, NPS by adjusted Wald. A
    /// measurement that is the mean of several observations hides how they varied, so the interval of such a measure is
    /// narrower than it ought to be.
    /// </summary>
    public static Score Of(Indicator indicator, in IndicatorSums sums) => indicator.Statistic switch
    {
        IndicatorStatistic.Nps => ScoreStatistics.Nps(sums.Counts),
        IndicatorStatistic.TopTwo => ScoreStatistics.Share(TopTwo(sums), sums.N),
        IndicatorStatistic.Share => ScoreStatistics.Share(Math.Clamp(sums.Sum, 0, sums.N), sums.N),
        IndicatorStatistic.Mean => indicator.Kind == RollupKind.Score ? ScoreStatistics.Mean(sums.Counts) : Mean(sums),
    };

    /// <summary>
    /// Whether it moved between two periods, at the 5 % level: means by Welch's t and NPS by z, as
    /// <see cref="ScoreStatistics.Compare"/>; shares by the z test of two proportions with the pooled share p,
    /// z = (p₁ − p₂)/√(p(1 − p)(1/n₁ + 1/n₂)). The verdict says better or worse, the difference is now less before.
    /// </summary>
    /// <remarks>Pearson, "On the criterion …", Philosophical Magazine 50 (1900), of which the pooled z test is the root for a 2×2 table.</remarks>
    public static ScoreChange Compare(Indicator indicator, in IndicatorSums now, in IndicatorSums before, int minimumN = ScoreStatistics.MinimumN)
    {
        if (indicator is { Scored: { } metric, Statistic: not IndicatorStatistic.TopTwo })
            return ScoreStatistics.Compare(metric, now.Counts, before.Counts, minimumN);
        var difference = Of(indicator, now).Value - Of(indicator, before).Value;
        if (difference is not { } change || Math.Min(now.N, before.N) < Math.Max(2, minimumN)) return new ScoreChange(difference, null, Verdict.TooFew);
        var (errorNow, errorBefore) = (SquaredError(indicator, now, before), SquaredError(indicator, before, now));
        var error = errorNow + errorBefore;
        var better = indicator.IsHigherBetter ? change : -change;
        if (error <= 0) return new ScoreChange(change, null, ScoreStatistics.Direction(better)) { Chance = change == 0 ? 1 : 0 };
        var statistic = change / Math.Sqrt(error);
        var chance = indicator.Statistic == IndicatorStatistic.Mean
            ? 2 * StudentT.CDF(0, 1, ScoreStatistics.WelchFreedom(errorNow, now.N, errorBefore, before.N), -Math.Abs(statistic))
            : 2 * Normal.CDF(0, 1, -Math.Abs(statistic));
        return new ScoreChange(change, statistic, chance < ScoreStatistics.Significance ? ScoreStatistics.Direction(better) : Verdict.NoClearChange) { Chance = chance };
    }

    /// <summary>The squared standard error of the value, in the squared unit; 0 where nothing varied. Of a share that of the value itself, not of the pooled one.</summary>
    public static double SquaredError(Indicator indicator, in IndicatorSums sums) => sums.N == 0 ? 0
        : indicator is { Scored: { } metric, Statistic: not IndicatorStatistic.TopTwo } ? sums.N < 2 && metric != Metric.Nps ? 0 : ScoreStatistics.SquaredError(metric, sums.Counts)
        : SquaredError(indicator, sums, default);

    // The share that two periods have in common is what both vary around if nothing changed.
    private static double SquaredError(Indicator indicator, in IndicatorSums sums, in IndicatorSums other)
    {
        if (indicator.Statistic == IndicatorStatistic.Mean) return sums.N < 2 ? 0 : Variance(sums) / sums.N;
        var share = Math.Clamp((Hits(indicator, sums) + Hits(indicator, other)) / (sums.N + other.N), 0, 1);
        return share * (1 - share) / sums.N;
    }

    private static double Hits(Indicator indicator, in IndicatorSums sums) => indicator.Statistic == IndicatorStatistic.TopTwo ? TopTwo(sums) : sums.Sum;

    // Satisfaction is the one score that has a top two.
    private static long TopTwo(in IndicatorSums sums) => sums.Counts.V4 + sums.Counts.V5;

    private static Score Mean(in IndicatorSums sums)
    {
        if (sums.N <= 0) return default;
        var mean = sums.Sum / sums.N;
        if (sums.N < 2) return new Score(sums.N, mean, null, null);
        var margin = ScoreStatistics.TQuantile(sums.N - 1) * Math.Sqrt(Variance(sums) / sums.N);
        return new Score(sums.N, mean, mean - margin, mean + margin);
    }

    // Rounding may leave a tiny rest under zero where all values are equal.
    private static double Variance(in IndicatorSums sums) => Math.Max(0, sums.SumSq - sums.Sum / sums.N * sums.Sum) / (sums.N - 1);
}
