using System.Numerics;
using CxDesk.Data.Ingest;
using MathNet.Numerics.Distributions;

namespace CxDesk.Data.Rollups;

/// <summary>
/// How strongly answers speak against "the target is held", as the logarithm of an e-process: a betting capital that starts
/// at 1 and, while the target is held, is not expected to grow, whenever one looks. So the chance that it ever reaches 1/α
/// is at most α (Ville's inequality), however often it is looked at. A fixed 95 % interval has no such bound: looked at all
/// day, it excludes the true value sooner or later. Pure.
/// </summary>
public static class Evidence
{
    /// <summary>Bets from half of all that may be staked down to 1/256 of it: for gaps from huge to a hundredth of a point.</summary>
    private const int Bets = 8;

    // The gap for which the mixture is best, in standard deviations: a tenth, which takes some hundred answers to see.
    private const double Spread = 0.15;

    /// <summary>
    /// ln of the evidence that the mean is under the target: K = (1/8)·Σⱼ Πᵢ (1 + λⱼ·(target − xᵢ)), λⱼ = 2⁻ʲ/(highest − target).
    /// It needs no variance and no normality, holds for every n, and follows from the counts of the values alone.
    /// </summary>
    /// <remarks>
    /// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal Statistical
    /// Society B 86 (2024), with constant bets mixed as in Robbins, "Statistical methods related to the law of the iterated
    /// logarithm", Annals of Mathematical Statistics 41 (1970). NPS is the mean of +100, 0 and −100.
    /// </remarks>
    public static double Under(Metric metric, in ScoreSums sums, double target)
    {
        if (sums.N == 0) return 0;
        var (lowest, highest) = metric.Bounds();
        if (target <= lowest) return 0;
        // A target at the very top would be disproved by one answer below it: true, and of no use.
        var room = Math.Max(highest - target, (highest - lowest) / 16);
        Span<double> capitals = stackalloc double[Bets];
        Span<(double Value, long Count)> answers = stackalloc (double, long)[11];
        var values = metric == Metric.Nps ? Shares(sums, answers) : Values(sums, answers);
        for (var bet = 0; bet < Bets; bet++)
        {
            var stake = Math.ScaleB(1, -bet - 1) / room;
            foreach (var (value, count) in values)
                if (count > 0) capitals[bet] += count * Math.Log(1 + stake * (target - value));
        }
        return LogMean(capitals);
    }

    /// <summary>
    /// ln of the evidence that the mean of a measure is over its limit: a half-normal mixture over the gap,
    /// 2·Φ(ρS/√(1 + nρ²))·exp(ρ²S²/(2(1 + nρ²)))/√(1 + nρ²) with S = Σ(x − limit)/σ and ρ = 0.15.
    /// </summary>
    /// <remarks>
    /// Robbins (1970); Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences",
    /// Annals of Statistics 49 (2021), the one-sided normal mixture. σ is estimated, which is right for many observations
    /// (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Annals of Statistics 52, 2024). A measurement that is the mean of
    /// several observations hides how they varied, so σ is at least the mean for durations, as if they were exponential, and
    /// √(p(1 − p)) for shares. Observations that go together in time, as waits in one queue do, are surer than they ought to be.
    /// </remarks>
    public static double Over(in MeasureSums sums, double limit)
    {
        if (sums.N < 2) return 0;
        var mean = sums.Mean;
        var variance = Math.Max(0, (sums.SumSq - sums.N * mean * mean) / (sums.N - 1));
        variance = Math.Max(variance, sums.Unit switch
        {
            MeasureUnit.Seconds => mean * mean,
            MeasureUnit.Share => mean * (1 - mean),
            MeasureUnit.Number => 0,
        });
        if (variance <= 0) return mean > limit ? double.PositiveInfinity : 0;
        var sum = sums.N * (mean - limit) / Math.Sqrt(variance);
        var scale = 1 + sums.N * Spread * Spread;
        var side = Spread * sum / Math.Sqrt(scale);
        // Far under the limit Φ(side) is too small for a number while side²/2 is not: there Φ(−z)·exp(z²/2) is 1/(z·√2π) to a hundredth.
        var tail = side < -10 ? -Math.Log(-side * Math.Sqrt(2 * Math.PI)) : Math.Log(Normal.CDF(0, 1, side)) + side * side / 2;
        return Math.Log(2) + tail - Math.Log(scale) / 2;
    }

    private static ReadOnlySpan<(double, long)> Shares(in ScoreSums sums, Span<(double, long)> into)
    {
        (into[0], into[1], into[2]) = ((-100, sums.Detractors), (0, sums.N - sums.Detractors - sums.Promoters), (100, sums.Promoters));
        return into[..3];
    }

    private static ReadOnlySpan<(double, long)> Values(in ScoreSums sums, Span<(double, long)> into)
    {
        for (var value = 0; value < into.Length; value++) into[value] = (value, sums.Count(value));
        return into;
    }

    private static double LogMean(ReadOnlySpan<double> logarithms)
    {
        var most = double.NegativeInfinity;
        foreach (var one in logarithms) most = Math.Max(most, one);
        var sum = 0.0;
        foreach (var one in logarithms) sum += Math.Exp(one - most);
        return most + Math.Log(sum / logarithms.Length);
    }
}

/// <summary>What a rollup keeps of a measure: observations, Σx and Σx².</summary>
public readonly record struct MeasureSums(MeasureUnit Unit, long N, double Sum, double SumSq) : ISubtractionOperators<MeasureSums, MeasureSums, MeasureSums>
{
    /// <summary>NaN where there is no observation.</summary>
    public double Mean => Sum / N;

    public static MeasureSums operator +(MeasureSums a, MeasureSums b) => a with { N = a.N + b.N, Sum = a.Sum + b.Sum, SumSq = a.SumSq + b.SumSq };

    public static MeasureSums operator -(MeasureSums a, MeasureSums b) => a with { N = a.N - b.N, Sum = a.Sum - b.Sum, SumSq = a.SumSq - b.SumSq };
}
