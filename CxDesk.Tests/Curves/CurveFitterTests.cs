using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;
using MathNet.Numerics.Distributions;

namespace CxDesk.Tests.Curves;

public class CurveFitterTests
{
    // Minutes of wait, as a queue has them: most short, some long.
    private static readonly Func<Random, double> Wait = random => 3.2 * Math.Exp(.6 * Normal.Sample(random, 0, 1));

    [Fact]
    public void On_data_flat_to_four_minutes_and_falling_after_the_break_is_found_at_four()
    {
        var curve = Fit(Simulated(7, 20_000, Wait, wait => 4.4 - .35 * Math.Max(0, wait - 4)));
        Assert.Equal(CurveKind.Segmented, curve.Kind);
        Assert.Equal(4, curve.Break!.At, .2);
        Assert.InRange(4, curve.Break.Low, curve.Break.High);
        Assert.Equal(0, curve.Break.SlopeBefore);
        Assert.InRange(-.35, curve.Break.SlopeAfter.Low, curve.Break.SlopeAfter.High);
        Assert.Equal(.355, curve.Break.Beyond, .02);
        Assert.True(curve.Evidence is { OverLine: > 6, OverLevel: > 6, Chance: < .001 });
    }

    [Fact]
    public void The_interval_of_the_break_holds_it_in_about_95_of_100_runs()
    {
        var curves = Enumerable.Range(0, 40).Select(seed => Fit(Simulated(seed, 4000, Wait, wait => 4.4 - .35 * Math.Max(0, wait - 4)))).ToList();
        Assert.All(curves, c => Assert.Equal(CurveKind.Segmented, c.Kind));
        Assert.InRange(curves.Count(c => c.Break!.Low <= 4 && 4 <= c.Break.High), 35, 40);
        Assert.All(curves, c => Assert.Equal(4, c.Break!.At, .55));
        Assert.Equal(4, curves.Average(c => c.Break!.At), .08);
        Assert.True(curves.Average(c => c.Break!.High - c.Break.Low) < 1);
    }

    // Unhappy customers differ more than happy ones, and answers are whole numbers that cannot leave their scale.
    [Fact]
    public void Answers_of_one_to_five_that_grow_unlike_hold_the_interval_too()
    {
        var curves = Enumerable.Range(0, 30).Select(seed => Fit(Points(Stars(seed, 5000)))).ToList();
        Assert.InRange(curves.Count(c => c.Break is { } b && b.Low <= 4 && 4 <= b.High), 25, 30);
    }

    // Uniform to forty minutes: seven of ten are as unhappy as can be from eleven and a half on.
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void The_break_is_where_it_begins_to_fall_and_not_where_it_can_fall_no_more(int seed)
    {
        var curve = Fit(Points(Stars(seed, 20_000, random => 40 * random.NextDouble())));
        Assert.Equal(4, curve.Break!.At, .5);
        Assert.Equal(0, curve.Break.SlopeBefore, .05);
    }

    [Fact]
    public void Of_a_straight_fall_no_break_is_told_but_that_it_falls()
    {
        var curves = Enumerable.Range(0, 24).Select(seed => Fit(Simulated(seed, 3000, Wait, wait => 4.6 - .12 * wait))).ToList();
        Assert.InRange(curves.Count(c => c.Kind == CurveKind.Segmented), 0, 1);
        Assert.True(curves.Count(c => c.Kind == CurveKind.Isotonic) >= 23);
        Assert.All(curves.Where(c => c.Kind == CurveKind.Isotonic), c => Assert.All(c.Line.Zip(c.Line.Skip(1)), pair => Assert.True(pair.Second.Y <= pair.First.Y)));
    }

    [Fact]
    public void Where_nothing_depends_on_anything_nothing_is_told()
    {
        var curves = Enumerable.Range(0, 40).Select(seed => Fit(Simulated(seed, 3000, Wait, _ => 4.2))).ToList();
        Assert.InRange(curves.Count(c => c.Kind == CurveKind.Segmented), 0, 1);
        Assert.InRange(curves.Count(c => c.Kind == CurveKind.Level), 36, 40);
        Assert.All(curves.Where(c => c.Kind == CurveKind.Level), c => Assert.Empty(c.Limits));
    }

    [Fact]
    public void A_measure_of_which_more_is_better_is_the_same_in_the_mirror()
    {
        var points = Simulated(3, 8000, Wait, wait => 4.4 - .35 * Math.Max(0, wait - 4));
        var curve = Fit(points);
        var mirrored = CurveFitter.Fit([.. points.Select(p => p with { SumX = -p.SumX }).Reverse()], moreIsWorse: false, _ => [.. curve.Limits.Select(l => -l.Limit)]);
        Assert.Equal(-curve.Break!.At, mirrored.Break!.At, 1e-9);
        Assert.Equal((-curve.Break.High, -curve.Break.Low), (mirrored.Break.Low, mirrored.Break.High));
        Assert.Equal((curve.Break.Beyond, -curve.Break.SlopeAfter.Value), (mirrored.Break.Beyond, mirrored.Break.SlopeAfter.Value));
        Assert.True(mirrored.Break.SlopeAfter.Low <= mirrored.Break.SlopeAfter.High);
        Assert.Equal(curve.Limits.Select(l => (-l.Limit, l.Beyond, l.Change)), mirrored.Limits.Select(l => (l.Limit, l.Beyond, l.Change)));
        Assert.True(mirrored.Bins.Zip(mirrored.Bins.Skip(1)).All(pair => pair.First.X < pair.Second.X));
        Assert.True(mirrored.Line.Zip(mirrored.Line.Skip(1)).All(pair => pair.First.X <= pair.Second.X));
    }

    [Fact]
    public void What_a_limit_would_bring_is_what_it_brings_where_it_is_kept()
    {
        const double Limit = 5;
        double Truth(double wait) => 4.4 - .35 * Math.Max(0, wait - 4);
        var held = Enumerable.Range(0, 24).Count(seed =>
        {
            var points = Simulated(seed, 3000, Wait, Truth);
            var gain = points.Sum(p => p.X > Limit ? p.N * (Truth(Limit) - Truth(p.X)) : 0) / 3000;
            var change = CurveFitter.Fit(points, true, _ => [Limit]).Limits.Single().Change;
            return change.Low <= gain && gain <= change.High;
        });
        Assert.InRange(held, 20, 24);
    }

    [Fact]
    public void A_tighter_limit_never_brings_less_and_the_loosest_nothing()
    {
        var curve = CurveFitter.Fit(Points(Stars(5, 6000)), true, _ => [1, 2, 3, 4, 5, 6, 8, 10, 1000]);
        Assert.All(curve.Limits.Zip(curve.Limits.Skip(1)), pair => Assert.True(
            pair.First.Change.Value >= pair.Second.Change.Value - 1e-12 && pair.First.LowChange.Value <= pair.Second.LowChange.Value + 1e-12 && pair.First.Beyond >= pair.Second.Beyond));
        Assert.Equal((0, 0, 0), (curve.Limits[^1].Beyond, curve.Limits[^1].Change.Value, curve.Limits[^1].LowChange.Value));
        Assert.All(curve.Limits, l => Assert.InRange(curve.Mean + l.Change.Value, 1, 5));
        Assert.All(curve.Limits, l => Assert.InRange(curve.LowShare + l.LowChange.Value, -1e-12, 1));
    }

    [Fact]
    public void However_fine_the_points_a_fit_takes_so_many_and_loses_no_answer()
    {
        List<CurvePoint> fine = [.. Enumerable.Range(0, 40_000).Select(i => CurvePoint.Of(i, i % 5, i % 7 == 0))];
        var bounded = CurveFitter.Bounded(fine);
        Assert.InRange(bounded.Count, CurveFitter.MostPoints / 2, CurveFitter.MostPoints);
        Assert.Equal(fine.Aggregate((a, b) => a + b), bounded.Aggregate((a, b) => a + b));
        Assert.All(bounded.Zip(bounded.Skip(1)), pair => Assert.True(pair.First.X < pair.Second.X));
        Assert.Same(bounded, CurveFitter.Bounded(bounded));
    }

    [Fact]
    public void The_worst_hundredth_lies_beyond_the_picture_and_is_said()
    {
        var points = Points(Enumerable.Range(0, 1000).Select(i => CurvePoint.Of(i < 990 ? i / 99.0 : 100 + i, 5 - i % 5)));
        var shown = Fit(points).Shown;
        Assert.Equal((0, 10, 1099), (Math.Round(shown.Low), shown.Beyond, Math.Round(shown.Worst)));
        Assert.Equal(9.9, shown.High, .2);
        var mirrored = CurveFitter.Fit([.. points.Select(p => p with { SumX = -p.SumX }).Reverse()], moreIsWorse: false).Shown;
        Assert.Equal(new CurveRange(-shown.High, -shown.Low, 10, -shown.Worst), mirrored);
    }

    [Fact]
    public void Bins_hold_every_answer_and_none_is_small()
    {
        var curve = Fit(Points(Stars(5, 5000)));
        Assert.Equal((5000, curve.N), (curve.Bins.Sum(b => b.Sums.N), curve.Bins.Sum(b => b.Sums.N)));
        Assert.Equal(curve.Mean, curve.Bins.Sum(b => b.Sums.Sum) / curve.N, 1e-9);
        Assert.All(curve.Bins, b => Assert.True(b.Sums.N >= CurveFitter.LeastInBin));
    }

    [Theory]
    [InlineData(199, 50, true, CurveRefusal.TooFew)]
    [InlineData(0, 1, true, CurveRefusal.TooFew)]
    [InlineData(500, 1, true, CurveRefusal.MeasureIsConstant)]
    [InlineData(500, 7, true, CurveRefusal.TooFewValues)]
    [InlineData(500, 50, false, CurveRefusal.OutcomeIsConstant)]
    public void What_cannot_carry_a_curve_is_refused_with_the_reason(int n, int values, bool varies, CurveRefusal reason)
    {
        var curve = Fit(Points(Enumerable.Range(0, n).Select(i => CurvePoint.Of(i % values, varies ? 1 + i % 5 : 5))));
        Assert.Equal(reason, curve.Refusal);
        Assert.Empty(curve.Bins);
        Assert.Equal(n, curve.N);
    }

    [Fact]
    public void Everything_at_one_end_is_no_error()
    {
        var curve = Fit(Points(Enumerable.Range(0, 1000).Select(i => CurvePoint.Of(i < 985 ? 0 : i, 1 + i % 5))));
        Assert.NotEqual(CurveKind.Segmented, curve.Kind);
    }

    /// <summary>The calls of the shared data, where they are: how long the customer waited and how satisfied they were. Nothing in them depends on the wait.</summary>
    [Fact]
    public void The_calls_of_the_call_centre_have_no_break()
    {
        var file = Path.Combine(Browser.Repository.Root, "..", "shared", "data", "call-center", "calls.csv");
        if (!File.Exists(file)) return;
        var calls = File.ReadLines(file).Skip(1).Select(l => l.Split(',')).Where(c => c[9].Length > 0 && c[7].Length > 0)
            .Select(c => CurvePoint.Of(double.Parse(c[7], System.Globalization.CultureInfo.InvariantCulture), double.Parse(c[9], System.Globalization.CultureInfo.InvariantCulture)));
        var curve = Fit(Points(calls));
        Assert.True(curve.N > 4000);
        Assert.NotEqual(CurveKind.Segmented, curve.Kind);
    }

    [Fact]
    public void Limits_are_round_values_over_where_the_contacts_are()
    {
        var points = Points(Enumerable.Range(0, 601).Select(i => CurvePoint.Of(i, 3)));
        Assert.Equal([120, 240, 360, 480], CurveLimits.Of(points, IndicatorUnit.Seconds));
        Assert.Equal([.2, .4, .6, .8], CurveLimits.Ticks(.1, .9, IndicatorUnit.Share, 4).Select(v => Math.Round(v, 9)));
        Assert.Equal((2, .01, 5, 1), (CurveLimits.Width(90, IndicatorUnit.Seconds), CurveLimits.Width(.5, IndicatorUnit.Share), CurveLimits.Width(200, IndicatorUnit.Number), CurveLimits.Width(0, IndicatorUnit.Number)));
    }

    private static Curve Fit(IReadOnlyList<CurvePoint> points) => CurveFitter.Fit(points, moreIsWorse: true, p => CurveLimits.Of(p, IndicatorUnit.Number));

    private static List<CurvePoint> Simulated(int seed, int n, Func<Random, double> measure, Func<double, double> truth)
    {
        var random = new Random(seed);
        return Points(Enumerable.Range(0, n).Select(_ => measure(random) is var x ? CurvePoint.Of(x, truth(x) + .9 * Normal.Sample(random, 0, 1)) : default));
    }

    private static IEnumerable<CurvePoint> Stars(int seed, int n, Func<Random, double>? measure = null)
    {
        var random = new Random(seed);
        for (var i = 0; i < n; i++)
        {
            var wait = (measure ?? Wait)(random);
            // 5 stars, or 1 to 4 alike, so that the mean breaks at 4 minutes and falls on a straight line while the spread grows.
            var stars = random.NextDouble() < Math.Max(.05, .8 - .1 * Math.Max(0, wait - 4)) ? 5 : 1 + random.Next(4);
            yield return CurvePoint.Of(wait, stars, stars <= 2);
        }
    }

    // As the database gathers them: by tenths of a minute.
    private static List<CurvePoint> Points(IEnumerable<CurvePoint> contacts) =>
        [.. contacts.GroupBy(c => Math.Floor(c.SumX * 10)).Select(g => g.Aggregate((a, b) => a + b)).OrderBy(p => p.X)];
}
