using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Web.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardLinkTests
{
    private static readonly DateOnly Today = new(2026, 9, 14);

    [Theory]
    [InlineData("/scorecards")]
    [InlineData("/scorecards?parent=north&by=product&metric=nps&days=90")]
    [InlineData("/scorecards?parent=north-a&agent=a1&product=p&channel=c&segment=s&metric=attribute%3Acourtesy&period=2026-Q3&sort=gap&compare=fair")]
    [InlineData("/scorecards?parent=a%26b%20%E5%8C%97&by=answer&agent=a%3D1&from=2026-01-01&to=2026-02-01")]
    [InlineData("/scorecards?period=2026-09&against=lastyear&why=1")]
    [InlineData("/scorecards?against=2025-09-01%2F2025-10-01")]
    public void An_address_says_the_whole_state(string address) =>
        Assert.Equal(address, ScorecardLink.Parse("http://localhost" + address).ToString());

    [Fact]
    public void What_cannot_be_read_falls_back_to_the_default() =>
        Assert.Equal("/scorecards", ScorecardLink.Parse("http://localhost/scorecards?by=planet&metric=joy&days=-5").ToString());

    [Fact]
    public void A_step_down_keeps_the_days_and_the_metric()
    {
        var link = ScorecardLink.Parse("http://localhost/scorecards?by=product&metric=ces&days=7");
        Assert.Equal("/scorecards?parent=north&metric=ces&days=7", link.Into("north").ToString());
        Assert.Equal((ScorecardView.Team, ScorecardView.Agent), (link.Into("north").View(UnitKind.Region), link.Into("a").View(UnitKind.Team)));
        Assert.Equal("/scorecards?by=answer&agent=a1&metric=ces&days=7", (link.Of(ScorecardView.Agent, "a1") with { By = ScorecardView.Answer }).ToString());
    }

    [Fact]
    public void Other_days_keep_the_year_they_are_held_against_and_drop_days_that_were_chosen_for_the_old_ones()
    {
        var lastYear = ScorecardLink.Parse("http://localhost/scorecards?against=lastyear");
        Assert.Equal("lastyear", lastYear.Last(7).Against);
        Assert.Equal("/scorecards?days=7", (lastYear with { Against = "2025-Q3" }).Last(7).ToString());
        Assert.Equal("2025-Q3", (lastYear with { Against = "2025-Q3" }).Into("north").Against);
    }

    [Theory]
    [InlineData(null, null, "2026-08-16", "2026-09-15")]
    [InlineData("2026-09-01", null, "2026-09-01", "2026-09-15")]
    [InlineData(null, "2026-09-01", "2026-08-02", "2026-09-01")]
    [InlineData("2026-10-01", null, "2026-10-01", "2026-10-02")]
    [InlineData("2026-01-01", "2026-02-01", "2026-01-01", "2026-02-01")]
    public void Days_that_are_not_named_follow_from_today(string? from, string? to, string first, string end)
    {
        var period = ScorecardPeriod.Parse(from, to, Today, out var fault);
        Assert.Null(fault);
        Assert.Equal((DateOnly.Parse(first), DateOnly.Parse(end)), (period.From, period.To));
    }

    [Theory]
    [InlineData(Metric.Csat, 3.0, "0", "50")]
    [InlineData(Metric.Nps, 50.0, "50", "25")]
    [InlineData(Metric.Nps, -50.0, "25", "25")]
    public void A_bar_spans_the_metrics_range_and_nps_grows_from_zero(Metric metric, double score, string x, string width) =>
        Assert.Equal(new ScorecardBarShape.Span(x, width), ScorecardBarShape.Of(ScorecardScale.Of(Indicator.Of(metric)), score, null, null, null).Bar);

    [Fact]
    public void What_has_no_figure_has_no_bar() => Assert.Null(ScorecardBarShape.Of(ScorecardScale.Of(Indicator.Csat), null, null, null, 4).Bar);
}
