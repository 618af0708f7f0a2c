using CxDesk.Data.Rollups;

namespace CxDesk.Tests.Rollups;

public sealed class StepDownTests
{
    [Fact]
    public void Holms_adjustment_is_that_of_published_examples()
    {
        // "Holm–Bonferroni method", Wikipedia: of 0.01, 0.04, 0.03 and 0.005 the first and the last hold at 5 %.
        Assert.Equal([0.03, 0.06, 0.06, 0.02], StepDown.Holm([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));
        // By hand: 0.0001·4; 0.0058·3; 0.0132·2; 0.7289.
        Assert.Equal([0.0004, 0.0174, 0.0264, 0.7289], StepDown.Holm([0.0001, 0.0058, 0.0132, 0.7289]).Select(p => Math.Round(p, 12)));
        Assert.Equal([0.2], StepDown.Holm([0.2]));
        Assert.Empty(StepDown.Holm([]));
    }

    [Fact]
    public void It_is_no_smaller_than_the_chance_no_larger_than_Bonferronis_and_keeps_the_order()
    {
        var random = new Random(3);
        for (var run = 0; run < 200; run++)
        {
            var chances = Enumerable.Range(0, 1 + random.Next(40)).Select(_ => random.NextDouble() * random.NextDouble()).ToList();
            var adjusted = StepDown.Holm(chances);
            for (var i = 0; i < chances.Count; i++) Assert.InRange(adjusted[i], chances[i], Math.Min(1, chances.Count * chances[i]));
            foreach (var (a, b) in chances.Zip(adjusted).OrderBy(p => p.First).Zip(chances.Zip(adjusted).OrderBy(p => p.First).Skip(1))) Assert.True(a.Second <= b.Second);
        }
    }

    [Fact]
    public void Where_nothing_changed_something_is_named_in_one_of_twenty_at_most()
    {
        var random = new Random(5);
        var named = Enumerable.Range(0, 4_000).Count(_ => StepDown.Holm([.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())]).Any(p => p < 0.05));
        Assert.InRange(named, 100, 4_000 / 20 + 45);
    }
}
