using Bunit;
using CxDesk.Data.Walls;
using CxDesk.Tests.Live;
using CxDesk.Tests.Shell;
using CxDesk.Web.Feed;
using CxDesk.Web.Shell;
using CxDesk.Web.Walls;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Walls;

public sealed class WallScreenTests : ShellContext
{
    public WallScreenTests() => Services.AddSingleton<IndicatorWords>().AddSingleton<FigureWords>();

    [Fact]
    [Trait("Behaviour", "39")]
    public void Pages_turn_by_the_clock_each_after_its_own_time()
    {
        WallPageFigures[] pages = [new() { DwellSeconds = 10, Tiles = [] }, new() { DwellSeconds = 30, Tiles = [] }, new() { DwellSeconds = 20, Tiles = [] }];
        int At(long second) => WallScreen.PageAt(pages, DateTimeOffset.FromUnixTimeSeconds(6000 + second));
        Assert.Equal([0, 0, 1, 1, 2, 2, 0], ((long[])[0, 9, 10, 39, 40, 59, 60]).Select(At));
        Assert.Equal(0, WallScreen.PageAt([], Time.Now));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public void Tiles_stand_on_the_grid_and_a_wide_one_takes_its_places()
    {
        var score = Figures.Score(Boards.Score(Time.Now));
        var screen = Screen(Figures.Wall(Time.Now, [score with { Key = "a", Spec = score.Spec with { Width = 2 } }, score with { Key = "b" }, score with { Key = "c" }, score with { Key = "d" }, score with { Key = "e" }]));
        Assert.Equal(5, screen.FindAll(".tile").Count);
        Assert.Contains("grid-area: 1 / 1 / span 1 / span 2", screen.FindAll(".cell")[0].GetAttribute("style"));
        Assert.Contains("grid-area: 1 / 3 / span 1 / span 1", screen.FindAll(".cell")[1].GetAttribute("style"));
        Assert.Empty(screen.FindAll(".pages"));
        Assert.Equal(("Meridian", 1), (screen.Find(".place").TextContent, screen.FindAll(".clock").Count));
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public void Nothing_answered_a_wall_that_is_gone_and_one_that_cannot_be_read_are_three_screens()
    {
        Assert.Contains("No answers yet", Screen(Figures.Wall(Time.Now, []) with { NewestAt = null }).Markup);
        Assert.Contains("There is no such wall", Screen(WallSnapshot.Gone("lobby", 1, Time.Now)).Markup);
        var failing = Render<WallScreen>(p => p.Add(s => s.Reading, new Reading<WallSnapshot>(null, null, Time.Now, Time.Now, "The disk is gone.")));
        Assert.Contains("The wall could not be read", failing.Markup);
        Assert.DoesNotContain("The disk is gone.", failing.Markup);
    }

    [Fact]
    public void At_night_the_screen_is_as_bright_as_the_wall_says()
    {
        var wall = Figures.Wall(Time.Now, [Figures.Score(Boards.Score(Time.Now))]) with { IsNight = true, Document = new WallDocument { Pages = [], Night = new WallNight(null, 20) } };
        Assert.Equal(("", "--brightness: 0.2"), (Screen(wall).Find(".screen").GetAttribute("data-night"), Screen(wall).Find(".screen").GetAttribute("style")));
        Assert.Null(Screen(wall with { IsNight = false }).Find(".screen").GetAttribute("data-night"));
    }

    private IRenderedComponent<WallScreen> Screen(WallSnapshot wall) =>
        Render<WallScreen>(p => p.Add(s => s.Reading, new Reading<WallSnapshot>(wall, wall.AsOf, wall.AsOf, null, null)));
}
