using System.Globalization;
using CxDesk.Data.Rollups;
using CxDesk.Web.Targets;

namespace CxDesk.Tests.Targets;

public sealed class TargetInputTests
{
    private static readonly Indicator Wait = Indicator.Csat with { Kind = RollupKind.Measure, MetricId = 1, Code = "measure:wait", Unit = IndicatorUnit.Seconds, Lowest = 0, Highest = double.PositiveInfinity };

    [Theory]
    [InlineData("5:00", 300.0)]
    [InlineData("1:02:03", 3723.0)]
    [InlineData("90", 90.0)]
    [InlineData("4:60", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData(":30", null)]
    [InlineData("soon", null)]
    public void A_duration_is_minutes_and_seconds_or_seconds(string typed, double? seconds) => Assert.Equal(seconds, TargetInput.Parse(typed, Wait, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("85 %", 0.85)]
    [InlineData("85", 0.85)]
    [InlineData("12.5%", 0.125)]
    public void A_share_is_typed_in_per_cent(string typed, double share) => Assert.Equal(share, TargetInput.Parse(typed, Indicator.CsatTopTwo, CultureInfo.InvariantCulture)!.Value, 1e-12);

    [Theory]
    [InlineData("4,25", "de-DE", 4.25)]
    [InlineData("4.25", "en-US", 4.25)]
    [InlineData("−30", "zh-CN", -30.0)]
    [InlineData("", "en-US", null)]
    [InlineData("NaN", "en-US", null)]
    [InlineData("1e999", "en-US", null)]
    public void A_number_is_typed_as_its_culture_has_it(string typed, string culture, double? number) => Assert.Equal(number, TargetInput.Parse(typed, Indicator.Nps, CultureInfo.GetCultureInfo(culture)));
}
