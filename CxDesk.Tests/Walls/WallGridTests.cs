using CxDesk.Data.Walls;

namespace CxDesk.Tests.Walls;

public sealed class WallGridTests
{
    [Theory]
    [InlineData("1x1 1x1 1x1 1x1", "1,1,1,1 2,1,1,1 1,2,1,1 2,2,1,1", 2)]
    [InlineData("1x1 1x1 1x1 1x1 1x1", "1,1,1,1 2,1,1,1 3,1,1,1 1,2,1,1 2,2,2,1", 3)]
    [InlineData("1x1 1x1 1x1 1x1 1x1 1x1", "1,1,1,1 2,1,1,1 3,1,1,1 1,2,1,1 2,2,1,1 3,2,1,1", 3)]
    [InlineData("2x1 2x1 1x1 1x1", "1,1,2,1 1,2,2,1 3,1,1,1 3,2,1,1", 3)]
    [InlineData("1x2 1x1 1x1 1x1", "1,1,1,2 2,1,1,1 3,1,1,1 2,2,2,1", 3)]
    [InlineData("3x1 1x1 1x1 1x1", "1,1,3,1 1,2,1,1 2,2,1,1 3,2,1,1", 3)]
    public void Tiles_stand_at_the_first_free_place_and_leave_no_hole(string tiles, string cells, int columns)
    {
        var grid = WallGrid.Of(Tiles(tiles))!;
        Assert.Equal(columns, grid.Columns);
        Assert.Equal(cells, string.Join(' ', grid.Cells.Select(c => $"{c.Column},{c.Row},{c.Width},{c.Height}")));
        Assert.Equal(columns * grid.Rows, grid.Cells.Sum(c => c.Width * c.Height));
    }

    [Theory]
    [InlineData("2x2 2x1 1x1 1x1")]
    [InlineData("1x1 2x1 1x2 1x1")]
    [InlineData("4x1 1x1 1x1 1x1")]
    public void Tiles_that_do_not_fit_have_no_grid(string tiles) => Assert.Null(WallGrid.Of(Tiles(tiles)));

    private static List<WallTileSpec> Tiles(string sizes) => [.. sizes.Split(' ').Select(size => new WallTileSpec
    {
        Kind = WallTileKind.Score, Width = size[0] - '0', Height = size[2] - '0',
    })];
}
