using Bunit;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Shell;
using CxDesk.Web.Scorecards;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Scorecards;

public sealed class ScorecardBeforeTests : ShellContext
{
    [Theory]
    [InlineData("2026-W38", 1, "2025-09-15/2025-09-22")]   // the 38th week of 2025
    [InlineData("2026-W53", 1, "2025-12-22/2025-12-29")]   // 2025 had 52
    [InlineData("2024-02", 1, "2023-02-01/2023-03-01")]
    [InlineData("2026-Q1", 4, "2024-04-01/2024-07-01")]
    [InlineData("2026", 4, "2024-04-01/2025-04-01")]
    [InlineData("2026-09-01/2026-09-15", 1, "2025-09-01/2025-09-15")]
    [InlineData("2024-02-29/2024-03-01", 1, "2023-02-28/2023-03-01")]
    [InlineData("2024-02-28/2024-02-29", 1, "2023-02-28/2023-03-01")]
    public void The_same_days_a_year_earlier_are_those_that_people_mean(string of, int fiscalStart, string before)
    {
        var found = ScorecardBefore.Of(ScorecardBefore.LastYear, Period(of, fiscalStart), fiscalStart, out var fault);
        Assert.Null(fault);
        Assert.Equal(before, ScorecardBefore.Code(found.From, found.To));
    }

    [Theory]
    [InlineData(null, "2026-08-01/2026-09-01", null)]
    [InlineData("previous", "2026-08-01/2026-09-01", null)]
    [InlineData("2025-Q3", "2025-07-01/2025-10-01", null)]
    [InlineData("2026-06-30/2026-07-02", "2026-06-30/2026-07-02", null)]
    [InlineData("2026-10-01/2026-10-03", "2026-10-01/2026-10-03", null)]        // later, too
    [InlineData("2026-09-30/2026-10-03", "2026-08-01/2026-09-01", "AgainstOverlaps")]
    [InlineData("2026-Q3", "2026-08-01/2026-09-01", "AgainstOverlaps")]
    [InlineData("2026-06-30", "2026-08-01/2026-09-01", "NoAgainst")]
    [InlineData("2026-06-30/", "2026-08-01/2026-09-01", "NoAgainst")]
    [InlineData("2026-07-02/2026-06-30", "2026-08-01/2026-09-01", "NoAgainst")]
    [InlineData("1999-01-01/1999-02-01", "2026-08-01/2026-09-01", "NoAgainst")]
    [InlineData("yesterday", "2026-08-01/2026-09-01", "NoAgainst")]
    public void Other_days_are_taken_at_their_word_and_what_is_none_is_a_fault(string? against, string before, string? fault)
    {
        var found = ScorecardBefore.Of(against, Period("2026-09", 1), 1, out var why);
        Assert.Equal((before, fault), (ScorecardBefore.Code(found.From, found.To), why));
    }

    [Fact]
    public void A_period_longer_than_a_year_cannot_be_held_against_the_year_before()
    {
        ScorecardBefore.Of(ScorecardBefore.LastYear, Period("2025-01-01/2026-02-01", 1), 1, out var fault);
        Assert.Equal("AgainstOverlaps", fault);
    }

    [Theory]
    [InlineData("2026-09-05/2026-09-10", 0)]
    [InlineData("2026-08-31/2026-09-03", 1)]
    [InlineData("2026-09-08/2026-09-13", 2)]
    [InlineData("2026-08-01/2026-10-01", 51)]
    [InlineData("2025-09-01/2025-10-01", 30)]
    [InlineData("2026-10-01/2026-11-01", 31)]
    public void Days_outside_the_data_are_counted(string days, int missing) =>
        Assert.Equal(missing, new RollupSpan(new(2026, 9, 1), new(2026, 9, 10)).Missing(Period(days, 1).From, Period(days, 1).To));

    [Fact]
    public void The_choice_leads_to_the_same_figures_held_against_other_days_and_says_which()
    {
        var link = ScorecardLink.Parse("http://localhost/scorecards?metric=nps&period=2026-09&against=lastyear&why=1");
        var drawn = Draw(link);
        Assert.Equal("against the same days last year", drawn.Find("summary").TextContent);
        Assert.Equal(["/scorecards?metric=nps&period=2026-09&why=1", "/scorecards?metric=nps&period=2026-09&against=lastyear&why=1"], drawn.FindAll(".kinds a").Select(a => a.GetAttribute("href")));

        drawn.Find("#against-from").Change("2026-09-01");
        drawn.Find("#against-last").Change("2026-09-02");
        drawn.Find("form").Submit();
        Assert.Contains("1 Sep 2026 – 30 Sep 2026", drawn.Find(".fault").TextContent);
        drawn.Find("#against-from").Change("2026-07-01");
        drawn.Find("#against-last").Change("2026-07-31");
        drawn.Find("form").Submit();
        Assert.EndsWith("/scorecards?metric=nps&period=2026-09&against=2026-07-01%2F2026-08-01&why=1", Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().Uri);
    }

    private IRenderedComponent<AgainstChoice> Draw(ScorecardLink link)
    {
        var period = Period(link.Named!, 1);
        return Render<AgainstChoice>(p => p.Add(c => c.Link, link).Add(c => c.Period, period).Add(c => c.Before, ScorecardBefore.Of(link.Against, period, 1, out _)));
    }

    private static ScorecardPeriod Period(string code, int fiscalStart) => ScorecardPeriod.Named(code, fiscalStart)
        ?? new ScorecardPeriod(DateOnly.Parse(code[..10], System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(code[11..], System.Globalization.CultureInfo.InvariantCulture));
}
