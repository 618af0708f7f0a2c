using MathNet.Numerics.Distributions;

namespace CxDesk.Data.Rollups;

/// <summary>Scores, 95 % intervals and verdicts, computed from the sums of a rollup. Pure.</summary>
public static class ScoreStatistics
{
    /// <summary>Below this many answers no verdict is given, unless a setting says otherwise.</summary>
    public const int MinimumN = 5;

    private const double Z = 1.959963984540054;
    internal const double Significance = 0.05;

    // Finding a t quantile is a search; boards ask for the same few over and over.
    private static readonly double[] Quantiles = new double[200];

    /// <summary>
    /// The score of a metric: CSAT and CES as means in the answer's own units with a t interval, NPS in −100…100 with an
    /// adjusted Wald interval.
    /// </summary>
    public static Score Of(Metric metric, ScoreSums sums) => metric switch
    {
        Metric.Csat or Metric.Ces => Mean(sums),
        Metric.Nps => Nps(sums),
    };

    /// <summary>Mean with its t interval, x̄ ± t(0.975, n−1)·s/√n. No interval below two answers.</summary>
    /// <remarks>Student, "The probable error of a mean", Biometrika 6 (1908).</remarks>
    public static Score Mean(ScoreSums sums)
    {
        if (sums.N <= 0)
            return default;
        var mean = (double)sums.Sum / sums.N;
        if (sums.N < 2)
            return new Score(sums.N, mean, null, null);
        var margin = TQuantile(sums.N - 1) * Math.Sqrt(Variance(sums) / sums.N);
        return new Score(sums.N, mean, mean - margin, mean + margin);
    }

    /// <summary>
    /// Net promoter score, 100·(promoters − detractors)/n, with the adjusted Wald interval: ¾ is added to promoters and to
    /// detractors and 3 to n. The interval is centred on the adjusted score and clipped to ±100; the value is the plain score.
    /// </summary>
    /// <remarks>
    /// Bonett and Price, "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data",
    /// Journal of Educational and Behavioral Statistics 37 (2012), after Agresti and Min (2005); for NPS: Sauro and Lewis,
    /// "Quantifying the User Experience". With a single answer the adjusted interval need not contain the plain score.
    /// </remarks>
    public static Score Nps(ScoreSums sums)
    {
        if (sums.N <= 0)
            return default;
        var value = 100 * (double)(sums.Promoters - sums.Detractors) / sums.N;
        var n = sums.N + 3.0;
        var (centre, variance) = NetShare(sums.Promoters + 0.75, sums.Detractors + 0.75, n);
        var margin = Z * Math.Sqrt(variance / n);
        return new Score(sums.N, value, Math.Max(-100, 100 * (centre - margin)), Math.Min(100, 100 * (centre + margin)));
    }

    /// <summary>A share of 0–1 with its Wilson score interval.</summary>
    /// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The hits are negative or more than <paramref name="n"/>.</exception>
    public static Score Share(long hits, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, n);
        return Share((double)hits, n);
    }

    // Hits may be a fraction where a share was sent as the mean of so many observations.
    internal static Score Share(double hits, long n)
    {
        if (n <= 0)
            return default;
        var share = hits / n;
        var scale = 1 + Z * Z / n;
        var centre = (share + Z * Z / (2 * n)) / scale;
        var margin = Z / scale * Math.Sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));

        // At the ends the limit is exactly 0 or 1; rounding would leave a tiny rest.
        return new Score(n, share, hits == 0 ? 0 : centre - margin, hits == n ? 1 : centre + margin);
    }

    /// <summary>
    /// Whether a score moved between two periods, at the 5 % level: means by Welch's t, NPS by a two-sample z on the
    /// plain (unadjusted) variances.
    /// </summary>
    /// <remarks>
    /// Welch, "The generalization of Student's problem when several different population variances are involved",
    /// Biometrika 34 (1947), degrees of freedom after Satterthwaite (1946). NPS as the difference of two multinomial
    /// net shares, variance (p + d − (p − d)²)/n each.
    /// </remarks>
    public static ScoreChange Compare(Metric metric, ScoreSums now, ScoreSums before, int minimumN = MinimumN)
    {
        var difference = Of(metric, now).Value - Of(metric, before).Value;

        // A variance takes two answers, however low the minimum is set.
        if (difference is not { } change || Math.Min(now.N, before.N) < Math.Max(2, minimumN))
            return new ScoreChange(difference, null, Verdict.TooFew);

        var (spreadNow, spreadBefore) = (SquaredError(metric, now), SquaredError(metric, before));
        var spread = spreadNow + spreadBefore;
        if (spread <= 0)
            return new ScoreChange(change, null, Direction(change)) { Chance = change == 0 ? 1 : 0 };

        var statistic = change / Math.Sqrt(spread);
        var chance = metric switch
        {
            Metric.Nps => 2 * Normal.CDF(0, 1, -Math.Abs(statistic)),
            Metric.Csat or Metric.Ces => 2 * StudentT.CDF(
                0, 1, WelchFreedom(spreadNow, now.N, spreadBefore, before.N), -Math.Abs(statistic)),
        };
        return new ScoreChange(change, statistic, chance < Significance ? Direction(change) : Verdict.NoClearChange) { Chance = chance };
    }

    internal static Verdict Direction(double change) => change switch
    {
        > 0 => Verdict.Better,
        < 0 => Verdict.Worse,
        _ => Verdict.NoClearChange,
    };

    // The squared standard error of a score, in the score's own units.
    internal static double SquaredError(Metric metric, ScoreSums sums) => metric switch
    {
        Metric.Csat or Metric.Ces => Variance(sums) / sums.N,
        Metric.Nps => 10_000 * NetShare(sums.Promoters, sums.Detractors, sums.N).Variance / sums.N,
    };

    internal static double WelchFreedom(double a, long nA, double b, long nB) =>
        (a + b) * (a + b) / (a * a / (nA - 1) + b * b / (nB - 1));

    private static (double Value, double Variance) NetShare(double promoters, double detractors, double n)
    {
        var net = (promoters - detractors) / n;
        return (net, (promoters + detractors) / n - net * net);
    }

    // Whole numbers up to the division, so that equal answers have a variance of exactly zero.
    private static double Variance(ScoreSums sums) =>
        (double)((Int128)sums.N * sums.SumSq - (Int128)sums.Sum * sums.Sum) / ((double)sums.N * (sums.N - 1));

    internal static double TQuantile(long freedom)
    {
        if (freedom >= Quantiles.Length)
        {
            // Abramowitz and Stegun 26.7.5; from here on exact to six digits.
            double z3 = Z * Z * Z, z5 = z3 * Z * Z, v = freedom;
            return Z + (z3 + Z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * v * v);
        }

        // Written twice at worst, and then with the same value.
        ref var quantile = ref Quantiles[freedom];
        if (quantile == 0)
            quantile = StudentT.InvCDF(0, 1, freedom, 1 - Significance / 2);
        return quantile;
    }
}
