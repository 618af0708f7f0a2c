using CxDesk.Web.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardPeriodTests
{
    private static readonly DateOnly Today = new(2026, 9, 14);

    [Theory]
    [InlineData("2026-Q3", 1, "2026-07-01", "2026-10-01", "2026-04-01")]
    [InlineData("2026-Q1", 4, "2025-04-01", "2025-07-01", "2025-01-01")]
    [InlineData("2026-Q4", 4, "2026-01-01", "2026-04-01", "2025-10-01")]
    [InlineData("2026", 1, "2026-01-01", "2027-01-01", "2025-01-01")]
    [InlineData("2026", 10, "2025-10-01", "2026-10-01", "2024-10-01")]
    [InlineData("2026-02", 4, "2026-02-01", "2026-03-01", "2026-01-01")]
    [InlineData("2026-W38", 1, "2026-09-14", "2026-09-21", "2026-09-07")]
    [InlineData("2026-W53", 1, "2026-12-28", "2027-01-04", "2026-12-21")]
    [InlineData("2021-W01", 1, "2021-01-04", "2021-01-11", "2020-12-28")]
    public void A_named_period_has_its_days_and_is_compared_with_the_one_before(string code, int fiscalStart, string from, string to, string before)
    {
        var period = ScorecardPeriod.Named(code, fiscalStart)!.Value;
        Assert.Equal((DateOnly.Parse(from), DateOnly.Parse(to), DateOnly.Parse(before), code), (period.From, period.To, period.BeforeFrom, period.Code));
    }

    [Theory]
    [InlineData("2025-W53")]
    [InlineData("2026-Q5")]
    [InlineData("2026-13")]
    [InlineData("2026-W00")]
    [InlineData("1999")]
    [InlineData("26-09")]
    [InlineData("2026-9")]
    [InlineData("2026-Q3x")]
    public void What_names_no_period_is_a_fault(string code)
    {
        ScorecardPeriod.Parse(code, null, null, Today, 1, out var fault);
        Assert.Equal(("period", "NoPeriodCode"), fault);
    }

    [Fact]
    public void A_name_goes_without_days()
    {
        ScorecardPeriod.Parse("2026-09", "2026-09-01", null, Today, 1, out var fault);
        Assert.Equal(("period", "PeriodAndDays"), fault);
    }

    [Fact]
    public void Every_day_lies_in_its_period_whose_name_leads_back_and_whose_neighbours_join_it()
    {
        for (var day = new DateOnly(2023, 12, 1); day < new DateOnly(2027, 2, 1); day = day.AddDays(5))
            foreach (var kind in ScorecardPeriod.NamedKinds)
                foreach (var start in (int[])[1, 2, 4, 7, 10, 12])
                {
                    var period = ScorecardPeriod.Of(kind, day, start);
                    Assert.True(period.From <= day && day < period.To);
                    Assert.Equal(period, ScorecardPeriod.Named(period.Code!, start));
                    Assert.Equal(period.To, period.Next(start).From);
                    Assert.Equal(period, period.Next(start).Previous(start));
                    Assert.Equal(period.BeforeFrom, period.Previous(start).From);
                }
    }

    [Fact]
    public void Days_step_by_their_own_length()
    {
        var period = ScorecardPeriod.Ending(Today, 7);
        Assert.Equal((Today.AddDays(-13), Today.AddDays(-6)), (period.Previous(1).From, period.Previous(1).To));
        Assert.Equal(period, period.Previous(1).Next(1));
    }
}
