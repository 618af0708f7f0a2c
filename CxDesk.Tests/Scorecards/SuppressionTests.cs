using CxDesk.Data.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class SuppressionTests
{
    [Fact]
    [Trait("Behaviour", "28")]
    public void Nothing_is_withheld_where_every_n_reaches_the_minimum() =>
        Assert.Equal([false, false, false], Suppression.Withheld([(5, false), (6, false), (900, false)]));

    [Fact]
    [Trait("Behaviour", "28")]
    public void A_single_small_one_takes_the_next_smallest_with_it() =>
        Assert.Equal([false, true, true, false], Suppression.Withheld([(50, false), (3, false), (40, false), (90, false)]));

    [Fact]
    [Trait("Behaviour", "28")]
    public void Two_small_ones_that_are_enough_together_need_no_third() =>
        Assert.Equal([true, true, false], Suppression.Withheld([(3, false), (2, false), (40, false)]));

    [Fact]
    [Trait("Behaviour", "28")]
    public void Small_ones_whose_sum_is_small_take_another_with_them() =>
        Assert.Equal([true, true, true, false], Suppression.Withheld([(1, false), (2, false), (40, false), (41, false)]));

    [Fact]
    public void What_the_viewer_may_open_is_not_withheld_for_itself() =>
        Assert.Equal([false, false], Suppression.Withheld([(1, true), (40, false)]));

    [Fact]
    public void What_the_viewer_may_open_hides_a_neighbour_only_where_nothing_else_is_left()
    {
        Assert.Equal([true, false, true], Suppression.Withheld([(3, false), (6, true), (90, false)]));
        Assert.Equal([true, true], Suppression.Withheld([(3, false), (6, true)]));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void No_answers_are_nothing_to_withhold() =>
        Assert.Equal([true, false, true], Suppression.Withheld([(3, false), (0, false), (90, false)]));

    [Fact]
    public void A_row_that_stands_alone_is_withheld_alone() =>
        Assert.Equal([true], Suppression.Withheld([(3, false)]));
}
