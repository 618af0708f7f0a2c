using AngleSharp.Dom;
using Bunit;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Shell;
using CxDesk.Web.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardWhyTests : ShellContext
{
    // Charig and others' kidney stones (ChangeSplitTests), tenfold: each kind got worse, the whole better.
    private static readonly IReadOnlyList<ChangeGroup> Stones = [new(1, Satisfied(870, 810), Satisfied(2700, 2340)), new(2, Satisfied(2630, 1920), Satisfied(800, 550))];

    [Fact]
    public void Simpsons_paradox_is_named_and_its_parts_stand_in_a_table_that_adds_up()
    {
        var split = ChangeSplit.Of(Indicator.CsatTopTwo, Stones);
        var drawn = Draw(split);
        Assert.Contains("Simpson’s paradox", drawn.QuerySelector(".story")!.TextContent);
        Assert.Contains("Held against 1 Aug 2026", drawn.QuerySelector(".note")!.TextContent);

        var rows = drawn.QuerySelectorAll("tbody tr");
        Assert.Equal(["t1", "t2"], rows.Select(r => r.GetAttribute("data-key")).Order());
        // Each kind got worse for certain: a sign with words, beside the number.
        Assert.All(rows, r => Assert.Contains("more than chance explains", r.QuerySelectorAll("td.num")[1].TextContent));
        Assert.All(rows, r => Assert.StartsWith("−", r.QuerySelectorAll("td.num")[1].TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal([Said(split.Mix), Said(split.Real), Said(split.Change!.Value)], drawn.QuerySelectorAll("tfoot td.num").Select(c => c.TextContent.Trim()));
        Assert.Equal(["Kind of stone", "Score, interval and target as a bar", "Mix", "Real change", "Together"], drawn.QuerySelectorAll("thead th").Select(h => h.TextContent));
    }

    [Fact]
    public void What_is_not_shown_by_itself_is_one_row_without_a_code_and_the_last()
    {
        var drawn = Draw(ChangeSplit.Of(Indicator.CsatTopTwo, [new(null, Satisfied(5000, 4000), Satisfied(10, 1)), .. Stones]));
        var last = drawn.QuerySelectorAll("tbody tr")[^1];
        Assert.Equal((null, "All others"), (last.GetAttribute("data-key"), last.QuerySelector("th")!.TextContent));
    }

    [Fact]
    public void In_Chinese_too()
    {
        Speak("zh-Hans");
        Assert.Contains("辛普森悖论", Draw(ChangeSplit.Of(Indicator.CsatTopTwo, Stones)).QuerySelector(".story")!.TextContent);
    }

    private static string Said(double value) => Web.Shell.IndicatorWords.Part(value, Indicator.CsatTopTwo);

    private static IndicatorSums Satisfied(long of, long yes) => ScoreSums.Of(5, yes) + ScoreSums.Of(1, of - yes);

    private IElement Draw(ChangeSplit split)
    {
        var card = new Scorecard
        {
            Filter = new ScorecardFilter(RollupBy.Product, Indicator.CsatTopTwo, new(2026, 9, 1), new(2026, 10, 1)), Subjects = new ScorecardSubjects(null, null, null, null),
            Path = [new UnitRow { Id = 1, ParentId = null, Kind = UnitKind.Company, Code = "company", Name = "Company", IsNoTeam = false, IsActive = true }],
            Total = Row(99), Rows = [Row(1), Row(2)], Split = split,
        };
        return Render<ScorecardWhy>(p => p.Add(w => w.Split, split).Add(w => w.Card, card).Add(w => w.Before, "1 Aug 2026 – 31 Aug 2026").Add(w => w.First, "Kind of stone")).Find(".why");
    }

    private static ScorecardRow Row(int key) => new()
    {
        KeyId = key, Key = $"t{key}", Name = $"Kind {key}", IsNoTeam = false, N = 100, Score = .8, Low = .7, High = .9, Target = null, Gap = null, Change = -.1, Verdict = Verdict.Worse,
        Standing = Standing.Unknown, Withheld = false, IsTooFew = false, MayOpen = true, NewestAt = null,
    };
}
