using CxDesk.Data.Curves;

namespace CxDesk.Tests.Curves;

public class IsotonicRegressionTests
{
    // The example of R's isoreg, whose algorithm is that of Barlow et al. (1972).
    [Fact]
    public void The_example_of_R_comes_out_as_R_has_it()
    {
        double[] values = [1, 0, 4, 3, 3, 5, 4, 2, 0];
        Assert.Equal([.5, .5, 3, 3, 3, 3, 3, 3, 3], IsotonicRegression.Increasing(values, Ones(9)).Select(v => Math.Round(v, 10)));
        Assert.Equal([.5, .5, 3, 3, 3, 3, 3, 3, 3], IsotonicRegression.Decreasing([.. values.Select(v => -v)], Ones(9)).Select(v => Math.Round(-v, 10)));
    }

    [Fact]
    public void Weights_count_as_often_as_they_say()
    {
        Assert.Equal([1, 2.25, 2.25, 4], IsotonicRegression.Increasing([1, 3, 2, 4], [1, 1, 3, 1]));
        Assert.Equal([1, 2.25, 2.25, 2.25, 2.25, 4], IsotonicRegression.Increasing([1, 3, 2, 2, 2, 4], Ones(6)));
        Assert.Empty(IsotonicRegression.Increasing([], []));
    }

    // Barlow et al. (1972), theorem 1.4: the fit is the greatest over starts of the least over ends of the mean between.
    [Fact]
    public void It_is_the_greatest_of_the_least_means()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var n = 1 + random.Next(12);
            double[] values = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(6))], weights = [.. Enumerable.Range(0, n).Select(_ => 1 + random.NextDouble())];
            double Mean(int from, int to) => Enumerable.Range(from, to - from + 1).Sum(i => values[i] * weights[i]) / Enumerable.Range(from, to - from + 1).Sum(i => weights[i]);
            var fitted = IsotonicRegression.Increasing(values, weights);
            for (var i = 0; i < n; i++)
                Assert.Equal(Enumerable.Range(0, i + 1).Max(from => Enumerable.Range(i, n - i).Min(to => Mean(from, to))), fitted[i], 1e-9);
            Assert.Equal(values.Zip(weights, (v, w) => v * w).Sum(), fitted.Zip(weights, (v, w) => v * w).Sum(), 1e-9);
        }
    }

    private static double[] Ones(int n) => [.. Enumerable.Repeat(1.0, n)];
}
