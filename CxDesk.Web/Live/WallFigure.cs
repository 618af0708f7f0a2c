using CxDesk.Data.Live;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>What one tile of a wall shows: a score, the cases, or a measure.</summary>
public sealed record WallFigure(string Id, string Name)
{
    public LiveScore? Score { get; private init; }
    public LiveCases? Cases { get; private init; }
    public LiveMeasure? Measure { get; private init; }

    /// <summary>The whole first, then its parts, the measure that is watched, and the cases.</summary>
    public static IReadOnlyList<WallFigure> Of(LiveSnapshot board, IStringLocalizer<LiveText> text)
    {
        List<WallFigure> figures = [new("csat", text["Score.Csat"]) { Score = board.Scores.Csat }];
        figures.AddRange(board.Rows.Select(row => new WallFigure("row:" + row.Key, row.Name) { Score = row }));
        if (board.Measures.FirstOrDefault(m => m.N > 0) is { } measure) figures.Add(new("measure", measure.Name) { Measure = measure });
        figures.Add(new("cases", text["Tile.Cases"]) { Cases = board.Cases });
        return figures;
    }
}
