namespace CxDesk.Data.Warnings;

/// <summary>How what was felt in one hour is answered in the hours after. Pure.</summary>
public static class LagWeights
{
    private const int Steps = 80;

    /// <summary>
    /// The weights β ≥ 0 under which counts are most likely Poisson with mean Σ β_j·x_j: each step multiplies β_j by
    /// Σ(count·x_j/mean) / Σx_j, which never makes the counts less likely and never leaves the positive.
    /// </summary>
    /// <param name="counts">One for each hour.</param>
    /// <param name="inputs">For each input its value in each hour, 0 or more: the risk of this hour, of the hour before, …</param>
    /// <remarks>
    /// The EM algorithm of a Poisson mean that is a sum: Richardson (1972), Lucy (1974), Shepp and Vardi, "Maximum likelihood
    /// reconstruction for emission tomography", IEEE Transactions on Medical Imaging 1 (1982).
    /// </remarks>
    public static double[] Fit(IReadOnlyList<int> counts, IReadOnlyList<double[]> inputs)
    {
        double[] sums = [.. inputs.Select(x => x.Sum())];
        var (all, total) = (counts.Sum(c => (double)c), sums.Sum());
        double[] weights = [.. sums.Select(s => s > 0 && total > 0 ? all / total : 0)];
        var means = new double[counts.Count];
        for (var step = 0; step < Steps; step++)
        {
            Array.Clear(means);
            for (var j = 0; j < weights.Length; j++)
                for (var t = 0; t < means.Length; t++) means[t] += weights[j] * inputs[j][t];
            for (var j = 0; j < weights.Length; j++)
            {
                if (sums[j] <= 0) continue;
                double explained = 0;
                for (var t = 0; t < means.Length; t++)
                    if (counts[t] > 0 && means[t] > 0) explained += counts[t] * inputs[j][t] / means[t];
                weights[j] *= explained / sums[j];
            }
        }
        return weights;
    }
}
