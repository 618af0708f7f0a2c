namespace CxDesk.Data.Warnings;

/// <summary>Counts that vary more than a Poisson of the same mean: variance μ + αμ², the negative binomial. Pure.</summary>
/// <remarks>Cameron and Trivedi, "Regression Analysis of Count Data" (1998), the NB2 model.</remarks>
public static class Overdispersed
{
    private static readonly double[] Excesses = [0, .01, .02, .03, .05, .07, .1, .14, .2, .28, .4, .56, .8, 1.1, 1.6, 2.3, 3.2];

    /// <summary>
    /// The least α under which the intervals held what was seen often enough: what is said, held against what came. With
    /// too few seen to tell, the widest.
    /// </summary>
    /// <param name="seen">What was expected by a model that had not seen what came, and what came.</param>
    /// <remarks>
    /// Split conformal prediction, the interval's quantiles being its sets: ⌈(n + 1)·share⌉ of n have to hold. Gupta, Kuchibhotla
    /// and Ramdas, "Nested conformal prediction", Pattern Recognition 127 (2022).
    /// </remarks>
    public static double Calibrated(IReadOnlyCollection<(double Mean, int Count)> seen, double share)
    {
        var enough = share * (seen.Count + 1);
        return Excesses.SkipLast(1).Where(excess => seen.Count(s => Interval(s.Mean, excess, share) is var (low, high) && s.Count >= low && s.Count <= high) >= enough)
            .Append(Excesses[^1]).First();
    }

    /// <summary>The shortest-tailed counts between which a share of the outcomes lies: none of the two tails is over half of the rest.</summary>
    public static (int Low, int High) Interval(double mean, double excess, double share)
    {
        var tail = (1 - share) / 2;
        // P(0), and P(k + 1) from P(k); without excess it is Poisson.
        var chance = excess > 1e-9 ? Math.Exp(-Math.Log(1 + excess * mean) / excess) : Math.Exp(-mean);
        double below = 0;
        int? low = null;
        for (var k = 0; ; k++)
        {
            below += chance;
            if (low is null && below > tail) low = k;
            if (below >= 1 - tail || k > 100 + 20 * mean * (1 + excess)) return (low ?? k, k);
            chance *= excess > 1e-9 ? (k + 1 / excess) / (k + 1) * (excess * mean / (1 + excess * mean)) : mean / (k + 1);
        }
    }
}
