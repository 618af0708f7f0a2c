using MathNet.Numerics.Distributions;

namespace CxDesk.Data.Rollups;

/// <summary>
/// A fair order of those who were measured by few answers and by many. Each estimate is drawn toward the mean of all, the
/// more the less it rests on, and gets the ranks that it may have: the best is one more than how many are better for
/// certain, the worst leaves out those that are worse for certain. Who cannot be told apart shares places. Pure.
/// </summary>
/// <remarks>
/// Efron and Morris, "Data analysis using Stein's estimator and its generalizations", JASA 70 (1975); for unequal variances
/// and the uncertainty of the estimates Morris, "Parametric empirical Bayes inference", JASA 78 (1983); the variance between
/// by moments, DerSimonian and Laird, Controlled Clinical Trials 7 (1986). Ranges by pairs: Goldstein and Spiegelhalter,
/// "League tables and their limitations", Journal of the Royal Statistical Society A 159 (1996).
/// </remarks>
public static class RankRanges
{
    private static readonly double Sure = Normal.InvCDF(0, 1, 0.975);

    /// <summary>The ranks of scores; who has fewer answers than the minimum is not ranked.</summary>
    /// <returns>Best estimate first.</returns>
    public static IReadOnlyList<Ranked<T>> Of<T>(Metric metric, IEnumerable<(T Key, ScoreSums Sums)> rows, int minimumN = ScoreStatistics.MinimumN) =>
        Of(Indicator.Of(metric), rows.Select(r => (r.Key, (IndicatorSums)r.Sums)), minimumN);

    /// <summary>The ranks of any indicator, of a wait the shortest first; who has fewer answers than the minimum is not ranked.</summary>
    /// <inheritdoc cref="Of{T}(Metric, IEnumerable{ValueTuple{T, ScoreSums}}, int)"/>
    public static IReadOnlyList<Ranked<T>> Of<T>(Indicator indicator, IEnumerable<(T Key, IndicatorSums Sums)> rows, int minimumN = ScoreStatistics.MinimumN)
    {
        var known = rows.Where(r => r.Sums.N >= Math.Max(2, minimumN)).ToList();
        if (known.Count == 0) return [];
        // One variance of a single answer for all: that of a few equal answers would be zero.
        var freedom = known.Sum(r => r.Sums.N - 1);
        var variance = known.Sum(r => IndicatorStatistics.SquaredError(indicator, r.Sums) * r.Sums.N * (r.Sums.N - 1)) / freedom;
        var sign = indicator.IsHigherBetter ? 1 : -1;
        var ranked = Of(known.Select(r => (r.Key, sign * IndicatorStatistics.Of(indicator, r.Sums).Value!.Value, variance / r.Sums.N)));
        return indicator.IsHigherBetter ? ranked : [.. ranked.Select(r => r with { Estimate = -r.Estimate, Low = -r.High, High = -r.Low })];
    }

    /// <summary>The ranks of any estimates with known variances, more being better.</summary>
    /// <inheritdoc cref="Of{T}(Metric, IEnumerable{ValueTuple{T, ScoreSums}}, int)"/>
    public static IReadOnlyList<Ranked<T>> Of<T>(IEnumerable<(T Key, double Value, double Variance)> rows)
    {
        var all = rows.ToList();
        var shrunk = Shrink([.. all.Select(r => (r.Value, r.Variance))]);
        int[] order = [.. Enumerable.Range(0, all.Count).OrderByDescending(i => shrunk[i].Estimate)];
        double[] estimates = [.. order.Select(i => shrunk[i].Estimate)], variances = [.. order.Select(i => shrunk[i].Variance)];
        var (least, most) = all.Count == 0 ? (0, 0) : (variances.Min(), variances.Max());
        return [.. order.Select((i, place) =>
        {
            var margin = Sure * Math.Sqrt(variances[place]);
            var (better, worse) = (Apart(place, 0, 1), Apart(place, all.Count - 1, -1));
            return new Ranked<T>(all[i].Key, estimates[place], estimates[place] - margin, estimates[place] + margin, better + 1, all.Count - worse);
        })];

        // How many between one end of the order and a place are told apart from it. So far off they are whatever their variance,
        // so near none is, and those behind are nearer still.
        int Apart(int place, int end, int step)
        {
            var (count, sure, perhaps) = (0, Margin(place, most), Margin(place, least));
            for (var other = end; other != place && Math.Abs(estimates[other] - estimates[place]) is var difference && difference > perhaps; other += step)
                if (difference > sure || difference > Margin(place, variances[other])) count++;
            return count;
        }

        double Margin(int place, double variance) => Sure * Math.Sqrt(variances[place] + variance);
    }

    /// <summary>Estimates drawn toward their mean, with the variance that is left. Of fewer than four nothing is learned about the rest.</summary>
    public static IReadOnlyList<(double Estimate, double Variance)> Shrink(IReadOnlyList<(double Value, double Variance)> rows)
    {
        var k = rows.Count;
        if (k < 4 || rows.Any(r => r.Variance <= 0)) return rows;
        var between = Between(rows);
        var (weight, mean) = Mean(rows, between);
        return [.. rows.Select(row =>
        {
            // (k − 3)/(k − 1) corrects for having estimated the variance between.
            var pull = (k - 3.0) / (k - 1.0) * row.Variance / (row.Variance + between);
            var gap = row.Value - mean;
            var estimated = 2.0 / (k - 3.0) * pull * pull * gap * gap;
            return (mean + (1 - pull) * gap, row.Variance * (1 - pull) + pull * pull / weight + estimated);
        })];
    }

    // By moments: what the estimates vary by beyond their own errors.
    private static double Between(IReadOnlyList<(double Value, double Variance)> rows)
    {
        var (weight, mean) = Mean(rows, 0);
        var spread = rows.Sum(r => (r.Value - mean) * (r.Value - mean) / r.Variance);
        var scale = weight - rows.Sum(r => 1 / (r.Variance * r.Variance)) / weight;
        return Math.Max(0, (spread - (rows.Count - 1)) / scale);
    }

    private static (double Weight, double Mean) Mean(IReadOnlyList<(double Value, double Variance)> rows, double between)
    {
        var weight = rows.Sum(r => 1 / (r.Variance + between));
        return (weight, rows.Sum(r => r.Value / (r.Variance + between)) / weight);
    }
}

/// <param name="Estimate">The shrunken estimate, with its 95 % interval from <paramref name="Low"/> to <paramref name="High"/>.</param>
/// <param name="BestRank">From 1.</param>
public readonly record struct Ranked<T>(T Key, double Estimate, double Low, double High, int BestRank, int WorstRank);
