using Bunit;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;
using CxDesk.Tests.Shell;
using CxDesk.Web.Shell;
using CxDesk.Web.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Targets;

public sealed class TargetTableTests : ShellContext
{
    private static readonly DateOnly Day = new(2026, 9, 1);
    private static readonly TargetRow Management = Of(TargetSource.Management, 4.2), Industry = Of(TargetSource.Industry, 4.4) with { Note = "ACSI 2025" },
        Baseline = Of(TargetSource.OwnBaseline, 4.1) with { BaselineFrom = Day.AddYears(-1), BaselineTo = Day.AddYears(-1).AddDays(90), BaselineN = 1204 };

    private static readonly ScorecardRow Figures = new()
    {
        KeyId = 10, Key = "north", Name = "North", IsNoTeam = false, N = 312, Score = 3.92, Low = 3.84, High = 4.0, Target = 4.2, Gap = -0.28,
        Change = null, Verdict = Verdict.TooFew, Standing = Standing.Bad, Withheld = false, IsTooFew = false, MayOpen = true, NewestAt = null,
    };

    public TargetTableTests() => Services.AddSingleton<IndicatorWords>();

    [Fact]
    public void Three_sources_stand_side_by_side_in_the_order_of_the_rule_and_the_one_that_counts_is_marked()
    {
        var row = Draw([Management, Baseline, Industry]);
        Assert.Equal(["Management", "OwnBaseline", "Industry"], row.QuerySelectorAll("td.source").Select(td => td.GetAttribute("data-source")));
        var counts = Assert.Single(row.QuerySelectorAll("td.source:has(b)"));
        Assert.Equal(("Management", "true"), (counts.GetAttribute("data-source"), counts.GetAttribute("data-counts")));
        Assert.Contains("This one counts.", counts.TextContent);
        Assert.Contains("n 1,204", row.QuerySelector("[data-source=OwnBaseline]")!.TextContent);
        Assert.Contains("ACSI 2025", row.QuerySelector("[data-source=Industry]")!.TextContent);
        Assert.Equal("bad", row.QuerySelector(".gap .status")!.GetAttribute("data-status"));
    }

    [Fact]
    public void A_number_from_above_says_so_and_an_end_to_come_stands_at_the_name()
    {
        var above = Management with { UnitId = 1 };
        var row = Draw([above], Of(TargetSource.Management, 0) with { IsEnd = true, FromDay = Day.AddDays(60) });
        Assert.Contains("from above", row.QuerySelector("td.source")!.TextContent);
        Assert.Contains("ends on 31 Oct 2026", row.QuerySelector(".name")!.TextContent);
        Assert.Equal(2, row.QuerySelectorAll("td.source .none").Length);
    }

    [Fact]
    public void Of_thousands_of_units_two_hundred_are_drawn_and_as_many_more_on_request()
    {
        var table = Render<TargetTable>(p => p.Add(c => c.Board, Board([.. Enumerable.Range(1, 450).Select(id => Row([Management], null) with { Subject = TargetSubject.Unit(id) })])));
        foreach (var drawn in (int[])[200, 400])
        {
            Assert.Equal(drawn, table.FindAll("tbody tr").Count);
            table.Find(".more button").Click();
        }
        Assert.Equal(450, table.FindAll("tbody tr").Count);
        Assert.Empty(table.FindAll(".more"));
    }

    private AngleSharp.Dom.IElement Draw(IReadOnlyList<TargetRow> sides, TargetRow? next = null) => Render<TargetTable>(p => p.Add(c => c.Board, Board([Row(sides, next)]))).Find("tbody tr");

    private static TargetBoard Board(IReadOnlyList<TargetBoardRow> rows) => new()
    {
        Indicator = Indicator.Csat, Targets = rows[0].SideBySide, Rules = [], Order = TargetRules.First, MaySetRule = false, Limit = null, CalculatedAt = null, Rows = rows,
    };

    private static TargetBoardRow Row(IReadOnlyList<TargetRow> sides, TargetRow? next) => new()
    {
        By = RollupBy.Region, Subject = TargetSubject.Unit(10), Figures = Figures, SideBySide = sides, Own = new Dictionary<TargetSource, TargetRow>(), Next = next, Gaps = [], MaySet = false,
    };

    private static TargetRow Of(TargetSource source, double target) => new()
    {
        Id = (int)source, UnitId = 10, ProductId = null, ChannelId = null, Kind = RollupKind.Score, MetricId = 1, FromDay = Day, Target = target, Source = source, Note = null, CreatedAt = default, CreatedBy = "Executive",
    };
}
