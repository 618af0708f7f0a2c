namespace CxDesk.Data.Warnings;

/// <summary>Counts that vary more than a Poisson of the same mean: variance μ + αμ², the negative binomial. Pure.</summary>
/// <remarks>Cameron and Trivedi, "Regression Analysis of Count Data" (1998), the NB2 model.</remarks>
public static class Overdispersed
{
    /// <summary>The α by the method of moments: Σ((y − μ)² − μ) / Σμ², 0 at least.</summary>
    public static double Excess(IEnumerable<(double Mean, int Count)> seen)
    {
        double over = 0, squares = 0;
        foreach (var (mean, count) in seen) (over, squares) = (over + (count - mean) * (count - mean) - mean, squares + mean * mean);
        return squares > 0 ? Math.Max(0, over / squares) : 0;
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
