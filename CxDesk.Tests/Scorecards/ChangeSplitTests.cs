using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Tests.Scorecards;

public class ChangeSplitTests
{
    private static IndicatorSums Satisfied(long of, long yes) => ScoreSums.Of(5, yes) + ScoreSums.Of(1, of - yes);

    [Fact]
    public void Simpsons_paradox_is_called_what_it_is()
    {
        // Kidney stones: Charig, Webb, Payne and Wickham, British Medical Journal 292 (1986): successes of open surgery, then
        // of the newer treatment, for small and for large stones. Each kind got worse (93 → 87 %, 73 → 69 %), the whole better (78 → 83 %).
        ChangeGroup[] stones = [new(1, Satisfied(87, 81), Satisfied(270, 234)), new(2, Satisfied(263, 192), Satisfied(80, 55))];
        var split = ChangeSplit.Of(Indicator.CsatTopTwo, stones);
        Assert.Equal(289.0 / 350 - 273.0 / 350, split.Change!.Value, 12);
        Assert.All(split.Parts, p => Assert.True(p.Real < 0));
        Assert.True(split.Mix > 0 && split.Real < 0);
        Assert.Equal(split.Change.Value, split.Parts.Sum(p => p.Sum), 12);

        // With ten times the patients chance explains neither the fall of the kinds nor the rise of the whole.
        var tenfold = ChangeSplit.Of(Indicator.CsatTopTwo, [.. stones.Select(g => new ChangeGroup(g.Key, Times(g.Before, 10), Times(g.Now, 10)))]);
        Assert.Equal((Verdict.Better, ChangeStory.Reversed), (tenfold.Verdict, tenfold.Story));
        Assert.All(tenfold.Parts, p => Assert.True(p.IsCertain));
    }

    [Fact]
    public void Kitagawas_parts_are_found()
    {
        // By hand: shares 0.5/0.5 → 0.8/0.2, values 4 and 2 → 4 and 3. X̄ = (3 + 3.8)/2; mix 0.3·(4 − 3.4) + −0.3·(2.5 − 3.4), real 0·0.65 and 1·0.35.
        var split = ChangeSplit.Of(Indicator.Csat, [new(1, ScoreSums.Of(4, 50), ScoreSums.Of(4, 80)), new(2, ScoreSums.Of(2, 50), ScoreSums.Of(3, 20))]);
        Assert.Equal(0.8, split.Change!.Value, 12);
        Assert.Equal([0.18, 0.27], split.Parts.Select(p => Math.Round(p.Mix, 12)));
        Assert.Equal([0, 0.35], split.Parts.Select(p => Math.Round(p.Real, 12)));
    }

    [Fact]
    public void What_only_the_mix_moved_is_mix_and_what_the_groups_moved_is_real()
    {
        IndicatorSums good = ScoreSums.Of(5, 300) + ScoreSums.Of(4, 300), bad = ScoreSums.Of(2, 300) + ScoreSums.Of(1, 300);
        Assert.Equal(ChangeStory.Mix, ChangeSplit.Of(Indicator.Csat, [new(1, good, Times(good, 3)), new(2, bad, bad)]).Story);
        Assert.Equal(ChangeStory.Real, ChangeSplit.Of(Indicator.Csat, [new(1, good, good), new(2, bad, good)]).Story);
        Assert.Equal(ChangeStory.NoClearChange, ChangeSplit.Of(Indicator.Csat, [new(1, good, good), new(2, bad, bad)]).Story);
    }

    [Fact]
    public void What_changed_within_groups_far_apart_is_told_as_such_and_not_as_a_change_of_the_whole()
    {
        // Ones and fives, of which one in twenty became a two, or a four: by group z is over 5, over all of it under 1.
        var split = ChangeSplit.Of(Indicator.Csat, [
            new(1, ScoreSums.Of(1, 500), ScoreSums.Of(1, 475) + ScoreSums.Of(2, 25)), new(2, ScoreSums.Of(4, 25) + ScoreSums.Of(5, 475), ScoreSums.Of(5, 500))]);
        Assert.Equal((Verdict.NoClearChange, ChangeStory.Within), (split.Verdict, split.Story));
        Assert.All(split.Parts, p => Assert.True(p.IsCertain));
    }

    [Fact]
    public void A_group_of_one_period_only_is_mix_and_a_period_without_answers_has_no_change()
    {
        var split = ChangeSplit.Of(Indicator.Nps, [new(1, ScoreSums.Of(9, 40), ScoreSums.Of(9, 40)), new(null, default, ScoreSums.Of(3, 40))]);
        Assert.Equal((-100.0, 0.0), (Math.Round(split.Mix, 12), split.Real));
        Assert.Null(ChangeSplit.Of(Indicator.Csat, [new(1, default, ScoreSums.Of(3, 40))]).Change);
        Assert.Empty(ChangeSplit.Of(Indicator.Csat, []).Parts);
    }

    [Fact]
    public void The_parts_of_anything_add_up_to_its_change()
    {
        var random = new Random(7);
        foreach (var indicator in (Indicator[])[Indicator.Csat, Indicator.CsatTopTwo, Indicator.Nps, Indicator.Ces])
            for (var run = 0; run < 200; run++)
            {
                var split = ChangeSplit.Of(indicator, [.. Enumerable.Range(0, 1 + random.Next(12)).Select(k => new ChangeGroup(k, Some(random), Some(random)))]);
                if (split.Change is { } change) Assert.Equal(change, split.Mix + split.Real, 9);
            }
    }

    private static IndicatorSums Some(Random random) =>
        Enumerable.Range(0, 11).Where(_ => random.Next(3) == 0).Aggregate(new ScoreSums(), (sum, value) => sum + ScoreSums.Of(value, random.Next(30)));

    private static IndicatorSums Times(IndicatorSums sums, int times) => Enumerable.Repeat(sums, times).Aggregate((a, b) => a + b);
}
