using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Rollups;

public class IndicatorTests
{
    private static readonly Indicator Courtesy = Indicator.Csat with { Kind = RollupKind.Rating, MetricId = 4, Code = "attribute:courtesy", Name = "Courtesy" };

    private static readonly Indicator Wait = Courtesy with
    {
        Kind = RollupKind.Measure, Code = "measure:wait", Unit = IndicatorUnit.Seconds, IsHigherBetter = false, Lowest = 0, Highest = double.PositiveInfinity,
    };

    private static readonly Indicator Retention = Wait with { Code = "retention", Statistic = IndicatorStatistic.Share, Unit = IndicatorUnit.Share, IsHigherBetter = true, Highest = 1 };

    private static readonly ScoreSums Mixed = ScoreSums.Of(1, 7) + ScoreSums.Of(3, 11) + ScoreSums.Of(4, 20) + ScoreSums.Of(5, 12);

    private static IndicatorSums Of(long n, double sum, double sumSq) => new(new ScoreSums { N = n }, sum, sumSq);

    [Fact]
    public void A_score_is_what_the_statistics_of_scores_give()
    {
        foreach (var metric in Enum.GetValues<Metric>())
        {
            Assert.Equal(ScoreStatistics.Of(metric, Mixed), IndicatorStatistics.Of(Indicator.Of(metric), Mixed));
            Assert.Equal(ScoreStatistics.Compare(metric, Mixed, ScoreSums.Of(4, 9)), IndicatorStatistics.Compare(Indicator.Of(metric), Mixed, ScoreSums.Of(4, 9)));
        }
    }

    [Fact]
    public void The_mean_of_whole_ratings_is_that_of_the_same_scores()
    {
        var (score, rating) = (ScoreStatistics.Mean(Mixed), IndicatorStatistics.Of(Courtesy, Mixed));
        Assert.Equal(score.Value, rating.Value);
        Assert.Equal(score.Low!.Value, rating.Low!.Value, 12);
        Assert.Equal(score.High!.Value, rating.High!.Value, 12);
    }

    [Fact]
    public void The_top_two_are_a_share_with_a_Wilson_interval()
    {
        // Contract vector: 45 of 50 → 78.64–95.65 %.
        var score = IndicatorStatistics.Of(Indicator.CsatTopTwo, ScoreSums.Of(5, 30) + ScoreSums.Of(4, 15) + ScoreSums.Of(3, 5));
        Assert.Equal((50, 0.9), (score.N, score.Value));
        Assert.Equal((0.7864, 0.9565), (Math.Round(score.Low!.Value, 4), Math.Round(score.High!.Value, 4)));
    }

    [Fact]
    public void Two_shares_are_compared_by_what_they_have_in_common()
    {
        // p = 0.8, so the standard error is √(0.8·0.2·(1/50 + 1/50)) = 0.08, and z = 0.2/0.08.
        var change = IndicatorStatistics.Compare(Retention, Of(50, 45, 45), Of(50, 35, 35));
        Assert.Equal((2.5, Verdict.Better), (Math.Round(change.Statistic!.Value, 10), change.Verdict));
        Assert.Equal(0.0124, change.Chance!.Value, 4);
        Assert.Equal(Verdict.NoClearChange, IndicatorStatistics.Compare(Retention, Of(50, 45, 45), Of(50, 41, 41)).Verdict);
    }

    [Fact]
    public void A_longer_wait_is_worse_and_a_shorter_one_better()
    {
        IndicatorSums shorter = Of(100, 100 * 180, 100 * (180.0 * 180 + 900)), longer = Of(100, 100 * 240, 100 * (240.0 * 240 + 900));
        Assert.Equal(Verdict.Worse, IndicatorStatistics.Compare(Wait, longer, shorter).Verdict);
        Assert.Equal(Verdict.Better, IndicatorStatistics.Compare(Wait, shorter, longer).Verdict);
        Assert.Equal(Standing.Bad, IndicatorStatistics.Of(Wait, longer).Against(200, isHigherBetter: false));
        Assert.Equal(Standing.Good, IndicatorStatistics.Of(Wait, shorter).Against(200, isHigherBetter: false));
    }

    [Fact]
    public void Nothing_counted_has_no_value_and_one_has_no_interval()
    {
        foreach (var indicator in (Indicator[])[Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps, Courtesy, Wait, Retention])
        {
            Assert.Null(IndicatorStatistics.Of(indicator, default).Value);
            Assert.Equal(Verdict.TooFew, IndicatorStatistics.Compare(indicator, default, default).Verdict);
        }
        Assert.Equal(new Score(1, 3, null, null), IndicatorStatistics.Of(Courtesy, ScoreSums.Of(3)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Every_code_names_one_indicator(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var book = await database.Db.Read(IndicatorQuery.Read);
        Assert.All(book.All, i => Assert.Same(i, book.Find(i.Code)));
        Assert.All(book.All, i => Assert.Same(i, book.Of(i.Kind, i.MetricId, i.Statistic)));
        Assert.Equal(IndicatorUnit.Seconds, book.Find("measure:wait")!.Unit);
        Assert.False(book.Find("measure:wait")!.IsHigherBetter);
        Assert.Equal(IndicatorStatistic.Share, book.Find("measure:uptime")!.Statistic);
        Assert.Null(book.Find("wait"));
    }
}
