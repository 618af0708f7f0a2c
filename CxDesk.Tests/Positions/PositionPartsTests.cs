using System.Globalization;
using Bunit;
using CxDesk.Data.People;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Shell;
using CxDesk.Web.Positions;
using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Positions;

public sealed class PositionPartsTests : ShellContext
{
    private static readonly DateOnly Day = new(2026, 9, 14);

    public PositionPartsTests()
    {
        Services.AddSingleton<IndicatorWords>();
        Services.AddTransient<PositionWords>();
    }

    [Fact]
    [Trait("Behaviour", "27")]
    public void A_bubble_is_a_link_with_its_figures_intervals_and_n_in_words()
    {
        var chart = Chart(Map());
        var link = chart.Find("a[data-key=mobile]");
        Assert.Equal("/positions?pick=mobile", link.GetAttribute("href"));
        Assert.Equal("Mobile: CSAT 4.20 (±0.10), n 300; NPS +31 (25 – 37), n 120", link.GetAttribute("aria-label"));
        Assert.Matches("M.*H.*M.*V", link.QuerySelector(".whisker")!.GetAttribute("d")!);
        Assert.Contains("CSAT (1 to 5) →", chart.Find("svg").TextContent);
        Assert.Contains("NPS (−100 to 100)", chart.Find("svg").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void What_is_withheld_is_in_the_table_as_too_few_and_nowhere_on_the_map()
    {
        var map = Map();
        Assert.Empty(Chart(map).FindAll("a[data-key=roaming]"));
        var row = List(map).Find("tr[data-key=roaming]");
        Assert.Equal("withheld", row.GetAttribute("data-state"));
        Assert.Contains("too few", row.TextContent);
        Assert.Contains("n 3", row.TextContent);
    }

    [Fact]
    public void Area_says_how_many_or_how_much()
    {
        double Radius(string key, PositionSize size) => double.Parse(Chart(Map(), size).Find($"a[data-key={key}] circle").GetAttribute("r")!, CultureInfo.InvariantCulture);
        Assert.Equal(Math.Sqrt(75.0 / 300), Radius("tv", PositionSize.N) / Radius("mobile", PositionSize.N), 2);
        Assert.True(Radius("tv", PositionSize.Value) > Radius("mobile", PositionSize.Value));
    }

    [Fact]
    public void Who_is_picked_is_followed_step_by_step_and_a_missing_step_breaks_the_line()
    {
        var map = Map(picked: true);
        var chart = Chart(map, pick: "mobile");
        Assert.Equal(3, chart.FindAll("circle.step").Count);
        Assert.Equal(2, chart.Find("path.path").GetAttribute("d")!.Count(c => c == 'M'));
        Assert.Equal("/positions", chart.Find("a[data-key=mobile]").GetAttribute("href"));
        Assert.Contains("Mobile", chart.FindAll("text.name").Select(t => t.TextContent));
        Assert.Equal(4, List(map, "mobile").FindAll("tr.step").Count);
    }

    [Fact]
    public void The_lead_names_who_is_ahead_in_both_for_certain_in_either_language()
    {
        Assert.Equal("Ahead in both for certain: Mobile. Behind in both: TV.", Services.GetRequiredService<PositionWords>().Lead(Map()));
        Speak("zh-Hans");
        Assert.Equal("确定双双领先：Mobile；双双落后：TV。", Services.GetRequiredService<PositionWords>().Lead(Map()));
    }

    [Fact]
    public void A_file_holds_the_tables_figures_and_runs_as_no_formula()
    {
        var map = Map(picked: true);
        var file = PositionExport.Text(map with { Rows = [map.Rows[0] with { Name = "@cmd" }, .. map.Rows.Skip(1)] }, Services.GetRequiredService<PositionWords>(),
            Services.GetRequiredService<IStringLocalizer<PositionsText>>());
        Assert.Contains("mobile,'@cmd,4.2,", file);
        Assert.Contains("roaming,Roaming,,,,3,true,", file);
        Assert.Equal(1 + 3 + 4, file.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_link_says_all_of_the_page_and_is_read_back()
    {
        var link = new PositionLink { By = PositionBy.Segment, X = "measure:wait", Y = "attribute:courtesy", Size = PositionSize.Value, Days = 365, Parent = "north", Pick = "金卡" };
        Assert.Equal(link, PositionLink.Parse("http://x" + link));
        Assert.Equal(new PositionLink(), PositionLink.Parse("http://x/positions?by=planet&size=huge&days=3"));
    }

    private IRenderedComponent<PositionChart> Chart(PositionMap map, PositionSize size = PositionSize.N, string? pick = null) =>
        Render<PositionChart>(p => p.Add(c => c.Map, map).Add(c => c.Link, new PositionLink { Size = size, Pick = pick }));

    private IRenderedComponent<PositionList> List(PositionMap map, string? pick = null) =>
        Render<PositionList>(p => p.Add(c => c.Map, map).Add(c => c.Link, new PositionLink { Pick = pick }));

    private static PositionMap Map(bool picked = false)
    {
        PositionRow[] rows =
        [
            Row("mobile", "Mobile", Figure(300, 4.2, .1), Figure(120, 31, 6), 9_000),
            Row("tv", "TV", Figure(75, 3.4, .2), Figure(30, -5, 20), 40_000),
            Row("roaming", "Roaming", new(new Score(3, null, null, null), true), new(new Score(1, null, null, null), true), null),
        ];
        return new PositionMap
        {
            Filter = new PositionFilter(RollupBy.Product, Indicator.Csat, Indicator.Nps, Day, Day.AddDays(28)),
            Place = new UnitRow { Id = 1, ParentId = null, Kind = UnitKind.Company, Code = "company", Name = "Meridian", IsNoTeam = false, IsActive = true },
            Rows = rows, IsCut = false, X = Figure(378, 4.0, .05), Y = Figure(151, 20, 6), NewestAt = null, Picked = picked ? rows[0] : null,
            Path = !picked ? [] :
            [
                Step(0, Figure(80, 4.0, .2), Figure(30, 20, 12)), Step(1, Figure(80, 4.2, .2), Figure(30, 30, 12)),
                Step(2, default, default), Step(3, Figure(80, 4.3, .2), Figure(30, 40, 12)),
            ],
        };
    }

    private static PositionFigure Figure(long n, double value, double margin) => new(new Score(n, value, value - margin, value + margin), false);

    private static PositionStep Step(int week, PositionFigure x, PositionFigure y) => new(Day.AddDays(7 * week), Day.AddDays(7 * week + 7), x, y);

    private static PositionRow Row(string key, string name, PositionFigure x, PositionFigure y, decimal? value) =>
        new() { KeyId = 1, Key = key, Name = name, IsNoTeam = false, X = x, Y = y, Value = value };
}
