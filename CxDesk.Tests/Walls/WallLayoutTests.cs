using CxDesk.Data.Walls;

namespace CxDesk.Tests.Walls;

public sealed class WallLayoutTests
{
    [Theory]
    [InlineData(0, new[] { 3 })]
    [InlineData(3, new[] { 6 })]
    [InlineData(4, new[] { 4, 4 })]
    [InlineData(9, new[] { 5, 5, 4 })]
    public void Regions_are_spread_evenly_and_the_cases_stand_on_every_page(int regions, int[] tiles)
    {
        var wall = WallLayout.Of([.. Enumerable.Range(0, regions).Select(i => $"r{i}")], "wait");
        Assert.Equal(tiles, wall.Pages.Select(p => p.Tiles.Count));
        Assert.All(wall.Pages, page => Assert.Equal(WallTileKind.Cases, page.Tiles[^1].Kind));
        Assert.All(wall.Pages, page => Assert.NotNull(WallGrid.Of(page.Tiles)));
    }
}
