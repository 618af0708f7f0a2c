using Bunit;
using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Shell;
using CxDesk.Web.Curves;
using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Curves;

public sealed class CurveChartTests : ShellContext
{
    private static readonly Indicator Wait = Indicator.Csat with
    {
        Kind = RollupKind.Measure, Code = "measure:wait", Name = "Wait", Unit = IndicatorUnit.Seconds, IsHigherBetter = false, Lowest = 0, Highest = double.PositiveInfinity,
    };

    private static readonly Lazy<Curve> Broken = new(() => CurveFitter.Fit(Points(wait => wait > 240 ? 4 - (wait - 240) / 150 : 4), true, p => [.. CurveLimits.Of(p, IndicatorUnit.Seconds), 300]));

    public CurveChartTests()
    {
        Services.AddSingleton<IndicatorWords>();
        Services.AddSingleton<CurveWords>();
    }

    [Fact]
    public void The_picture_has_dots_whiskers_a_line_the_break_with_its_band_and_limits_and_says_what_it_is()
    {
        var chart = Draw(Broken.Value);
        Assert.Equal("CSAT against Wait", chart.Find("svg[role=img]").GetAttribute("aria-label"));
        var drawn = Broken.Value.Bins.Count(b => b.X <= Broken.Value.Shown.High);
        Assert.Equal(drawn, chart.FindAll(".plot path.dot").Count);
        Assert.Equal(drawn, chart.FindAll(".plot path.whisker").Count);
        Assert.Equal("20 contacts (0.8 %) lie beyond 7:55, up to 7:59: they count in the line and in the tables, but are not drawn.", chart.Find("p.beyond").TextContent);
        Assert.Equal(Minutes(Broken.Value.Break!.At), chart.Find(".mark.broken").TextContent);
        Assert.NotNull(chart.Find(".plot rect.band"));
        Assert.Equal("Limit 5:00", chart.Find(".mark.agreed").TextContent);
        Assert.Equal(["↑ CSAT (1 to 5)", "Wait (min:s) →"], chart.FindAll(".axes span").Select(s => s.TextContent));
        Assert.All(chart.FindAll(".plot .x"), x => Assert.Matches(@"^\d+:\d\d$", x.TextContent));
        Speak("zh-Hans");
        Assert.Matches("；超过后每分钟变化 −0\\.\\d\\d。", Services.GetRequiredService<CurveWords>().Sentence(Broken.Value, Wait, Indicator.Csat));
        Assert.Equal("满意度随等待时长的变化", Draw(Broken.Value).Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void Without_a_break_none_is_drawn_and_the_sentence_says_so()
    {
        var level = CurveFitter.Fit(Points(_ => 4), true);
        Assert.Equal(CurveKind.Level, level.Kind);
        Assert.Empty(Draw(level).FindAll(".break, .band"));
        var words = Services.GetRequiredService<CurveWords>();
        Assert.StartsWith("No break can be told", words.Sentence(level, Wait, Indicator.Csat));
        Assert.Matches(@"^CSAT holds until Wait reaches [34]:\d\d \(95 %: \d:\d\d – \d:\d\d\) and changes by −0\.\d\d a minute beyond\. \d+\.\d % of the contacts lie beyond\.$", words.Sentence(Broken.Value, Wait, Indicator.Csat));
        Assert.Equal("199 answers came with Wait and CSAT; a curve takes at least 200.", words.Sentence(level with { Refusal = CurveRefusal.TooFew, N = 199 }, Wait, Indicator.Csat));
    }

    [Fact]
    public void Limits_stand_in_a_table_and_one_of_ones_own_is_tried()
    {
        double? tried = null;
        var table = Render<CurveLimitTable>(p => p.Add(t => t.Curve, Broken.Value).Add(t => t.Measure, Wait).Add(t => t.Outcome, Indicator.Csat)
            .Add(t => t.Agreed, 300).Add(t => t.OnTry, limit => tried = limit));
        Assert.Equal(Broken.Value.Limits.Count + 1, table.FindAll("tbody tr").Count);
        Assert.Contains("kept now", table.Find("tr[data-limit='300']").TextContent);
        table.Find("#limit").Change("soon");
        table.Find("form").Submit();
        Assert.Equal(("true", null), (table.Find("#limit").GetAttribute("aria-invalid"), tried));
        Assert.NotNull(table.Find(".fault[role=alert]"));
        table.Find("#limit").Change("4:30");
        table.Find("form").Submit();
        Assert.Equal(270, tried);
    }

    [Theory]
    [InlineData("4:30", IndicatorUnit.Seconds, 270.0)]
    [InlineData("1:00:00", IndicatorUnit.Seconds, 3600.0)]
    [InlineData("90", IndicatorUnit.Seconds, 90.0)]
    [InlineData("95 %", IndicatorUnit.Share, .95)]
    [InlineData("0.95", IndicatorUnit.Share, .95)]
    [InlineData("−2.5", IndicatorUnit.Number, -2.5)]
    [InlineData("4:x", IndicatorUnit.Seconds, null)]
    [InlineData("NaN", IndicatorUnit.Number, null)]
    public void A_limit_is_read_as_people_write_it(string typed, IndicatorUnit unit, double? limit) => Assert.Equal(limit, CurveLimitTable.Read(typed, unit));

    private static string Minutes(double seconds) => TimeSpan.FromSeconds(Math.Round(seconds)).ToString(@"m\:ss", System.Globalization.CultureInfo.InvariantCulture);

    private IRenderedComponent<CurveChart> Draw(Curve curve) =>
        Render<CurveChart>(p => p.Add(c => c.Curve, curve).Add(c => c.Measure, Wait).Add(c => c.Outcome, Indicator.Csat).Add(c => c.Agreed, 300));

    private static List<CurvePoint> Points(Func<double, double> truth)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, 480).Select(wait => Enumerable.Range(0, 5).Aggregate(default(CurvePoint), (sum, _) =>
            sum + CurvePoint.Of(wait, Math.Clamp(Math.Round(truth(wait) + MathNet.Numerics.Distributions.Normal.Sample(random, 0, .6)), 1, 5))))];
    }
}
