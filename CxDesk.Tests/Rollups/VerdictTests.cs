using CxDesk.Data.Rollups;

namespace CxDesk.Tests.Rollups;

public sealed class VerdictTests
{
    private static ScoreSums Answers(params int[] values) =>
        values.Aggregate(new ScoreSums(), (sums, value) => sums + ScoreSums.Of(value));

    private static ScoreSums Nps(int promoters, int passives, int detractors) =>
        ScoreSums.Of(9, promoters) + ScoreSums.Of(8, passives) + ScoreSums.Of(6, detractors);

    [Fact]
    [Trait("Behaviour", "32")]
    public void Nps_that_chance_explains_is_no_clear_change()
    {
        var change = ScoreStatistics.Compare(Metric.Nps, Nps(50, 30, 20), Nps(45, 30, 25));

        Assert.Equal(10, change.Difference!.Value, 1e-9);
        Assert.Equal(0.89, change.Statistic!.Value, 0.005);
        Assert.Equal(Verdict.NoClearChange, change.Verdict);
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public void Nps_beyond_chance_is_a_change_in_its_direction()
    {
        var better = ScoreStatistics.Compare(Metric.Nps, Nps(500, 300, 200), Nps(430, 310, 260));
        var worse = ScoreStatistics.Compare(Metric.Nps, Nps(430, 310, 260), Nps(500, 300, 200));

        Assert.Equal(13, better.Difference!.Value, 1e-9);
        Assert.Equal(3.65, better.Statistic!.Value, 0.005);
        Assert.Equal(Verdict.Better, better.Verdict);
        Assert.Equal(-13, worse.Difference!.Value, 1e-9);
        Assert.Equal(Verdict.Worse, worse.Verdict);
    }

    [Theory]
    [Trait("Behaviour", "32")]
    [InlineData(Metric.Csat)]
    [InlineData(Metric.Ces)]
    public void Means_are_compared_by_welchs_t(Metric metric)
    {
        // Means 3 and 4.2, squared errors 0.5 and 0.14: t 1.5 on 6.08 degrees of freedom, where 2.44 is needed.
        var change = ScoreStatistics.Compare(metric, Answers(4, 5, 5, 4, 3), Answers(1, 2, 3, 4, 5));

        Assert.Equal(1.2, change.Difference!.Value, 1e-9);
        Assert.Equal(1.5, change.Statistic!.Value, 1e-9);
        Assert.Equal(Verdict.NoClearChange, change.Verdict);
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public void Welchs_degrees_of_freedom_decide_at_the_edge()
    {
        // Six answers that scarcely vary against five that do: t 2.52 on 4.45 degrees of freedom, where 2.67 is needed.
        // A pooled variance (t 2.76 on 9, where 2.26 is needed) or a plain z would call it a change.
        var (steady, scattered) = (Answers(5, 5, 5, 5, 5, 4), Answers(2, 5, 1, 4, 3));
        var change = ScoreStatistics.Compare(Metric.Csat, steady, scattered);

        Assert.Equal(2.52, change.Statistic!.Value, 0.005);
        Assert.Equal(Verdict.NoClearChange, change.Verdict);
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public void Mean_beyond_chance_is_a_change_in_its_direction()
    {
        var (low, high) = (ScoreSums.Of(3, 50) + ScoreSums.Of(4, 50), ScoreSums.Of(4, 60) + ScoreSums.Of(5, 40));

        Assert.Equal(Verdict.Better, ScoreStatistics.Compare(Metric.Csat, high, low).Verdict);
        Assert.Equal(Verdict.Worse, ScoreStatistics.Compare(Metric.Csat, low, high).Verdict);
    }

    [Theory]
    [Trait("Behaviour", "28")]
    [InlineData(4, 100, 5, Verdict.TooFew)]
    [InlineData(100, 4, 5, Verdict.TooFew)]
    [InlineData(4, 100, 4, Verdict.Better)]
    [InlineData(1, 100, 1, Verdict.TooFew)]
    public void Below_the_minimum_there_is_no_verdict(int now, int before, int minimum, Verdict verdict)
    {
        var change = ScoreStatistics.Compare(Metric.Csat, ScoreSums.Of(5, now), ScoreSums.Of(1, before), minimum);

        Assert.Equal(4, change.Difference);
        Assert.Equal(verdict, change.Verdict);
    }

    [Theory]
    [InlineData(Metric.Csat)]
    [InlineData(Metric.Nps)]
    [InlineData(Metric.Ces)]
    public void Periods_that_do_not_vary_differ_or_are_equal(Metric metric)
    {
        var (high, low) = (ScoreSums.Of(7, 8), ScoreSums.Of(2, 8));

        Assert.Equal(Verdict.Better, ScoreStatistics.Compare(metric, high, low).Verdict);
        Assert.Equal(Verdict.Worse, ScoreStatistics.Compare(metric, low, high).Verdict);
        Assert.Equal(new ScoreChange(0, null, Verdict.NoClearChange) { Chance = 1 }, ScoreStatistics.Compare(metric, high, high));
    }

    [Theory]
    [Trait("Behaviour", "28")]
    [InlineData(3.9, Standing.Good)]
    [InlineData(4.0, Standing.Good)]
    [InlineData(4.1, Standing.Watch)]
    [InlineData(4.2, Standing.Watch)]
    [InlineData(4.3, Standing.Bad)]
    public void Standing_is_bad_only_when_the_whole_interval_is_under_the_target(double target, Standing standing) =>
        Assert.Equal(standing, new Score(60, 4.0, 3.8, 4.2).Against(target));

    [Fact]
    [Trait("Behaviour", "28")]
    public void Standing_is_unknown_without_target_or_answers()
    {
        Assert.Equal(Standing.Unknown, new Score(60, 4.0, 3.8, 4.2).Against(null));
        Assert.Equal(Standing.Unknown, new Score(4, 4.0, 3.8, 4.2).Against(4.5));
        Assert.Equal(Standing.Bad, new Score(4, 4.0, 3.8, 4.2).Against(4.5, minimumN: 4));
        Assert.Equal(Standing.Unknown, new Score(0, null, null, null).Against(4.5, minimumN: 0));
    }

    [Theory]
    [InlineData(3.7, true)]
    [InlineData(3.8, false)]
    [InlineData(4.2, false)]
    [InlineData(4.3, true)]
    public void Interval_excludes_what_lies_outside_it(double target, bool excluded) =>
        Assert.Equal(excluded, new Score(60, 4.0, 3.8, 4.2).Excludes(target));
}
