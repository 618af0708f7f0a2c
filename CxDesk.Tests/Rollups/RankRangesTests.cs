using CxDesk.Data.Rollups;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;

namespace CxDesk.Tests.Rollups;

public sealed class RankRangesTests
{
    // Efron and Morris (1975; Scientific American 236, 1977): hits of eighteen players in their first 45 times at bat.
    private static readonly int[] Hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];
    private static readonly double[] Published = [.294, .289, .285, .280, .275, .275, .270, .266, .261, .261, .256, .256, .256, .256, .256, .252, .247, .242];

    [Fact]
    public void Estimates_are_those_of_the_batters()
    {
        var mean = Hits.Average() / 45;
        var shrunk = RankRanges.Shrink([.. Hits.Select(h => (h / 45.0, mean * (1 - mean) / 45))]);
        Assert.All(shrunk.Zip(Published), pair => Assert.Equal(pair.Second, pair.First.Estimate, 0.0015));
    }

    [Fact]
    public void Batters_who_cannot_be_told_apart_share_all_places()
    {
        var mean = Hits.Average() / 45;
        var ranked = RankRanges.Of(Hits.Select((h, i) => (i, h / 45.0, mean * (1 - mean) / 45)));
        Assert.All(ranked, r => Assert.Equal((1, 18), (r.BestRank, r.WorstRank)));
        Assert.Equal(0, ranked[0].Key);
    }

    [Fact]
    public void Of_a_wait_the_shortest_comes_first()
    {
        var wait = Indicator.Csat with { Kind = RollupKind.Measure, MetricId = 1, Code = "measure:wait", IsHigherBetter = false, Lowest = 0, Highest = double.PositiveInfinity, Unit = IndicatorUnit.Seconds };
        var ranked = RankRanges.Of(wait, Enumerable.Range(1, 5).Select(i => (i, new IndicatorSums(new ScoreSums { N = 100 }, 6000 * i, 100 * (3600.0 * i * i + 25)))));
        Assert.Equal([(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4), (5, 5, 5)], ranked.Select(r => (r.Key, r.BestRank, r.WorstRank)));
        Assert.All(ranked, r => Assert.True(r.Low < r.Estimate && r.Estimate < r.High));
        Assert.Equal(60, ranked[0].Estimate, 0.5);
    }

    [Fact]
    public void Clear_differences_make_clear_places()
    {
        var ranked = RankRanges.Of(Enumerable.Range(0, 6).Select(i => (i, -i * 1.0, 0.0004)));
        Assert.Equal([(0, 1, 1), (1, 2, 2), (2, 3, 3), (3, 4, 4), (4, 5, 5), (5, 6, 6)], ranked.Select(r => (r.Key, r.BestRank, r.WorstRank)));
    }

    [Fact]
    public void Few_answers_are_drawn_further_to_the_mean_and_too_few_are_not_ranked()
    {
        var rows = new (string, ScoreSums)[]
        {
            ("lucky", ScoreSums.Of(5, 5)), ("good", ScoreSums.Of(5, 300) + ScoreSums.Of(4, 100)), ("fair", ScoreSums.Of(4, 300) + ScoreSums.Of(5, 60)),
            ("middling", ScoreSums.Of(4, 200) + ScoreSums.Of(3, 60)), ("poor", ScoreSums.Of(3, 200)), ("new", ScoreSums.Of(5, 4)),
        };
        var ranked = RankRanges.Of(Metric.Csat, rows);
        Assert.DoesNotContain(ranked, r => r.Key == "new");
        var (lucky, good) = (ranked.Single(r => r.Key == "lucky"), ranked.Single(r => r.Key == "good"));
        Assert.True(5 - lucky.Estimate > Math.Abs(4.75 - good.Estimate));
        Assert.Equal((1, 1), (lucky.BestRank, good.BestRank));
        Assert.True(lucky.High - lucky.Low > 3 * (good.High - good.Low));
        Assert.Equal((5, 5), (ranked[^1].BestRank, ranked[^1].WorstRank));
    }

    [Fact]
    public void A_place_lies_in_its_range_and_ranges_follow_the_order()
    {
        var rows = (from value in Gen.Choose(0, 1000) from n in Gen.Choose(1, 50) select (Value: value / 100.0, Variance: 1.0 / n)).NonEmptyListOf();
        Prop.ForAll(rows.ToArbitrary(), list =>
        {
            var ranked = RankRanges.Of(list.Select((row, i) => (i, row.Value, row.Variance)));
            return ranked.Index().All(r => r.Item.BestRank <= r.Index + 1 && r.Index + 1 <= r.Item.WorstRank && r.Item.WorstRank <= list.Count);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(4, 0.0)]
    [InlineData(6, 0.1)]
    [InlineData(40, 0.0)]
    [InlineData(40, 0.1)]
    [InlineData(40, 0.3)]
    public void The_true_rank_lies_in_the_range_nineteen_times_of_twenty(int count, double between)
    {
        var random = new Random(11);
        var (covered, all) = (0, 0);
        for (var run = 0; run < 200; run++)
        {
            var rows = Enumerable.Range(0, count).Select(i => (Truth: Normal.Sample(random, 4, between), Error: 1 / Math.Sqrt(10 + random.Next(200)))).ToList();
            foreach (var ranked in RankRanges.Of(rows.Select((row, i) => (i, Normal.Sample(random, row.Truth, row.Error), row.Error * row.Error))))
            {
                var (best, worst) = (1 + rows.Count(r => r.Truth > rows[ranked.Key].Truth), rows.Count(r => r.Truth >= rows[ranked.Key].Truth));
                if (ranked.BestRank <= worst && best <= ranked.WorstRank) covered++;
                all++;
            }
        }
        Assert.True(covered >= 0.95 * all, $"{covered} of {all}");
    }
}
