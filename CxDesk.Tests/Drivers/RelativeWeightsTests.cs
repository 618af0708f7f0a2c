using CxDesk.Data.Drivers;

namespace CxDesk.Tests.Drivers;

public sealed class RelativeWeightsTests
{
    // Henderson and Velleman, "Building multiple regression models interactively", Biometrics 37 (1981): the data set mtcars of R.
    private static readonly double[] Mpg = [21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4];
    private static readonly double[] Cylinders = [6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4];
    private static readonly double[] Displacement = [160, 160, 108, 258, 360, 225, 360, 146.7, 140.8, 167.6, 167.6, 275.8, 275.8, 275.8, 472, 460, 440, 78.7, 75.7, 71.1, 120.1, 318, 304, 350, 400, 79, 120.3, 95.1, 351, 145, 301, 121];
    private static readonly double[] Horsepower = [110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65, 97, 150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109];
    private static readonly double[] Weight = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78];
    private static readonly double[] Gears = [4, 4, 4, 3, 3, 3, 3, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 4, 4, 4, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 5, 4];

    /// <summary>As the R package rwa prints them: the example of its README, and that of its article "Regression methods".</summary>
    [Fact]
    [Trait("Behaviour", "33")]
    public void Published_weights_are_found()
    {
        var weights = Weights(Mpg, Cylinders, Displacement, Horsepower, Gears)!;
        Assert.Equal([0.2284797, 0.2221469, 0.2321744, 0.0963886], weights.Select(w => Math.Round(w, 7)));
        Assert.Equal([29.32274, 28.50999, 29.79691, 12.37037], weights.Select(w => Math.Round(100 * w / weights.Sum(), 5)));
        Assert.Equal(0.7791896, weights.Sum(), 7);

        weights = Weights(Mpg, Cylinders, Displacement, Horsepower, Weight)!;
        Assert.Equal([0.2096904, 0.1883043, 0.1799590, 0.2706812], weights.Select(w => Math.Round(w, 7)));
        Assert.Equal([24.70914, 22.18908, 21.20570, 31.89607], weights.Select(w => Math.Round(100 * w / weights.Sum(), 5)));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public void Weights_add_up_to_r_squared_of_the_regression()
    {
        foreach (var seed in Enumerable.Range(1, 50))
        {
            var (outcome, attributes) = Correlated(seed, rows: 60, attributes: 2 + seed % 9);
            Assert.Equal(RSquared(outcome, attributes), Weights(outcome, attributes)!.Sum(), 9);
        }
    }

    [Fact]
    public void A_root_found_in_another_way_gives_the_same_weights()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            var (outcome, attributes) = Correlated(seed, rows: 80, attributes: 5);
            var (among, with) = Correlations(outcome, attributes);
            // Denman and Beavers, Applied Mathematics and Computation 2 (1976): the root of a matrix without its eigenvalues.
            var root = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(among);
            var inverse = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(5);
            for (var i = 0; i < 40; i++) (root, inverse) = ((root + inverse.Inverse()) / 2, (inverse + root.Inverse()) / 2);
            var beta = inverse * MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(with);
            var expected = root.PointwiseMultiply(root) * beta.PointwiseMultiply(beta);
            Assert.All(Weights(outcome, attributes)!.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 9));
        }
    }

    [Fact]
    public void Attributes_that_do_not_go_together_weigh_their_squared_correlations()
    {
        double[] outcome = [1, 2, 3, 5, 4, 1, 2, 2], first = [1, 1, 1, 1, -1, -1, -1, -1], second = [1, 1, -1, -1, 1, 1, -1, -1], third = [1, -1, 1, -1, 1, -1, 1, -1];
        var (_, with) = Correlations(outcome, first, second, third);
        Assert.All(Weights(outcome, first, second, third)!.Zip(with), pair => Assert.Equal(pair.Second * pair.Second, pair.First, 12));
    }

    [Fact]
    public void A_single_attribute_weighs_its_squared_correlation() =>
        Assert.Equal(Math.Pow(MathNet.Numerics.Statistics.Correlation.Pearson(Mpg, Horsepower), 2), Weights(Mpg, Horsepower)!.Single(), 12);

    [Fact]
    public void Another_scale_or_direction_changes_no_weight()
    {
        var (outcome, attributes) = Correlated(3, rows: 50, attributes: 4);
        var turned = attributes.Select((a, j) => a.Select(x => (j % 2 == 0 ? 20 : -3) * x + 7).ToArray()).ToArray();
        Assert.All(Weights(outcome, attributes)!.Zip(Weights([.. outcome.Select(y => 100 - 2 * y)], turned)!), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public void Collinear_attributes_have_no_weights_and_are_named()
    {
        var (outcome, attributes) = Correlated(4, rows: 50, attributes: 3);
        double[][] doubled = [.. attributes, [.. attributes[0].Zip(attributes[2], (a, b) => a + b)]];
        Assert.Null(Weights(outcome, doubled));
        Assert.Equal([0, 2, 3], RelativeWeights.Collinear(Correlations(outcome, doubled).Among));
    }

    private static double[]? Weights(double[] outcome, params double[][] attributes)
    {
        var (among, with) = Correlations(outcome, attributes);
        return RelativeWeights.Of(among, with);
    }

    private static (double[,] Among, double[] With) Correlations(double[] outcome, params double[][] attributes)
    {
        var among = new double[attributes.Length, attributes.Length];
        for (var j = 0; j < attributes.Length; j++)
            for (var k = 0; k < attributes.Length; k++) among[j, k] = MathNet.Numerics.Statistics.Correlation.Pearson(attributes[j], attributes[k]);
        return (among, [.. attributes.Select(a => MathNet.Numerics.Statistics.Correlation.Pearson(a, outcome))]);
    }

    private static double RSquared(double[] outcome, double[][] attributes)
    {
        var rows = Enumerable.Range(0, outcome.Length).Select(i => attributes.Select(a => a[i]).ToArray()).ToArray();
        var fit = MathNet.Numerics.LinearRegression.MultipleRegression.QR(rows, outcome, intercept: true);
        var fitted = rows.Select(r => fit[0] + r.Zip(fit.Skip(1), (x, b) => x * b).Sum());
        var mean = outcome.Average();
        return 1 - outcome.Zip(fitted, (y, f) => (y - f) * (y - f)).Sum() / outcome.Sum(y => (y - mean) * (y - mean));
    }

    private static (double[] Outcome, double[][] Attributes) Correlated(int seed, int rows, int attributes)
    {
        var random = new Random(seed);
        var common = Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray();
        var columns = Enumerable.Range(0, attributes).Select(_ => common.Select(c => c + random.NextDouble()).ToArray()).ToArray();
        return ([.. Enumerable.Range(0, rows).Select(i => columns.Select((c, j) => c[i] * (j - 1)).Sum() + random.NextDouble())], columns);
    }
}
