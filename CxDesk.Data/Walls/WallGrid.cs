namespace CxDesk.Data.Walls;

/// <summary>
/// Where the tiles of a page stand: three columns and two rows, each tile at the first place that takes it. Four plain
/// tiles stand two by two, and what is left over goes to the tile on its left, so that a screen has no hole.
/// </summary>
/// <param name="Cells">One for each tile, in their order.</param>
public sealed record WallGrid(int Columns, int Rows, IReadOnlyList<WallCell> Cells)
{
    public const int MostColumns = 3, MostRows = 2;

    /// <summary>Null where the tiles do not fit.</summary>
    public static WallGrid? Of(IReadOnlyList<WallTileSpec> tiles)
    {
        var columns = tiles.Count is 2 or 4 && tiles.All(t => t is { Width: 1, Height: 1 }) ? 2 : MostColumns;
        var taken = new bool[MostRows, columns];
        var cells = new List<WallCell>(tiles.Count);
        foreach (var tile in tiles)
        {
            if (First(taken, tile) is not { } cell) return null;
            Take(taken, cell);
            cells.Add(cell);
        }
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            while (cell.Column + cell.Width - 1 < columns && IsFree(taken, cell.Row, cell.Column + cell.Width, cell.Height, 1)) cell = cell with { Width = cell.Width + 1 };
            Take(taken, cell);
            cells[i] = cell;
        }
        return new WallGrid(columns, cells.Count == 0 ? 1 : cells.Max(c => c.Row + c.Height - 1), cells);
    }

    private static WallCell? First(bool[,] taken, WallTileSpec tile)
    {
        for (var row = 1; row <= taken.GetLength(0); row++)
            for (var column = 1; column <= taken.GetLength(1); column++)
                if (IsFree(taken, row, column, tile.Height, tile.Width)) return new WallCell(column, row, tile.Width, tile.Height);
        return null;
    }

    private static bool IsFree(bool[,] taken, int row, int column, int height, int width)
    {
        if (row + height - 1 > taken.GetLength(0) || column + width - 1 > taken.GetLength(1)) return false;
        for (var r = row; r < row + height; r++)
            for (var c = column; c < column + width; c++)
                if (taken[r - 1, c - 1]) return false;
        return true;
    }

    private static void Take(bool[,] taken, WallCell cell)
    {
        for (var r = cell.Row; r < cell.Row + cell.Height; r++)
            for (var c = cell.Column; c < cell.Column + cell.Width; c++) taken[r - 1, c - 1] = true;
    }
}

/// <summary>Column and row count from 1, as a CSS grid counts.</summary>
public readonly record struct WallCell(int Column, int Row, int Width, int Height);
