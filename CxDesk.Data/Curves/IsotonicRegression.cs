namespace CxDesk.Data.Curves;

/// <summary>The nearest sequence, by weighted squares, that never falls or never rises. Pure.</summary>
public static class IsotonicRegression
{
    /// <summary>
    /// Pool adjacent violators: values that stand in the wrong order are put together and take their weighted mean, until
    /// none does. One pass, O(n).
    /// </summary>
    /// <param name="values">In the order of what they depend on.</param>
    /// <param name="weights">Over 0, one for each value.</param>
    /// <returns>One fitted value for each.</returns>
    /// <remarks>
    /// Ayer, Brunk, Ewing, Reid and Silverman, "An empirical distribution function for sampling with incomplete
    /// information", Annals of Mathematical Statistics 26 (1955); Barlow, Bartholomew, Bremner and Brunk, "Statistical
    /// Inference under Order Restrictions" (1972).
    /// </remarks>
    public static double[] Increasing(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, values.Length);
        var means = new double[values.Length];
        var mass = new double[values.Length];
        var sizes = new int[values.Length];
        var blocks = 0;
        for (var i = 0; i < values.Length; i++)
        {
            (means[blocks], mass[blocks], sizes[blocks]) = (values[i], weights[i], 1);
            while (blocks > 0 && means[blocks - 1] >= means[blocks])
            {
                var both = mass[blocks - 1] + mass[blocks];
                means[blocks - 1] += (means[blocks] - means[blocks - 1]) * mass[blocks] / both;
                (mass[blocks - 1], sizes[blocks - 1]) = (both, sizes[blocks - 1] + sizes[blocks]);
                blocks--;
            }
            blocks++;
        }

        var fitted = new double[values.Length];
        for (int block = 0, i = 0; block < blocks; i += sizes[block++]) fitted.AsSpan(i, sizes[block]).Fill(means[block]);
        return fitted;
    }

    /// <summary>As <see cref="Increasing"/>, for what never rises.</summary>
    public static double[] Decreasing(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var turned = new double[values.Length];
        for (var i = 0; i < values.Length; i++) turned[i] = -values[i];
        var fitted = Increasing(turned, weights);
        for (var i = 0; i < fitted.Length; i++) fitted[i] = -fitted[i];
        return fitted;
    }
}
