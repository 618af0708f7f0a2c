using AngleSharp.Dom;
using Bunit;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Shell;
using CxDesk.Web.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardRankingTests : ShellContext
{
    [Fact]
    public void Places_are_said_as_a_range_with_the_plain_value_beside_the_estimate()
    {
        var rows = Draw(ScorecardCompare.Fair).QuerySelectorAll("tbody tr");
        Assert.Equal(["1st of 23", "2nd–3rd of 23", "11th–23rd of 23"], new[] { 0, 1, 22 }.Select(i => rows[i].QuerySelector(".place")!.TextContent));
        Assert.Equal(("4.50", "4.60"), (rows[0].QuerySelector(".figure .value")!.TextContent, rows[0].QuerySelector(".plain")!.TextContent));
        Assert.Contains("few", Draw(ScorecardCompare.Fair).QuerySelector(".note")!.TextContent);
    }

    [Fact]
    public void In_Chinese_too()
    {
        Speak("zh-Hans");
        Assert.Equal("第 2–3 名，共 23 名", Draw(ScorecardCompare.Fair).QuerySelectorAll(".place")[1].TextContent);
    }

    [Fact]
    public void Of_plain_values_there_is_no_estimate() => Assert.Empty(Draw(ScorecardCompare.Plain).QuerySelectorAll(".plain"));

    private IElement Draw(ScorecardCompare compare)
    {
        var ranks = Enumerable.Range(1, 23).Select(i => new Ranked<int>(i, 4.6 - i * .1, 4.5 - i * .1, 4.7 - i * .1, i == 1 ? 1 : i < 4 ? 2 : Math.Min(i, 11), i == 1 ? 1 : i < 4 ? 3 : 23)).ToList();
        var card = new Scorecard
        {
            Filter = new ScorecardFilter(RollupBy.Team, Metric.Csat, new(2026, 9, 1), new(2026, 9, 15)) { Compare = compare },
            Path = [new UnitRow { Id = 1, ParentId = null, Kind = UnitKind.Company, Code = "company", Name = "Company", IsNoTeam = false, IsActive = true }],
            Subjects = new ScorecardSubjects(null, null, null, null), Total = Row(99, "all"), Ranks = ranks, Split = null,
            Rows = [.. ranks.Select(r => Row(r.Key, $"t{r.Key}")), Row(77, "few")],
        };
        return Render<ScorecardRanking>(p => p.Add(t => t.Card, card).Add(t => t.First, "Team").Add(t => t.Caption, "Company")).Find("table").ParentElement!;
    }

    private static ScorecardRow Row(int id, string name) => new()
    {
        KeyId = id, Key = name, Name = name, IsNoTeam = false, N = 40, Score = 4.6, Low = 4.5, High = 4.7, Target = null, Gap = null,
        Change = null, Verdict = Verdict.TooFew, Standing = Standing.Unknown, Withheld = false, IsTooFew = false, MayOpen = true, NewestAt = null,
    };
}
