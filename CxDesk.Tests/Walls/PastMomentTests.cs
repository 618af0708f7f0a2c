using CxDesk.Data;
using CxDesk.Web.Walls;

namespace CxDesk.Tests.Walls;

public sealed class PastMomentTests
{
    private static readonly Company Shanghai = new(new CompanyOptions { TimeZone = "Asia/Shanghai" });
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 30, 20, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-21T10:40", "2026-11-21T02:40:00Z", PastFault.None)]
    [InlineData("2026-11-21 10:40", "2026-11-21T02:40:00Z", PastFault.None)]
    [InlineData("2026-11-21T10:40:30", "2026-11-21T02:40:30Z", PastFault.None)]
    [InlineData("2026-11-21T10:40:00+01:00", "2026-11-21T09:40:00Z", PastFault.None)]
    [InlineData("2026-11-21T10:40:00.250Z", "2026-11-21T10:40:00.25Z", PastFault.None)]
    [InlineData(null, "2026-11-22T08:30:00Z", PastFault.None)]
    [InlineData("2026-08-24T16:30", "2026-08-24T08:30:00Z", PastFault.None)]
    [InlineData("2026-08-24T16:29", "2026-08-24T08:29:00Z", PastFault.TooOld)]
    [InlineData("2026-11-22T16:31", "2026-11-22T08:31:00Z", PastFault.Ahead)]
    [InlineData("yesterday", "2026-11-22T08:30:00Z", PastFault.Unreadable)]
    [InlineData("0000-00-00T00:00", "2026-11-22T08:30:00Z", PastFault.Unreadable)]
    public void A_moment_is_read_on_the_company_s_clock_and_within_90_days(string? text, string at, PastFault fault) =>
        Assert.Equal(new PastMoment(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), fault), PastMoment.Of(text, Shanghai, Now));

    [Fact]
    public void A_moment_is_written_as_it_is_read() =>
        Assert.Equal("2026-11-21T10:40", PastMoment.Text(PastMoment.Of("2026-11-21T10:40", Shanghai, Now).At, Shanghai));
}
