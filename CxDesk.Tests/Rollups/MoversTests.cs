using CxDesk.Data.Rollups;

namespace CxDesk.Tests.Rollups;

public sealed class MoversTests
{
    private static ScoreChange Change(double difference, double? chance) =>
        new(difference, null, chance is null ? Verdict.TooFew : chance < 0.05 ? difference > 0 ? Verdict.Better : Verdict.Worse : Verdict.NoClearChange) { Chance = chance };

    [Fact]
    [Trait("Behaviour", "32")]
    public void The_surest_come_first_and_too_few_last()
    {
        var ordered = Movers.Order([("few", Change(3, null)), ("perhaps", Change(0.5, 0.4)), ("sure", Change(-0.2, 0.0001)), ("likely", Change(0.3, 0.01))]);
        Assert.Equal(["sure", "likely", "perhaps", "few"], ordered.Select(o => o.Key));
        Assert.Equal([Verdict.Worse, Verdict.Better, Verdict.NoClearChange, Verdict.TooFew], ordered.Select(o => o.Change.Verdict));
    }

    // Benjamini and Hochberg (1995), table of fifteen: the first four are found at 5 %.
    [Fact]
    [Trait("Behaviour", "32")]
    public void Among_many_only_as_many_are_clear_as_the_paper_finds()
    {
        double[] chances = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.000];
        var ordered = Movers.Order(chances.Select(p => (p, Change(1, p))));
        Assert.Equal(4, ordered.Count(o => o.Change.Verdict == Verdict.Better));
    }

    [Theory]
    [InlineData(50, 45, 0.37)]
    [InlineData(430, 500, 0.0003)]
    public void Chance_is_that_of_the_comparison(int promoters, int before, double chance)
    {
        var scale = promoters / 50 == 1 ? 1 : 10;
        var now = ScoreSums.Of(9, promoters) + ScoreSums.Of(8, scale == 1 ? 30 : 310) + ScoreSums.Of(6, scale == 1 ? 20 : 260);
        var old = ScoreSums.Of(9, before) + ScoreSums.Of(8, scale == 1 ? 30 : 300) + ScoreSums.Of(6, scale == 1 ? 25 : 200);
        Assert.Equal(chance, ScoreStatistics.Compare(Metric.Nps, now, old).Chance!.Value, chance < 0.01 ? 0.0001 : 0.01);
    }
}
