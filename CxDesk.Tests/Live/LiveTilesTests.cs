using Bunit;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Shell;
using CxDesk.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Live;

public sealed class LiveTilesTests : ShellContext
{
    public LiveTilesTests() => Services.AddSingleton<LiveWords>();

    [Fact]
    [Trait("Behaviour", "27")]
    public void A_score_comes_with_interval_n_target_and_age()
    {
        var tile = Tile(Boards.Score(Time.Now.AddSeconds(-4)));
        Assert.Equal(["4.21", "±0.06", "n 1,204"], tile.FindAll(".score > span").Select(s => s.TextContent));
        Assert.Equal(("good", "0.11 over target"), (tile.Find(".status").GetAttribute("data-status"), tile.Find(".status .word").TextContent));
        Assert.Equal("false", tile.Find(".age").GetAttribute("data-stale"));
        Assert.Contains("4 s", tile.Find(".age").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void Too_few_and_none_are_two_things_and_neither_is_zero()
    {
        var few = Tile(Boards.None with { N = 3, Withheld = true });
        var none = Tile(Boards.None);
        Assert.Equal(("tooFew", "none"), (few.Find(".score").GetAttribute("data-state"), none.Find(".score").GetAttribute("data-state")));
        Assert.Equal(("Too few answers for a verdict", "No answers"), (few.Find(".status .word").TextContent, none.Find(".status .word").TextContent));
        Assert.Equal("—", none.Find(".value").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void A_board_that_was_not_read_for_a_minute_goes_grey_with_a_word()
    {
        var tile = Tile(Boards.Score(Time.Now), readAt: Time.Now.AddSeconds(-61));
        Assert.Equal("true", tile.Find(".age").GetAttribute("data-stale"));
        Assert.Contains("stale", tile.Find(".age").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void Silence_in_business_hours_goes_grey_and_silence_at_night_does_not()
    {
        // Monday 14:00 in Paris, where the company is.
        Assert.Equal("true", Tile(Boards.Score(Time.Now.AddMinutes(-31))).Find(".age").GetAttribute("data-stale"));
        Assert.Equal("false", Tile(Boards.Score(Time.Now.AddMinutes(-29))).Find(".age").GetAttribute("data-stale"));
        // Monday 09:10 in Paris: since Friday evening only ten minutes were worked.
        Time.Now = new DateTimeOffset(2026, 9, 14, 7, 10, 0, TimeSpan.Zero);
        Assert.Equal("false", Tile(Boards.Score(Time.Now.AddHours(-63))).Find(".age").GetAttribute("data-stale"));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public void A_failed_read_keeps_the_figure_and_says_so()
    {
        var tile = Render<ScoreTile>(p => p.Add(t => t.Id, "csat").Add(t => t.Title, "CSAT").Add(t => t.Score, Boards.Score(Time.Now))
            .Add(t => t.Reading, Boards.Read(Boards.Of(Time.Now), failingSince: Time.Now)));
        Assert.Equal("4.21", tile.Find(".value").TextContent);
        Assert.Contains("last read failed", tile.Find(".age").TextContent);
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public void No_open_case_is_a_zero_and_an_overdue_one_is_named()
    {
        var reading = Boards.Read(Boards.Of(Time.Now));
        Assert.Equal("0", Render<CasesTile>(p => p.Add(t => t.Reading, reading).Add(t => t.Cases, Boards.Cases())).Find(".figure a").TextContent);
        var late = Render<CasesTile>(p => p.Add(t => t.Reading, reading).Add(t => t.Cases, Boards.Cases(128, 12)));
        Assert.Equal(("12 overdue", "/cases?overdue=true"), (late.Find(".late .word").TextContent, late.Find("a.late").GetAttribute("href")));
    }

    [Theory]
    [InlineData(222.0, "3:42", "good", "Within the limit of 5:00")]
    [InlineData(342.0, "5:42", "bad", "0:42 over the limit")]
    [InlineData(null, "—", "unknown", "No measurements")]
    public void A_measure_stands_against_its_limit(double? value, string said, string standing, string words)
    {
        var tile = Render<MeasureTile>(p => p.Add(t => t.Reading, Boards.Read(Boards.Of(Time.Now))).Add(t => t.Measure, Boards.Wait(value)));
        Assert.Equal((said, standing, words), (tile.Find(".figure span").TextContent, tile.Find(".status").GetAttribute("data-status"), tile.Find(".status .word").TextContent));
    }

    [Fact]
    public void A_row_shows_what_it_has_and_glows_when_it_moves_though_none_changes_its_place()
    {
        var board = Boards.Of(Time.Now, Boards.Row("north", 10, 3.92, Time.Now, standing: Standing.Bad, target: 4.1) with { MayOpen = true }, Boards.Row("south", 3, withheld: true, score: null), Boards.Row("west", 0, score: null));
        var table = Render<LiveTable>(p => p.Add(t => t.Board, board));
        Assert.Equal(["3.92", "0.10", "10", "4.10", "−0.18"], table.FindAll("[data-row=north] td.num").Take(5).Select(c => c.TextContent.Trim().Split('\n')[0].Trim()).Select(t => t.Replace("0.18 under target", "")));
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

    private IRenderedComponent<ScoreTile> Tile(LiveScore score, DateTimeOffset? readAt = null)
    {
        var board = Boards.Of(readAt ?? Time.Now);
        return Render<ScoreTile>(p => p.Add(t => t.Id, "csat").Add(t => t.Title, "CSAT").Add(t => t.Score, score).Add(t => t.Reading, Boards.Read(board)));
    }
}
