using CxDesk.Data.Drivers;

namespace CxDesk.Tests.Drivers;

public sealed class DriverAnalysisTests
{
    [Fact]
    [Trait("Behaviour", "33")]
    public void Weights_come_with_n_r_squared_and_intervals_that_hold_them()
    {
        var found = DriverAnalysis.Of(Floor(600, 2, 1, .4), draws: 400);
        Assert.Null(found.Refusal);
        Assert.Equal((600, 400), (found.N, found.Draws));
        Assert.Equal(found.RSquared.Value, found.Drivers.Sum(d => d.Weight.Value), 9);
        Assert.Equal(1, found.Drivers.Sum(d => d.Share.Value), 9);
        Assert.Equal(["a0", "a1", "a2"], found.Drivers.Select(d => d.Attribute.Code));
        Assert.All(found.Drivers, d => Assert.True(d.Weight.Low < d.Weight.Value && d.Weight.Value < d.Weight.High, $"{d.Weight}"));
        Assert.All(found.Drivers, d => Assert.True(d.Performance.Low < d.Performance.Value && d.Performance.Value < d.Performance.High));
        Assert.InRange(found.RSquared.Value, found.RSquared.Low, found.RSquared.High);
    }

    [Fact]
    public void The_same_answers_give_the_same_intervals_on_any_number_of_threads()
    {
        var table = Floor(300, 1, .5);
        Assert.Equal(DriverAnalysis.Of(table, draws: 100).Drivers, DriverAnalysis.Of(table, draws: 100, threads: 3).Drivers);
    }

    /// <summary>The sums of products that the vectors find are those that a plain loop finds.</summary>
    [Fact]
    public void Drawn_rows_count_as_often_as_they_were_drawn()
    {
        var table = Floor(523, 1, .5, .2, 0, .7);
        var columns = new DriverColumns([.. table.Ratings, table.Outcome]);
        var counts = new byte[columns.Room];
        new DriverRandom(7).Draw(table.N, counts);
        Assert.Equal(table.N, counts.Sum(c => c));
        var rows = Enumerable.Range(0, table.N).SelectMany(i => Enumerable.Repeat(i, counts[i])).ToList();
        var drawn = columns.Correlations(counts)!;
        for (var j = 0; j < 5; j++)
            for (var k = 0; k < 5; k++)
                Assert.Equal(MathNet.Numerics.Statistics.Correlation.Pearson(rows.Select(i => table.Ratings[j][i]), rows.Select(i => table.Ratings[k][i])), drawn[j, k], 10);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public void What_chance_gives_as_well_is_no_driver()
    {
        var found = DriverAnalysis.Of(Floor(800, common: 0, [2, 0, 0, 0]), draws: 300);
        Assert.Equal(["a0"], found.Drivers.Where(d => d.IsCertain).Select(d => d.Attribute.Code));
    }

    [Fact]
    public void A_quarter_of_the_map_is_cut_at_both_means()
    {
        var found = DriverAnalysis.Of(Floor(600, 2, .2, .1), draws: 50);
        Assert.Equal((1.0 / 3, found.Drivers.Average(d => d.Performance.Value)), (found.ImportanceCut, found.PerformanceCut));
        Assert.Equal((DriverQuadrant.FixFirst, DriverQuadrant.KeepUp, DriverQuadrant.OverServed, DriverQuadrant.Watch),
            (DriverAnalysis.Quadrant(true, false), DriverAnalysis.Quadrant(true, true), DriverAnalysis.Quadrant(false, true), DriverAnalysis.Quadrant(false, false)));
    }

    [Theory]
    [Trait("Behaviour", "33")]
    [InlineData(DriverRefusal.NoAnswers)]
    [InlineData(DriverRefusal.TooFewAttributes)]
    [InlineData(DriverRefusal.TooFewAnswers)]
    [InlineData(DriverRefusal.OutcomeDoesNotVary)]
    [InlineData(DriverRefusal.AttributeDoesNotVary)]
    [InlineData(DriverRefusal.Collinear)]
    public void Data_that_cannot_carry_it_is_refused_with_the_reason(DriverRefusal reason)
    {
        var table = Floor(200, 1, .5);
        var found = DriverAnalysis.Of(reason switch
        {
            DriverRefusal.NoAnswers => table with { Rated = 0, Outcome = [], Ratings = [[], []] },
            DriverRefusal.TooFewAttributes => table with { Attributes = [table.Attributes[0]], Ratings = [table.Ratings[0]] },
            DriverRefusal.TooFewAnswers => Floor(49, 1, .5),
            DriverRefusal.OutcomeDoesNotVary => table with { Outcome = [.. table.Outcome.Select((_, i) => i < 4 ? 1.0 : 5)] },
            DriverRefusal.AttributeDoesNotVary => table with { Ratings = [table.Ratings[0], [.. table.Outcome.Select(_ => 4.0)]] },
            DriverRefusal.Collinear => table with { Ratings = [table.Ratings[0], [.. table.Ratings[0].Select(x => 6 - x)]] },
        }, draws: 20);
        Assert.Equal(reason, found.Refusal);
        Assert.Empty(found.Drivers);
        Assert.Equal(50, found.Minimum);
        if (reason == DriverRefusal.AttributeDoesNotVary) Assert.Equal(["a1"], found.About.Select(a => a.Code));
        if (reason == DriverRefusal.Collinear) Assert.Equal(["a0", "a1"], found.About.Select(a => a.Code));
    }

    [Fact]
    public void Ten_answers_an_attribute_are_the_least() => Assert.Equal((50, 50, 120), (DriverAnalysis.Minimum(2), DriverAnalysis.Minimum(5), DriverAnalysis.Minimum(12)));

    [Fact]
    public void An_attribute_that_few_rate_is_left_out_and_named_unless_it_was_chosen()
    {
        var attributes = Attributes(3);
        var answers = Enumerable.Range(0, 100).Select(i => ((double)(i % 5), new[] { i % 4, i % 10 < 5 ? i % 3 : double.NaN, i % 10 < 4 ? i % 2 : double.NaN })).ToList();
        var table = DriverTable.Of(attributes, answers);
        Assert.Equal(["a0", "a1"], table.Attributes.Select(a => a.Code));
        Assert.Equal((50, 100), (table.N, table.Rated));
        Assert.Equal(("a2", 40), (table.LeftOut.Single().Attribute.Code, table.LeftOut.Single().Rated));
        Assert.Equal(40, DriverTable.Of(attributes, answers, ["a0", "a2"]).N);
    }

    [Fact]
    public void It_can_be_stopped_and_tells_how_far_it_is()
    {
        var told = new List<double>();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => DriverAnalysis.Of(Floor(300, 1, .5), draws: 400, progress: new Ear(share =>
        {
            told.Add(share);
            if (share >= .5) stop.Cancel();
        }), cancel: stop.Token));
        Assert.InRange(told.Max(), .5, .6);
    }

    private sealed class Ear(Action<double> hear) : IProgress<double>
    {
        public void Report(double value) => hear(value);
    }

    private static IReadOnlyList<DriverAttribute> Attributes(int count) => [.. Enumerable.Range(0, count).Select(j => new DriverAttribute(j + 1, $"a{j}", $"A{j}", 1, 5))];

    /// <summary>Ratings with something in common, and an outcome that follows each so much.</summary>
    private static DriverTable Floor(int rows, params double[] effects) => Floor(rows, .6, effects);

    internal static DriverTable Floor(int rows, double common, double[] effects)
    {
        var random = new Random(rows + effects.Length);
        double Noise() => random.NextDouble() + random.NextDouble() - 1;
        double Rating(double felt) => Math.Clamp(Math.Round(3.5 + 1.5 * felt), 1, 5);
        var moods = Enumerable.Range(0, rows).Select(_ => Noise()).ToArray();
        var felt = effects.Select(_ => moods.Select(m => common * m + Noise()).ToArray()).ToArray();
        return new DriverTable
        {
            Attributes = Attributes(effects.Length),
            Ratings = [.. felt.Select(f => f.Select(Rating).ToArray())],
            Outcome = [.. Enumerable.Range(0, rows).Select(i => Rating(effects.Select((e, j) => e * (felt[j][i] - common * moods[i])).Sum() + .5 * Noise()))],
            Rated = rows, LeftOut = [],
        };
    }
}
