using CxDesk.Data.Cases;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Digests;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Deliveries;
using CxDesk.Web.Digests;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;

namespace CxDesk.Tests.Digests;

public sealed class DigestWordsTests
{
    private static readonly DigestWords Words = new(
        new IndicatorWords(DeliveryFloor.Text<ShellText>()), new TimeWords(DeliveryFloor.Text<ShellText>()), DeliveryFloor.Text<DigestsText>(),
        DeliveryFloor.Text<ScorecardsText>(), DeliveryFloor.Text<ShellText>(), new DeliveriesOptions { BaseUrl = "https://cx.example.com" });

    private static readonly UnitRow North = new() { Id = 10, ParentId = 1, Kind = UnitKind.Region, Code = "north", Name = "North & Co", IsNoTeam = false, IsActive = true };

    private static readonly ScorecardRow Whole = new()
    {
        KeyId = 1, Key = "north", Name = "North & Co", IsNoTeam = false, N = 312, Score = 4.123, Low = 4.06, High = 4.18, Target = 4.1, Gap = 0.023,
        Change = 0.01, Verdict = Verdict.NoClearChange, Standing = Standing.Watch, Withheld = false, IsTooFew = false, MayOpen = true, NewestAt = null,
    };

    private static readonly Digest Weekly = new()
    {
        Looked = 12,
        Viewer = new Viewer { PersonId = 2, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [10] },
        Period = new DigestPeriod(DigestRhythm.Weekly, new(2026, 9, 7), new(2026, 9, 14)), Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
        AsOf = new(2026, 9, 14, 7, 0, 0, TimeSpan.Zero), Overdue = 0, OverdueIsAtLeast = false, Cases = [],
        Units = [new DigestUnit(North, RollupBy.Team, [new DigestFigure(Indicator.Csat, Whole)], [])],
    };

    [Fact]
    [Trait("Behaviour", "32")]
    public void Figures_stand_with_n_interval_target_and_gap_and_no_change_is_said_in_words()
    {
        var letter = Words.Write(Weekly, "en");
        Assert.Equal("North & Co, 7 Sep 2026 – 13 Sep 2026: nothing changed for certain; overdue: 0", letter.Subject);
        Assert.Contains("Mia, this is how the week went: 7 Sep 2026 – 13 Sep 2026.", letter.Plain);
        Assert.Contains("CSAT (1 to 5): 4.12, n 312, interval ±0.06, target 4.10, gap +0.02", letter.Plain);
        Assert.Contains("Nothing changed for certain, compared with 31 Aug 2026 – 6 Sep 2026.", letter.Plain);
        Assert.Contains("Figures looked at for a change: 12.", letter.Plain);
        Assert.Contains("No case of yours is overdue.", letter.Plain);
        Assert.Contains("https://cx.example.com/scorecards?parent=north&period=2026-W37", letter.Plain);
        Assert.Contains("https://cx.example.com/account#digest", letter.Plain);
        Assert.Contains("As of Mon 14 Sep 2026, 09:00:00", letter.Plain);
    }

    [Fact]
    public void In_HTML_names_are_text_and_the_same_is_said()
    {
        var letter = Words.Write(Weekly with { Units = [Weekly.Units[0] with { Unit = North with { Name = "<b>" } }] }, "en");
        Assert.Contains("<h2 style=\"font-size:17px;margin:20px 0 4px\">&lt;b&gt;</h2>", letter.Html);
        Assert.Contains(">4.12</td>", letter.Html);
        Assert.StartsWith("<!DOCTYPE html><html lang=\"en\">", letter.Html);
    }

    [Fact]
    public void Changes_that_are_certain_are_told_with_what_is_overdue()
    {
        var worse = Whole with { KeyId = 11, Key = "north-a", Name = "Phone", N = 90, Score = 3.9, Change = -0.31, Verdict = Verdict.Worse };
        var letter = Words.Write(Weekly with
        {
            Period = new DigestPeriod(DigestRhythm.Daily, new(2026, 9, 14), new(2026, 9, 15)),
            Units = [Weekly.Units[0] with { Changes = [new DigestChange(Indicator.Csat, worse, false)] }],
            Overdue = 1200, OverdueIsAtLeast = true, Cases = [new OverdueCase("C-7", CaseSeverity.Critical, new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero), "Home net", "North", null)],
        }, "en");
        Assert.Contains("changed for certain: 1; overdue: 1,200", letter.Subject);
        Assert.Contains("- Phone: CSAT worse by −0.31, now 3.90 (n 90)", letter.Plain);
        Assert.DoesNotContain("Nothing changed", letter.Plain);
        Assert.Contains("Overdue now: 1,200 at least.", letter.Plain);
        Assert.Matches("- C-7 Critical, was due .*17:00.*; Home net, North; nobody has taken it", letter.Plain);
        Assert.Contains("https://cx.example.com/cases/C-7", letter.Plain);
        Assert.Contains("/scorecards?parent=north&from=2026-09-14&to=2026-09-15", letter.Plain);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void What_is_withheld_is_told_as_too_few()
    {
        var few = Whole with { N = 3, Score = null, Low = null, High = null, Target = null, Gap = null, Change = null, Withheld = true };
        var letter = Words.Write(Weekly with { Units = [Weekly.Units[0] with { Figures = [new DigestFigure(Indicator.Csat, few)] }] }, "en");
        Assert.Contains("CSAT (1 to 5): too few answers, n 3", letter.Plain);
        Assert.Contains(">too few answers</td>", letter.Html);
    }

    [Fact]
    public void Everybody_is_written_to_in_their_own_language()
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        var letter = Words.Write(Weekly, "zh-Hans");
        Assert.Equal(before, System.Globalization.CultureInfo.CurrentUICulture);
        Assert.Contains("没有确定的变化；逾期 0 件", letter.Subject);
        Assert.Contains("Mia，您好！以下是这一周的情况：2026年9月7日", letter.Plain);
        Assert.Contains("4.12，n 312，区间 ±0.06，目标 4.10，差距 +0.02", letter.Plain);
        Assert.Contains("您没有逾期的工单。", letter.Plain);
        Assert.StartsWith("<!DOCTYPE html><html lang=\"zh-Hans\">", letter.Html);
    }
}
