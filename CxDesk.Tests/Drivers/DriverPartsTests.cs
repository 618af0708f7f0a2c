using AngleSharp.Dom;
using Bunit;
using CxDesk.Data.Drivers;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;
using CxDesk.Web.Drivers;
using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CxDesk.Tests.Drivers;

public sealed class DriverPartsTests : ShellContext
{
    public DriverPartsTests() => Services.AddTransient<DriverWords>();

    private static readonly DriverFindings Found = DriverAnalysis.Of(DriverAnalysisTests.Floor(800, common: 0, [2, .8, 0, 0]), draws: 200);

    [Fact]
    [Trait("Behaviour", "33")]
    public void Each_attribute_stands_with_importance_weight_rating_interval_and_n()
    {
        var list = Render<DriverList>(p => p.Add(l => l.Findings, Found).Add(l => l.Outcome, "satisfaction"));
        Assert.Equal(Found.Drivers.Select(d => d.Attribute.Code), list.FindAll("tbody tr").Select(r => r.GetAttribute("data-attribute")));
        var first = list.Find("tbody tr");
        var driver = Found.Drivers[0];
        Assert.Contains(DriverWords.Percent(driver.Share.Value), first.QuerySelector(".share")!.TextContent);
        Assert.Contains(DriverWords.Interval(driver.Share), first.QuerySelector(".share")!.TextContent);
        Assert.Contains(DriverWords.Weight(driver.Weight.Value), first.QuerySelector(".weight")!.TextContent);
        Assert.Equal("800", first.QuerySelector(".n")!.TextContent);
        Assert.Contains(DriverWords.Weight(Found.RSquared.Value), list.Find("tfoot .weight").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public void What_chance_gives_as_well_is_told_so_in_words_and_drawn_hollow()
    {
        var list = Render<DriverList>(p => p.Add(l => l.Findings, Found).Add(l => l.Outcome, "satisfaction"));
        var row = list.Find("tr[data-certain=false]");
        Assert.Contains("No different from chance", row.TextContent);
        Assert.Equal("unknown", row.QuerySelector(".status")!.GetAttribute("data-status"));
        var map = Render<DriverMap>(p => p.Add(m => m.Findings, Found).Add(m => m.Outcome, "satisfaction"));
        Assert.Equal("unknown", map.Find($"path[data-attribute={row.GetAttribute("data-attribute")}]").GetAttribute("data-status"));
    }

    [Theory]
    [InlineData("en", "Mean rating (1 to 5)", "Fix first")]
    [InlineData("zh-Hans", "平均评分（1 至 5）", "优先改进")]
    public void The_map_says_its_units_and_quadrants_and_names_every_point(string language, string unit, string quadrant)
    {
        Speak(language);
        var map = Render<DriverMap>(p => p.Add(m => m.Findings, Found).Add(m => m.Outcome, "x"));
        Assert.Contains(unit, map.Find("svg").TextContent);
        Assert.Contains(quadrant, map.FindAll("text.corner").Select(t => t.TextContent));
        Assert.Equal(Found.Drivers.Count, map.FindAll("path.point title").Count);
        Assert.Equal("img", map.Find("svg").GetAttribute("role"));
    }

    [Theory]
    [Trait("Behaviour", "33")]
    [InlineData(DriverRefusal.TooFewAnswers, "Every attribute is rated by n 12; it takes 50")]
    [InlineData(DriverRefusal.AttributeDoesNotVary, "Nearly everybody gave the same rating: Courtesy")]
    [InlineData(DriverRefusal.Collinear, "These say the same as the others: Courtesy")]
    public void A_refusal_says_why(DriverRefusal reason, string words) => Assert.StartsWith(words, Words.Refusal(new DriverFindings
    {
        N = 12, Rated = 20, LeftOut = [], Minimum = 50, Refusal = reason, About = [new DriverAttribute(1, "courtesy", "Courtesy", 1, 5)],
    }));

    [Fact]
    public void A_file_holds_the_tables_figures_and_runs_as_no_formula()
    {
        var hostile = Found.Drivers[0] with { Attribute = Found.Drivers[0].Attribute with { Name = "=cmd" } };
        var (report, text) = (Report(Found with { Drivers = [hostile, .. Found.Drivers.Skip(1)] }), Services.GetRequiredService<IStringLocalizer<DriversText>>());
        var file = DriverExport.Text(report, text);
        Assert.Contains(",'=cmd,800,", file);
        Assert.Contains(Csv.Cell(Found.Drivers[1].Weight.Value), file);
        Assert.Contains(Csv.Cell(Found.RSquared.Value), DriverExport.Facts(report, text).Head(Services.GetRequiredService<IStringLocalizer<ShellText>>()));
        Assert.Equal(1 + Found.Drivers.Count, file.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_link_says_all_of_the_page_and_is_read_back()
    {
        var link = new DriverLink { Outcome = DriverOutcome.Repurchase, Days = null, From = "2026-01-01", To = "2026-02-01", Unit = "north", Product = "网络", Channel = "call", Segment = "gold", Attributes = "a,b" };
        Assert.Equal(link, DriverLink.Parse("http://x" + link));
        Assert.Equal(new DriverLink(), DriverLink.Parse("http://x/drivers?outcome=joy&days=-3"));
        Assert.Equal("/drivers", new DriverLink().ToString());
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public void Attributes_are_chosen_by_links_that_the_address_keeps()
    {
        var filters = Filters(new DriverLink { Outcome = DriverOutcome.Repurchase }, leftOut: ["price"]);
        Assert.False(filters.Find("details.attributes").HasAttribute("open"));
        Assert.Equal("true", Chip(filters, "speed").GetAttribute("aria-current"));
        Assert.False(Chip(filters, "price").HasAttribute("aria-current"));
        Assert.Equal("/drivers?outcome=repurchase&attributes=courtesy", Href(Chip(filters, "speed")));
        Assert.Equal("/drivers?outcome=repurchase&attributes=courtesy,price,speed", Href(Chip(filters, "price")));
        Assert.Equal("Take in: Price", Chip(filters, "price").GetAttribute("title"));
    }

    [Theory]
    [InlineData("courtesy,nothing", "Choose two attributes at least", "courtesy,speed", "en")]
    [InlineData("nothing", "请至少选两项", "speed", "zh-Hans")]
    public void Too_few_attributes_are_told_beside_the_choice(string chosen, string told, string withSpeed, string language)
    {
        Speak(language);
        var filters = Filters(new DriverLink { Attributes = chosen });
        Assert.True(filters.Find("details.attributes").HasAttribute("open"));
        Assert.StartsWith(told, filters.Find(".attributes .fault").TextContent);
        Assert.Equal($"/drivers?attributes={withSpeed}", Href(Chip(filters, "speed")));
        Assert.Empty(Filters(new DriverLink { Attributes = "courtesy,speed" }).FindAll(".fault"));
    }

    [Fact]
    public void The_last_attribute_taken_out_brings_back_those_of_the_rule() =>
        Assert.Equal("/drivers", Href(Chip(Filters(new DriverLink { Attributes = "speed" }), "speed")));

    [Theory]
    [InlineData(3.41, 4.63, 0.2)]
    [InlineData(0, 0.31, 0.05)]
    [InlineData(-20, 70, 20)]
    [InlineData(4, 4, 0.2)]
    public void An_axis_has_round_marks_around_its_values(double low, double high, double step)
    {
        var scale = new ChartScale(low, high, 0, 100);
        Assert.Equal(step, scale.Step, 9);
        Assert.True(scale.Low <= low && scale.High >= high && scale.Marks.Count is >= 3 and <= 9);
        Assert.InRange(scale.At(high), scale.At(low), 100);
    }

    private IRenderedComponent<DriverFilters> Filters(DriverLink link, params IReadOnlyCollection<string> leftOut)
    {
        var choices = new DriverChoices
        {
            Home = null, Units = [], Products = [], Channels = [], Segments = [],
            Attributes = [new(1, "courtesy", "Courtesy", 1, 5), new(2, "price", "Price", 1, 5), new(3, "speed", "Speed", 1, 5)],
        };
        return Render<DriverFilters>(p => p.Add(f => f.Link, link).Add(f => f.Period, link.Period(new DateOnly(2026, 9, 30))).Add(f => f.Choices, choices).Add(f => f.LeftOut, leftOut));
    }

    private static IElement Chip(IRenderedComponent<DriverFilters> filters, string code) => filters.Find($"a[data-attribute={code}]");

    private static string Href(IElement link) => Uri.UnescapeDataString(link.GetAttribute("href")!);

    private DriverWords Words => Services.GetRequiredService<DriverWords>();

    private static DriverReport Report(DriverFindings findings) => new()
    {
        Filter = new DriverFilter(DriverOutcome.Csat, new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 1)), Findings = findings,
        FirstDay = new DateOnly(2026, 9, 1), Unit = new UnitRow { Id = 1, ParentId = null, Kind = UnitKind.Company, Code = "company", Name = "M", IsNoTeam = false, IsActive = true },
        FoundAt = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
