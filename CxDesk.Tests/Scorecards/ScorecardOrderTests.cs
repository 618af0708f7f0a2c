using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardOrderTests
{
    [Fact]
    public void Attention_is_the_certain_shortfall_times_n_times_what_customers_are_worth()
    {
        // The interval's near end is 0.1 under the target, on 200 answers of customers worth twice the mean.
        var row = Row("a", 3.8, 3.6, 3.9, 4.0, 200) with { CustomerValue = 600 };
        Assert.Equal(40, ScorecardOrder.Attention(row, true, 300), 1e-9);
        Assert.Equal(20, ScorecardOrder.Attention(row, true, null), 1e-9);
        Assert.Equal(20, ScorecardOrder.Attention(row with { CustomerValue = null }, true, 300), 1e-9);
        Assert.Equal(0, ScorecardOrder.Attention(Row("b", 3.9, 3.7, 4.1, 4.0, 200), true, 300));
        // Of a wait the lower end lies over the limit.
        Assert.Equal(30 * 50, ScorecardOrder.Attention(Row("c", 240, 210, 270, 180, 50, isHigherBetter: false), false, null), 1e-9);
    }

    [Fact]
    public void Rows_come_in_the_order_that_is_asked_for_and_what_cannot_be_said_comes_last()
    {
        ScorecardRow[] rows =
        [
            Row("few", 2, 1, 3, 4, 3), Row("fine", 4.4, 4.3, 4.5, 4, 400), Row("big", 3.9, 3.85, 3.95, 4, 4000), Row("small", 3.2, 2.8, 3.6, 4, 30), Row("perhaps", 3.9, 3.7, 4.1, 4, 50),
            Row("none", null, null, null, 4, 0),
        ];
        Assert.Equal(["big", "small", "perhaps", "few", "fine", "none"], Keys(ScorecardSort.Attention));
        Assert.Equal(["big", "few", "fine", "none", "perhaps", "small"], Keys(ScorecardSort.Name));
        Assert.Equal(["fine", "big", "perhaps", "small", "few", "none"], Keys(ScorecardSort.Value));
        Assert.Equal(["few", "small", "big", "perhaps", "fine", "none"], Keys(ScorecardSort.Gap));
        Assert.Equal(["big", "fine", "perhaps", "small", "few", "none"], Keys(ScorecardSort.N));

        IEnumerable<string> Keys(ScorecardSort sort) => ScorecardOrder.Sort(rows, sort).Select(r => r.Key);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(45, 45)]
    [InlineData(46, 7)]
    [InlineData(92, 14)]
    [InlineData(366, 53)]
    [InlineData(3660, 53)]
    public void The_parts_of_a_period_cover_it_and_are_no_more_than_a_line_can_show(int days, int parts)
    {
        var from = new DateOnly(2026, 1, 1);
        var buckets = ScorecardBucket.Of(from, from.AddDays(days));
        Assert.Equal(parts, buckets.Count);
        Assert.Equal((from, from.AddDays(days)), (buckets[0].From, buckets[^1].To));
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    private static ScorecardRow Row(string key, double? score, double? low, double? high, double target, long n, bool isHigherBetter = true)
    {
        var row = new ScorecardRow
        {
            KeyId = key[0], Key = key, Name = key, IsNoTeam = false, N = n, Score = score, Low = low, High = high, Target = target, Gap = score - target,
            Change = null, Verdict = Verdict.TooFew, Standing = new Score(n, score, low, high).Against(target, 5, isHigherBetter), Withheld = false, IsTooFew = n < 5, MayOpen = true, NewestAt = null,
        };
        return row with { Attention = ScorecardOrder.Attention(row, isHigherBetter, null) };
    }
}
