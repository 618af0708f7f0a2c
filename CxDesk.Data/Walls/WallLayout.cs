namespace CxDesk.Data.Walls;

/// <summary>
/// The wall that nobody made: the company's satisfaction, that of each region, and the measure that is watched, spread
/// evenly over pages. The cases stand on every page: they are what may need somebody.
/// </summary>
public static class WallLayout
{
    /// <param name="regions">Codes, in the order in which they are shown.</param>
    /// <param name="measure">Code of the measure that is watched; null where none is.</param>
    public static WallDocument Of(IReadOnlyList<string> regions, string? measure)
    {
        List<WallTileSpec> tiles = [new() { Kind = WallTileKind.Score }, .. regions.Select(region => new WallTileSpec { Kind = WallTileKind.Score, Unit = region })];
        if (measure is not null) tiles.Add(new() { Kind = WallTileKind.Measure, Measure = measure });
        const int others = WallCheck.MostTiles - 1;
        var pages = (tiles.Count + others - 1) / others;
        var size = (tiles.Count + pages - 1) / pages;
        var cases = new WallTileSpec { Kind = WallTileKind.Cases };
        return new WallDocument { Pages = [.. tiles.Chunk(size).Select(page => new WallPage { Tiles = [.. page, cases] })] };
    }
}
