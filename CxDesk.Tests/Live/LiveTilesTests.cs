using Bunit;
using CxDesk.Data.Cases;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Tests.Shell;
using CxDesk.Tests.Walls;
using CxDesk.Web.Live;
using CxDesk.Web.Shell;
using CxDesk.Web.Walls;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Live;

public sealed class LiveTilesTests : ShellContext
{
    public LiveTilesTests() => Services.AddSingleton<LiveWords>().AddSingleton<IndicatorWords>().AddSingleton<FigureWords>();

    [Fact]
    [Trait("Behaviour", "27")]
    public void A_score_comes_with_interval_n_target_reason_and_age_and_leads_to_its_answers()
    {
        var tile = Tile(Figures.Score(Boards.Score(Time.Now.AddSeconds(-4)) with { MayOpen = true }, subject: ""));
        Assert.Equal(["4.21", "±0.06", "n 1,204"], tile.FindAll(".score > span").Select(s => s.TextContent));
        Assert.Equal(("good", "On target", "target 4.10 (+0.11)"), (tile.Find(".status").GetAttribute("data-status"), tile.Find(".status .word").TextContent, tile.Find(".aim").TextContent));
        Assert.Equal(("CSAT · Today", "/answers?window=today&metric=csat"), (tile.Find("h2 a").TextContent, tile.Find("h2 a").GetAttribute("href")));
        Assert.Equal("false", tile.Find(".age").GetAttribute("data-stale"));
        Assert.Contains("4 s", tile.Find(".age").TextContent);
        // Who may not open the answers is led nowhere.
        Assert.Empty(Tile(Figures.Score(Boards.Score(Time.Now), subject: "")).FindAll("a"));
    }

    [Fact]
    public void A_narrowed_board_leads_to_what_its_own_figures_count()
    {
        var reading = Boards.Read(Boards.Of(Time.Now) with { Unit = "north", Product = "net" });
        IRenderedComponent<LiveTile> Of(WallFigure figure) => Render<LiveTile>(p => p.Add(t => t.Figure, figure).Add(t => t.Reading, reading));
        Assert.Equal("/answers?window=today&metric=csat&unit=north&product=net", Of(Figures.Score(Boards.Score(Time.Now) with { MayOpen = true })).Find("h2 a").GetAttribute("href"));
        var late = Of(Figures.Cases(Boards.Cases(128, 12), Standing.Bad, FigureReason.CasesOverdue));
        Assert.Equal(["/cases?unit=north&product=net", "/cases?unit=north&product=net", "/cases?unit=north&product=net&overdue=true"], late.FindAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "36")]
    public void Too_few_and_none_are_two_things_and_neither_is_zero()
    {
        var few = Tile(Figures.Score(Boards.None with { N = 3, Withheld = true }, Standing.Unknown, FigureReason.TooFew));
        var none = Tile(Figures.Score(Boards.None, Standing.Unknown, FigureReason.NoAnswers));
        var own = Tile(Figures.Score(Boards.None with { N = 3, Score = 4 }, Standing.Unknown, FigureReason.TooFew));
        Assert.Equal(("tooFew", "none", "value"), (few.Find(".score").GetAttribute("data-state"), none.Find(".score").GetAttribute("data-state"), own.Find(".score").GetAttribute("data-state")));
        Assert.Equal(("Too few answers to show a score", "No answers today", "Too few answers for a verdict"),
            (few.Find(".status .word").TextContent, none.Find(".status .word").TextContent, own.Find(".status .word").TextContent));
        Assert.Equal("—", none.Find(".value").TextContent);
        // Enough, but it would tell what a few others said.
        var hidden = Tile(Figures.Score(Boards.None with { N = 11, Withheld = true }, Standing.Unknown, FigureReason.TooFew));
        Assert.Equal(("not shown", "n 11"), (hidden.Find(".few").TextContent, hidden.Find(".n").TextContent));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void A_board_that_was_not_read_for_a_minute_goes_grey_with_words()
    {
        var tile = Tile(Figures.Score(Boards.Score(Time.Now)), readAt: Time.Now.AddSeconds(-61));
        Assert.Equal("true", tile.Find(".age").GetAttribute("data-stale"));
        Assert.Contains("Stale: not read since", tile.Find(".age").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void A_failed_read_keeps_the_figure_and_says_so()
    {
        var tile = Render<LiveTile>(p => p.Add(t => t.Figure, Figures.Score(Boards.Score(Time.Now))).Add(t => t.Reading, Boards.Read(Boards.Of(Time.Now), failingSince: Time.Now)));
        Assert.Equal("4.21", tile.Find(".value").TextContent);
        Assert.Contains("Last read failed", tile.Find(".age").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public void No_open_case_is_a_zero_and_an_overdue_one_is_named()
    {
        Assert.Equal(("0", "No open case"), Tile(Figures.Cases(Boards.Cases(), Standing.Good, FigureReason.NoCases)) is var none ? (none.Find(".figure a").TextContent, none.Find(".says .word").TextContent) : default);
        var urgent = new LiveUrgentCase { CaseId = 1042, Severity = CaseSeverity.High, DueAt = Time.Now, Overdue = true, Region = "North", Product = "Phone", Owner = null };
        var late = Tile(Figures.Cases(Boards.Cases(128, 12, 0, urgent), Standing.Bad, FigureReason.CasesOverdue));
        Assert.Equal(("12 cases are overdue", "/cases?overdue=true", "/cases/C-1042"),
            (late.Find(".says .word").TextContent, late.Find(".says a").GetAttribute("href"), late.Find(".urgent a").GetAttribute("href")));
    }

    [Theory]
    [InlineData(222.0, "3:42", Standing.Good, FigureReason.WithinLimit, "Within the limit")]
    [InlineData(342.0, "5:42", Standing.Bad, FigureReason.OverLimit, "0:42 over the limit, for certain")]
    [InlineData(null, "—", Standing.Unknown, FigureReason.NoAnswers, "No measurements today")]
    public void A_measure_stands_against_its_limit(double? value, string said, Standing standing, FigureReason reason, string words)
    {
        var tile = Tile(Figures.Wait(value, standing, reason));
        Assert.Equal((said, standing.ToString().ToLowerInvariant(), words, "limit 5:00"),
            (tile.Find(".figure span").TextContent, tile.Find(".status").GetAttribute("data-status"), tile.Find(".status .word").TextContent, tile.Find(".aim").TextContent));
        Assert.Empty(tile.FindAll("a"));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void At_the_desk_a_tile_says_what_it_says_on_a_wall()
    {
        foreach (var figure in (WallFigure[])[
            Figures.Score(Boards.Score(Time.Now)), Figures.Score(Boards.Score(Time.Now), Standing.Bad, FigureReason.Under), Figures.Score(Boards.None, Standing.Unknown, FigureReason.NoAnswers),
            Figures.Cases(Boards.Cases(9, 1), Standing.Bad, FigureReason.CasesOverdue), Figures.Wait(342, Standing.Bad, FigureReason.OverLimit)])
        {
            var (desk, wall) = (Tile(figure), Render<WallTile>(p => p.Add(t => t.Figure, figure).Add(t => t.ReadAt, Time.Now)));
            Assert.Equal(wall.Find(".words .status").OuterHtml, desk.Find(".says .status").OuterHtml);
            Assert.Equal(wall.Find(".age").TextContent, desk.Find(".age").TextContent);
            Assert.Equal(wall.Find(".number").TextContent, desk.Find(".figure :is(.value, .none, a)").TextContent);
        }
    }

    [Fact]
    public void A_row_shows_what_it_has_and_glows_when_it_moves_though_none_changes_its_place()
    {
        var board = Boards.Of(Time.Now, Boards.Row("north", 10, 3.92, Time.Now, standing: Standing.Bad, target: 4.1) with { MayOpen = true, Reason = FigureReason.Under }, Boards.Row("south", 3, withheld: true, score: null), Boards.Row("west", 0, score: null));
        var table = Render<LiveTable>(p => p.Add(t => t.Board, board));
        Assert.Equal(["3.92", "0.10", "10", "4.10", "−0.18"], table.FindAll("[data-row=north] td.num").Take(5).Select(c => c.TextContent.Trim().Split('\n')[0].Trim()).Select(t => t.Replace("Below target, for certain", "")));
        Assert.Equal("/?window=today&by=team&unit=north", table.Find("[data-row=north] th a").GetAttribute("href"));
        Assert.Equal("/answers?window=today&metric=csat&unit=north", table.Find("[data-row=north] .n a").GetAttribute("href"));
        Assert.Equal("/cases?unit=north", table.Find("[data-row=north] .cases a").GetAttribute("href"));
        Assert.Empty(table.FindAll("[data-row=west] :is(.n, .cases) a"));
        Assert.Equal("too few", table.Find("[data-row=south] .few").TextContent);
        Assert.Equal("—", table.Find("[data-row=west] .few").TextContent);
        Assert.Empty(table.FindAll(".changed"));

        table.Render(p => p.Add(t => t.Board, board with { Rows = [Boards.Row("north", 11, 3.95), board.Rows[1], board.Rows[2]] }));
        Assert.Equal(["north", "south", "west"], table.FindAll("tbody tr").Select(r => r.GetAttribute("data-row")));
        Assert.Equal(2, table.FindAll("[data-row=north] .changed").Count);
        Assert.Empty(table.FindAll("[data-row=west] .changed"));

        table.Render(p => p.Add(t => t.Board, board with { By = "product", Rows = [Boards.Row("net", 4)] }));
        Assert.Empty(table.FindAll(".changed"));
    }

    private IRenderedComponent<LiveTile> Tile(WallFigure figure, DateTimeOffset? readAt = null) =>
        Render<LiveTile>(p => p.Add(t => t.Figure, figure).Add(t => t.Reading, Boards.Read(Boards.Of(readAt ?? Time.Now))));
}
