using CxDesk.Data.Curves;

namespace CxDesk.Tests.Curves;

public class SegmentedRegressionTests
{
    /// <summary>
    /// Height of a stagnant layer against flow, both as logarithms: Bacon and Watts, "Estimating the transition between two
    /// intersecting straight lines", Biometrika 58 (1971), as Carlin, Gelfand and Smith (1992), the BUGS examples (volume
    /// 2, "Stagnant") and R's package segmented have it.
    /// </summary>
    private static readonly double[] Flow =
    [
        -1.39, -1.39, -1.08, -1.08, -0.94, -0.80, -0.63, -0.63, -0.25, -0.25, -0.12, -0.12, 0.01, 0.11, 0.11, 0.11, 0.25, 0.25, 0.34, 0.34,
        0.44, 0.59, 0.70, 0.70, 0.85, 0.85, 0.99, 0.99, 1.19,
    ];

    private static readonly double[] Height =
    [
        1.12, 1.12, 0.99, 1.03, 0.92, 0.90, 0.81, 0.83, 0.65, 0.67, 0.60, 0.59, 0.51, 0.44, 0.43, 0.43, 0.33, 0.30, 0.25, 0.24,
        0.13, -0.01, -0.13, -0.14, -0.30, -0.33, -0.46, -0.43, -0.65,
    ];

    // BUGS, volume 2: break 0.026 (sd 0.032), level there 0.537, slopes −0.418 and −1.014, sigma 0.022 (posterior means).
    [Fact]
    public void The_stagnant_layer_breaks_where_it_is_published_to()
    {
        var (x, y, n) = Grouped(Flow, Height);
        var regression = new SegmentedRegression(x, y, n);
        var fit = regression.Fit(SegmentedShape.TwoSlopes, -1.3, 1.1);
        Assert.Equal(.026, fit.Break, .01);
        Assert.Equal(.537, fit.Level, .01);
        Assert.Equal(-.418, fit.SlopeBefore, .01);
        Assert.Equal(-1.014, fit.SlopeAfter, .01);
        var variance = Flow.Select((f, i) => Height[i] - fit.At(f)).Sum(r => r * r) / (Flow.Length - 4);
        Assert.Equal(.022, Math.Sqrt(variance), .003);
        var (low, high) = regression.Interval(fit, -1.3, 1.1, 4.24 * variance);
        Assert.Equal(.026 - 2 * .032, low, .03);
        Assert.Equal(.026 + 2 * .032, high, .03);
        Assert.True(regression.ChanceOfLine(-1.3, 1.1, variance) < 1e-6);
    }

    [Theory]
    [InlineData(SegmentedShape.LevelThenSlope)]
    [InlineData(SegmentedShape.TwoSlopes)]
    public void Without_noise_the_line_is_found_as_it_is(SegmentedShape shape)
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(i => i * .31)], n = [.. x.Select((_, i) => 1.0 + i % 7)];
        var before = shape == SegmentedShape.TwoSlopes ? .2 : 0;
        double[] y = [.. x.Select(v => 4 + (v - 7.123) * (v > 7.123 ? -.6 : before))];
        var fit = new SegmentedRegression(x, y, n).Fit(shape, x[3], x[^3]);
        Assert.Equal(7.123, fit.Break, 1e-4);
        Assert.Equal(4, fit.Level, 1e-4);
        Assert.Equal(before, fit.SlopeBefore, 1e-6);
        Assert.Equal(-.6, fit.SlopeAfter, 1e-4);
    }

    [Fact]
    public void The_break_is_the_best_of_a_fine_grid_and_the_squares_are_what_the_line_leaves()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            double[] x = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble() * 100 + 1e4).Order()], n = [.. x.Select(_ => 1 + 9 * random.NextDouble())];
            double[] y = [.. x.Select(_ => random.NextDouble())];
            var regression = new SegmentedRegression(x, y, n);
            foreach (var shape in Enum.GetValues<SegmentedShape>())
            {
                var fit = regression.Fit(shape, x[2], x[^3]);
                Assert.Equal(x.Select((v, i) => n[i] * Math.Pow(y[i] - fit.At(v), 2)).Sum(), fit.Squares, 1e-6);
                var grid = Enumerable.Range(0, 4001).Min(i => regression.At(shape, x[2] + (x[^3] - x[2]) * i / 4000).Squares);
                Assert.True(fit.Squares <= grid + 2e-4 * regression.LevelSquares, $"seed {seed}, {shape}: {fit.Squares} over {grid}");
                Assert.True(fit.Squares <= regression.LevelSquares + 1e-9);
                var (low, high) = regression.Interval(fit, x[2], x[^3], .1);
                Assert.InRange(fit.Break, low - 1e-9, high + 1e-9);
                Assert.InRange(low, x[2] - 1e-9, x[^3] + 1e-9);
            }
        }
    }

    [Fact]
    public void Of_straight_lines_few_are_taken_for_broken()
    {
        double[] x = [.. Enumerable.Range(0, 50).Select(i => (double)i)], n = [.. x.Select(_ => 1.0)];
        var broken = Enumerable.Range(0, 200).Count(seed =>
        {
            var random = new Random(seed);
            double[] y = [.. x.Select(v => 5 - .05 * v + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
            return new SegmentedRegression(x, y, n).ChanceOfLine(2, 47, 1) < .05;
        });
        Assert.InRange(broken, 0, 20);
    }

    private static (double[] X, double[] Y, double[] N) Grouped(double[] x, double[] y)
    {
        var groups = x.Zip(y).GroupBy(p => p.First).OrderBy(g => g.Key).ToList();
        return ([.. groups.Select(g => g.Key)], [.. groups.Select(g => g.Average(p => p.Second))], [.. groups.Select(g => (double)g.Count())]);
    }
}
