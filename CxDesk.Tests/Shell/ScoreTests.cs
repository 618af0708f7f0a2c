using Bunit;
using CxDesk.Web.Shell;

namespace CxDesk.Tests.Shell;

public sealed class ScoreTests : ShellContext
{
    [Fact]
    [Trait("Behaviour", "27")]
    public void Mean_carries_its_interval_and_n()
    {
        var score = Draw(4.2136, 4.15, 4.27, 1204);
        Assert.Equal("4.21", score.Find(".value").TextContent);
        Assert.Equal("±0.06", score.Find(".interval").TextContent);
        Assert.Equal("n 1,204", score.Find(".n").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "27")]
    public void Nps_is_signed_and_shows_low_and_high()
    {
        var score = Draw(31.2, 29, 34, 5410, ScoreKind.Nps);
        Assert.Equal("+31", score.Find(".value").TextContent);
        Assert.Equal("29 – 34", score.Find(".interval").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void Too_few_answers_show_no_figure()
    {
        var score = Draw(4.9, 4, 5, 3, tooFew: true);
        Assert.Equal("too few answers", score.Find(".few").TextContent);
        Assert.Equal("n 3", score.Find(".n").TextContent);
        Assert.Empty(score.FindAll(".value"));
    }

    [Fact]
    [Trait("Behaviour", "29")]
    public void No_answers_are_a_dash_and_not_zero()
    {
        var score = Draw(null, null, null, 0);
        Assert.Equal("—", score.Find(".value").TextContent);
        Assert.Equal("No answers", score.Find(".value").GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData(0.114, ScoreKind.Mean, "+0.11")]
    [InlineData(-0.18, ScoreKind.Mean, "−0.18")]
    [InlineData(0.0004, ScoreKind.Mean, "0.00")]
    [InlineData(-0.4, ScoreKind.Nps, "0")]
    [InlineData(-4, ScoreKind.Nps, "−4")]
    [InlineData(0.021, ScoreKind.Share, "+2.1")]
    public void Difference_has_a_sign_unless_it_rounds_to_nothing(double value, ScoreKind kind, string text) =>
        Assert.Equal(text, ScoreWords.Difference(value, kind));

    [Fact]
    public void Share_is_in_per_cent()
    {
        Assert.Equal("90.0 %", ScoreWords.Value(0.9, ScoreKind.Share));
        Assert.Equal("78.6 – 95.7", ScoreWords.Interval(0.7864, 0.9565, ScoreKind.Share));
    }

    [Fact]
    public void Gap_breaks_the_line_and_a_lone_value_is_a_dot()
    {
        var shape = SparklineShape.Of([1, 2, null, 3, null, 2, 1], target: null);
        Assert.Equal(2, shape.Runs.Count);
        Assert.Equal("M50,3h0", shape.Alone);
        Assert.NotNull(shape.Last);
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public void Newest_gap_has_no_last_dot_and_nothing_is_nothing()
    {
        Assert.Null(SparklineShape.Of([1, 2, null], null).Last);
        Assert.Equal(SparklineShape.Empty, SparklineShape.Of([null, null], 4));
        Assert.Equal("3,12 97,12", SparklineShape.Of([4, 4], null).Runs.Single());
    }

    [Fact]
    public void Line_says_in_words_what_it_shows()
    {
        var line = Render<Sparkline>(p => p.Add(s => s.Label, "CSAT, 8 weeks").Add(s => s.Values, [4.1, null, 3.9, 4.25]).Add(s => s.Target, 4));
        Assert.Equal("CSAT, 8 weeks: from 4.1 to 4.25, lowest 3.9, highest 4.25", line.Find("svg").GetAttribute("aria-label"));
        Assert.NotNull(line.Find(".target"));
    }

    [Fact]
    public void Numbers_of_a_line_by_the_day_stand_in_a_table_with_their_unit()
    {
        var line = Render<Sparkline>(p => p.Add(s => s.Label, "Wait, 3 days").Add(s => s.Values, [61, null, 185.2]).Add(s => s.LastDay, new DateOnly(2026, 3, 1))
            .Add(s => s.Write, v => ScoreWords.Amount(v, Data.Rollups.MeasureUnit.Seconds)));
        Assert.Equal("Wait, 3 days", line.Find("table caption").TextContent);
        Assert.Equal([("27 Feb", "1:01"), ("28 Feb", "—"), ("1 Mar", "3:05")], line.FindAll("tr").Select(r => (r.QuerySelector("th")!.TextContent, r.QuerySelector("td")!.TextContent)));
        Assert.Equal("Wait, 3 days: from 1:01 to 3:05, lowest 1:01, highest 3:05", line.Find("svg").GetAttribute("aria-label"));
        Assert.Empty(Render<Sparkline>(p => p.Add(s => s.Label, "x").Add(s => s.Values, [1, 2])).FindAll("table"));
    }

    private IRenderedComponent<ScoreText> Draw(double? value, double? low, double? high, long n, ScoreKind kind = ScoreKind.Mean, bool tooFew = false) =>
        Render<ScoreText>(p => p.Add(s => s.Value, value).Add(s => s.Low, low).Add(s => s.High, high).Add(s => s.N, n).Add(s => s.Kind, kind).Add(s => s.TooFew, tooFew));
}
