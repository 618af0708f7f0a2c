using AngleSharp.Dom;
using Bunit;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Shell;
using CxDesk.Web.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardTableTests : ShellContext
{
    private static readonly ScorecardRow Plain = new()
    {
        KeyId = 1, Key = "north", Name = "North", IsNoTeam = false, N = 312, Score = 3.92, Low = 3.84, High = 4.0, Target = 4.1, Gap = -0.18,
        Change = -0.12, Verdict = Verdict.NoClearChange, Standing = Standing.Bad, Withheld = false, IsTooFew = false, MayOpen = true, NewestAt = null,
    };

    [Fact]
    [Trait("Behaviour", "27")]
    public void A_score_stands_with_its_n_and_interval()
    {
        var row = Draw(Plain);
        Assert.Equal("3.92", row.QuerySelector(".score .value")!.TextContent);
        Assert.Equal("±0.08", row.QuerySelector(".score .interval")!.TextContent);
        Assert.Equal("312", row.QuerySelector("td.n")!.TextContent);
        Assert.Equal("bad", row.QuerySelector(".gap .status")!.GetAttribute("data-status"));
        Assert.Contains("−0.18", row.QuerySelector(".gap")!.TextContent);
        Assert.NotNull(row.QuerySelector("svg .whisker"));
        Assert.NotNull(row.QuerySelector("svg .target"));
    }

    [Fact]
    [Trait("Behaviour", "27")]
    public void Nps_shows_low_to_high() => Assert.Equal("29 – 34",
        Draw(Plain with { Score = 31, Low = 28.6, High = 34.2 }, Metric.Nps).QuerySelector(".score .interval")!.TextContent);

    [Fact]
    [Trait("Behaviour", "28")]
    public void A_withheld_row_keeps_its_n_and_draws_no_bar()
    {
        var row = Draw(Plain with { N = 3, IsTooFew = true, Score = null, Low = null, High = null, Target = null, Gap = null, Change = null, Verdict = Verdict.TooFew, Standing = Standing.Unknown, Withheld = true });
        Assert.Equal("withheld", row.GetAttribute("data-state"));
        Assert.Equal("3", row.QuerySelector("td.n")!.TextContent);
        Assert.Contains("too few answers", row.QuerySelector(".figure")!.TextContent);
        Assert.Equal("none", row.QuerySelector("svg")!.GetAttribute("data-bar"));
        Assert.DoesNotContain("0.00", row.TextContent);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void A_small_row_that_may_be_opened_says_too_few_beside_its_figure()
    {
        var row = Draw(Plain with { N = 3, IsTooFew = true, Verdict = Verdict.TooFew, Standing = Standing.Unknown });
        Assert.Equal("tooFew", row.GetAttribute("data-state"));
        Assert.Equal("3.92", row.QuerySelector(".score .value")!.TextContent);
        Assert.Equal("unknown", row.QuerySelector(".gap .status")!.GetAttribute("data-status"));
        Assert.Contains("too few", row.QuerySelector(".move")!.TextContent);
        Assert.Contains("nothing to compare", Draw(Plain with { Change = null, Verdict = Verdict.TooFew, IsFirst = true }).QuerySelector(".move")!.TextContent);
        // Of what is withheld nothing more is said.
        Assert.Contains("too few", Draw(Plain with { Change = null, Verdict = Verdict.TooFew, IsFirst = true, Withheld = true, IsTooFew = true }).QuerySelector(".move")!.TextContent);
    }

    [Fact]
    [Trait("Behaviour", "29")]
    public void No_answers_are_a_dash_and_never_zero()
    {
        var row = Draw(Plain with { N = 0, Score = null, Low = null, High = null, Gap = null, Change = null, Verdict = Verdict.TooFew, Standing = Standing.Unknown });
        Assert.Equal("none", row.GetAttribute("data-state"));
        Assert.Equal("—", row.QuerySelector(".figure .value")!.TextContent);
        Assert.Equal(("—", "—"), (row.QuerySelector(".gap")!.TextContent.Trim(), row.QuerySelector(".move")!.TextContent.Trim()));
    }

    [Theory]
    [Trait("Behaviour", "32")]
    [InlineData(Verdict.Better, 0.2, true, "+0.20")]
    [InlineData(Verdict.Worse, -0.2, true, "−0.20")]
    [InlineData(Verdict.NoClearChange, -0.2, false, "no clear change")]
    [InlineData(Verdict.TooFew, -0.2, false, "too few")]
    public void An_arrow_appears_for_a_clear_change_alone(Verdict verdict, double change, bool arrow, string words)
    {
        var cell = Draw(Plain with { Verdict = verdict, Change = change }).QuerySelector(".move")!;
        Assert.Equal(arrow, cell.QuerySelector(".arrow") is not null);
        Assert.Contains(words, cell.TextContent);
    }

    [Fact]
    public void A_row_leads_where_the_page_says_and_no_team_is_named_in_the_readers_language()
    {
        Speak("zh-Hans");
        var row = Draw(Plain with { IsNoTeam = true }, link: "/scorecards?parent=north");
        Assert.Equal("/scorecards?parent=north", row.QuerySelector(".name a")!.GetAttribute("href"));
        Assert.Equal("未分组", row.QuerySelector(".name")!.TextContent.Trim());
        Assert.Null(Draw(Plain).QuerySelector("a"));
    }

    private IElement Draw(ScorecardRow row, Metric metric = Metric.Csat, string? link = null) => Render<ScorecardTable>(p => p
        .Add(t => t.Rows, [row]).Add(t => t.Indicator, Indicator.Of(metric)).Add(t => t.First, "Region").Add(t => t.Caption, "Company").Add(t => t.LinkOf, _ => link))
        .Find("tbody tr");
}
