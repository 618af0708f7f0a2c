using CxDesk.Data.Rollups;

namespace CxDesk.Tests.Rollups;

public sealed class ScoreStatisticsTests
{
    private static ScoreSums Answers(params int[] values) =>
        values.Aggregate(new ScoreSums(), (sums, value) => sums + ScoreSums.Of(value));

    private static ScoreSums Nps(int promoters, int passives, int detractors) =>
        ScoreSums.Of(10, promoters) + ScoreSums.Of(7, passives) + ScoreSums.Of(3, detractors);

    [Theory]
    [Trait("Behaviour", "27")]
    [InlineData(45, 50, 78.64, 95.65)]
    [InlineData(10, 10, 72.25, 100)]
    [InlineData(0, 8, 0, 32.44)]
    public void Share_has_the_wilson_interval(int hits, int n, double low, double high)
    {
        var share = ScoreStatistics.Share(hits, n);

        Assert.Equal((double)hits / n, share.Value);
        Assert.Equal(low, 100 * share.Low!.Value, 0.005);
        Assert.Equal(high, 100 * share.High!.Value, 0.005);
    }

    [Theory]
    [Trait("Behaviour", "27")]
    [InlineData(50, 30, 20, 30.0, 29.1 - 15.1, 29.1 + 15.1)]
    [InlineData(9, 0, 0, 100.0, 75.0 - 31.6, 100.0)]
    [InlineData(0, 0, 9, -100.0, -100.0, -75.0 + 31.6)]
    public void Nps_is_plain_and_its_interval_adjusted_and_clipped(
        int promoters, int passives, int detractors, double value, double low, double high)
    {
        var score = ScoreStatistics.Of(Metric.Nps, Nps(promoters, passives, detractors));

        Assert.Equal(promoters + passives + detractors, score.N);
        Assert.Equal(value, score.Value!.Value, 1e-9);
        Assert.Equal(low, score.Low!.Value, 0.1);
        Assert.Equal(high, score.High!.Value, 0.1);
        Assert.InRange(score.High.Value, -100, 100);
        Assert.InRange(score.Low.Value, -100, 100);
    }

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(6, false, true)]
    [InlineData(7, false, false)]
    [InlineData(8, false, false)]
    [InlineData(9, true, false)]
    [InlineData(10, true, false)]
    public void Promoters_answer_9_and_10_and_detractors_0_to_6(int answer, bool promoter, bool detractor)
    {
        Assert.Equal(promoter ? 1 : 0, ScoreSums.Of(answer).Promoters);
        Assert.Equal(detractor ? 1 : 0, ScoreSums.Of(answer).Detractors);
    }

    [Theory]
    [Trait("Behaviour", "27")]
    [InlineData(Metric.Csat)]
    [InlineData(Metric.Ces)]
    public void Mean_has_the_t_interval(Metric metric)
    {
        // Mean 3, s² 2.5, t(0.975, 4) 2.776445.
        var score = ScoreStatistics.Of(metric, Answers(1, 2, 3, 4, 5));

        Assert.Equal(5, score.N);
        Assert.Equal(3, score.Value);
        Assert.Equal(3 - 1.963243, score.Low!.Value, 1e-6);
        Assert.Equal(3 + 1.963243, score.High!.Value, 1e-6);
    }

    [Theory]
    // Half ones and half fives: s² = 4n/(n−1), so the margin is t·2/√(n−1). Quantiles from tables.
    [InlineData(2, 12.706205)]
    [InlineData(10, 2.262157)]
    [InlineData(200, 1.971957)]
    [InlineData(202, 1.971837)]
    [InlineData(1001 + 1, 1.962336)]
    public void T_quantiles_agree_with_the_tables(int n, double quantile)
    {
        var score = ScoreStatistics.Of(Metric.Csat, ScoreSums.Of(1, n / 2) + ScoreSums.Of(5, n / 2));

        Assert.Equal(quantile, (score.High!.Value - score.Value!.Value) * Math.Sqrt(n - 1) / 2, 2e-6);
    }

    [Theory]
    [Trait("Behaviour", "29")]
    [InlineData(Metric.Csat)]
    [InlineData(Metric.Nps)]
    [InlineData(Metric.Ces)]
    public void Empty_denominator_has_no_value(Metric metric)
    {
        Assert.Equal(new Score(0, null, null, null), ScoreStatistics.Of(metric, default));
        Assert.Equal(new Score(0, null, null, null), ScoreStatistics.Share(0, 0));
        Assert.Equal(new ScoreChange(null, null, Verdict.TooFew), ScoreStatistics.Compare(metric, Answers(3, 4, 5, 5, 5), default));
    }

    [Fact]
    public void Single_answer_has_a_mean_and_no_interval() =>
        Assert.Equal(new Score(1, 4, null, null), ScoreStatistics.Of(Metric.Csat, Answers(4)));

    [Fact]
    public void Equal_answers_have_an_interval_of_no_width()
    {
        Assert.Equal(new Score(7, 4, 4, 4), ScoreStatistics.Of(Metric.Csat, ScoreSums.Of(4, 7)));
        Assert.Equal(new Score(3_000_000, 1, 1, 1), ScoreStatistics.Of(Metric.Csat, ScoreSums.Of(1, 3_000_000)));
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public void Children_sum_to_the_parent()
    {
        var (first, second) = (Answers(0, 1, 2, 3, 4, 5), Answers(5, 6, 7, 8, 9, 10));

        Assert.Equal(Answers(0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10), first + second);
        Assert.Equal(first, first + default(ScoreSums));
        Assert.Equal(12, (first + second).N);
        Assert.Equal(60, (first + second).Sum);
        Assert.Equal(410, (first + second).SumSq);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void Score_outside_0_to_10_is_refused(int value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreSums.Of(value));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    public void Share_of_more_than_all_is_refused(int hits, int n) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreStatistics.Share(hits, n));
}
