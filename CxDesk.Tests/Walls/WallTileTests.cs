using Bunit;
using CxDesk.Data.Cases;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Tests.Live;
using CxDesk.Tests.Shell;
using CxDesk.Web.Shell;
using CxDesk.Web.Walls;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Walls;

public sealed class WallTileTests : ShellContext
{
    public WallTileTests() => Services.AddSingleton<IndicatorWords>().AddSingleton<FigureWords>();

    [Fact]
    [Trait("Behaviour", "27")]
    [Trait("Behaviour", "40")]
    public void A_score_comes_with_interval_n_target_trend_a_sentence_and_its_age()
    {
        var tile = Tile(Figures.Score(Boards.Score(Time.Now.AddSeconds(-4))));
        Assert.Equal(("North", "CSAT · Today", "4.21"), (tile.Find("h2").TextContent, tile.Find(".what").TextContent, tile.Find(".number").TextContent));
        Assert.Equal(["±0.06", "n 1,204", "target 4.10"], tile.FindAll(".beside span").Select(s => s.TextContent));
        Assert.Equal(("good", "On target"), (tile.Find(".words .status").GetAttribute("data-status"), tile.Find(".words .word").TextContent));
        Assert.NotNull(tile.Find("svg.spark"));
        Assert.Equal(("false", "4 s"), (tile.Find(".age").GetAttribute("data-stale"), tile.Find(".old").LastChild!.TextContent));
        Assert.Null(tile.Find(".tile").GetAttribute("data-needs"));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "36")]
    public void Too_few_hidden_and_none_are_three_pictures_and_none_of_them_a_zero()
    {
        var few = Tile(Figures.Score(Boards.None with { N = 3, Withheld = true }, Standing.Unknown, FigureReason.TooFew));
        Assert.Equal(("few", 5, 3), (few.Find(".tile").GetAttribute("data-shows"), few.FindAll(".few i").Count, few.FindAll(".few i.had").Count));
        Assert.Equal(("3 of 5 answers", "Too few answers to show a score"), (few.Find(".few").GetAttribute("aria-label"), few.Find(".words .word").TextContent));
        var hidden = Tile(Figures.Score(Boards.None with { N = 9, Withheld = true }, Standing.Unknown, FigureReason.TooFew));
        Assert.Equal("not shown", hidden.Find(".few b").TextContent);
        Assert.Contains("what a few others answered", hidden.Find(".words .word").TextContent);
        var none = Tile(Figures.Score(Boards.None, Standing.Unknown, FigureReason.NoAnswers));
        Assert.Equal(("none", "—", "No answers today"), (none.Find(".tile").GetAttribute("data-shows"), none.Find(".number").TextContent, none.Find(".words .word").TextContent));
        Assert.Equal("no data", none.Find(".old").LastChild!.TextContent);
        var calm = Tile(Figures.Cases(Boards.Cases(), reason: FigureReason.NoCases));
        Assert.Equal(("0", "none open"), (calm.Find(".number").TextContent, calm.Find(".old").LastChild!.TextContent));
    }

    [Fact]
    [Trait("Behaviour", "29")]
    public void A_measure_that_nobody_took_is_a_dash()
    {
        Assert.Equal(("—", "No measurements today"), Said(Tile(Figures.Wait(null, Standing.Unknown, FigureReason.NoAnswers))));
        Assert.Equal(("5:42", "0:42 over the limit, for certain"), Said(Tile(Figures.Wait(342, Standing.Bad, FigureReason.OverLimit))));

        static (string, string) Said(IRenderedComponent<WallTile> tile) => (tile.Find(".number").TextContent, tile.Find(".words .word").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void Old_data_are_grey_with_the_reason_and_never_an_old_green()
    {
        var unread = Tile(Figures.Score(Boards.Score(Time.Now)), readAt: Time.Now.AddSeconds(-61));
        Assert.Equal("true", unread.Find("[data-stale]").GetAttribute("data-stale"));
        Assert.StartsWith("Stale: not read since", unread.Find(".doubt").TextContent);
        // Monday 14:00 in Paris, where the company is: 31 minutes of silence are too many, 29 are not.
        Assert.Equal("Stale: silent for more than 30 min", Tile(Figures.Score(Boards.Score(Time.Now.AddMinutes(-31)))).Find(".doubt").TextContent);
        Assert.Empty(Tile(Figures.Score(Boards.Score(Time.Now.AddMinutes(-29)))).FindAll(".doubt"));
        // Since Friday evening only ten minutes were worked.
        Time.Now = new DateTimeOffset(2026, 9, 14, 7, 10, 0, TimeSpan.Zero);
        Assert.Equal("false", Tile(Figures.Score(Boards.Score(Time.Now.AddHours(-63)))).Find("[data-stale]").GetAttribute("data-stale"));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void Ages_count_on_though_nothing_is_read_and_a_failed_read_keeps_the_figure()
    {
        var tile = Tile(Figures.Score(Boards.Score(Time.Now)), failed: true);
        Assert.Equal(("4.21", "Last read failed"), (tile.Find(".number").TextContent, tile.Find(".doubt").TextContent));
        Time.Now = Time.Now.AddMinutes(2);
        tile.Render();
        tile.WaitForAssertion(() => Assert.Equal(("true", "2 min"), (tile.Find("[data-stale]").GetAttribute("data-stale"), tile.Find(".old").LastChild!.TextContent)));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void A_tile_that_needs_somebody_is_filled_and_names_who_has_it()
    {
        LiveUrgentCase free = new() { CaseId = 1042, Severity = CaseSeverity.High, DueAt = Time.Now.AddHours(-2), Overdue = true, Owner = null, Region = "North", Product = "Phone" };
        var taken = free with { CaseId = 1043, IsTaken = true, Owner = "Anna Holm", OwnerSince = Time.Now.AddMinutes(-12) };
        var tile = Tile(Figures.Cases(Boards.Cases(9, 2, 0, free, taken, free with { CaseId = 7, Overdue = false }), Standing.Bad, FigureReason.CasesOverdue));
        Assert.Equal(("bad", "9", "2 cases are overdue"), (tile.Find(".tile").GetAttribute("data-needs"), tile.Find(".number").TextContent, tile.Find(".words .word").TextContent));
        Assert.Equal(["C-1042", "C-1043"], tile.FindAll("li b").Select(b => b.TextContent));
        Assert.Equal(["nobody has it yet", "Anna Holm for 12 min"], tile.FindAll(".who").Select(w => w.TextContent.Trim()));
        Assert.Equal("2 h over", tile.Find(".late").TextContent);
        Assert.Equal("somebody has it", Tile(Figures.Cases(Boards.Cases(9, 1, 0, taken with { Owner = null }), Standing.Bad, FigureReason.CasesOverdue)).Find(".who").TextContent.Trim());
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public void An_arrow_is_drawn_for_a_clear_change_only()
    {
        var tile = Tile(new MoversFigure
        {
            Key = "movers", Subject = "", Window = "7d", Spec = new() { Kind = WallTileKind.Movers }, NewestAt = Time.Now, Silence = null,
            Standing = Standing.Unknown, Reason = FigureReason.None,
            Rows = [new("north", "North", 400, 3.9, -.3, Verdict.Worse), new("south", "South", 20, 4.3, .2, Verdict.NoClearChange)],
        });
        Assert.Contains("▼", tile.Find("[data-row=north] .change").TextContent);
        Assert.Contains("−0.30", tile.Find("[data-row=north] .change").TextContent);
        Assert.Equal("no clear change", tile.Find("[data-row=south] .change").TextContent.Trim());
    }

    [Fact]
    public void A_measure_is_called_as_its_reader_calls_it_until_somebody_names_it()
    {
        Speak("zh-Hans");
        var wait = Figures.Wait(200, Standing.Good, FigureReason.WithinLimit);
        Assert.Equal("等待时长", Tile(wait).Find("h2").TextContent);
        Assert.Equal("Queue", Tile(wait with { Measure = wait.Measure with { Name = "Queue" } }).Find("h2").TextContent);
        Assert.Equal("满意度 · 今天", Tile(Figures.Score(Boards.Score(Time.Now))).Find(".what").TextContent);
    }

    [Fact]
    public async Task A_wall_of_the_past_is_told_by_the_company_s_clock_wherever_one_looks_from()
    {
        await Services.GetRequiredService<ViewerClock>().UseZone("America/New_York");
        var under = Figures.Score(Boards.Score(Time.Now), Standing.Bad, FigureReason.Under) with { Since = Time.Now.AddMinutes(-30) };
        var paris = TimeZoneInfo.ConvertTime(Time.Now.AddMinutes(-30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.EndsWith(paris, Tile(under, at: Time.Now).Find(".words .word").TextContent);
        Assert.DoesNotContain(paris, Tile(under).Find(".words .word").TextContent);
    }

    private IRenderedComponent<WallTile> Tile(WallFigure figure, DateTimeOffset? readAt = null, bool failed = false, DateTimeOffset? at = null) =>
        Render<WallTile>(p => p.Add(t => t.At, at).Add(t => t.Figure, figure).Add(t => t.ReadAt, readAt ?? Time.Now).Add(t => t.Failed, failed));
}
