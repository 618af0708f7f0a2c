using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Tests.Live;

namespace CxDesk.Tests.Walls;

/// <summary>Tiles and walls for component tests, read at a given moment.</summary>
internal static class Figures
{
    public static ScoreFigure Score(LiveScore score, Standing standing = Standing.Good, FigureReason reason = FigureReason.OnTarget, string subject = "North", int width = 1) => new()
    {
        Key = "score:" + subject, Subject = subject, Window = "today", Spec = new() { Kind = WallTileKind.Score, Unit = "north", Width = width },
        Score = score, NewestAt = score.NewestAt, Silence = TimeSpan.FromMinutes(30), Standing = standing, Reason = reason,
    };

    public static CasesFigure Cases(LiveCases cases, Standing standing = Standing.Good, FigureReason reason = FigureReason.CasesInTime) => new()
    {
        Key = "cases", Subject = "", Window = "today", Spec = new() { Kind = WallTileKind.Cases }, Cases = cases, NewestAt = cases.NewestAt,
        Silence = null, Standing = standing, Reason = reason,
    };

    public static MeasureFigure Wait(double? value, Standing standing, FigureReason reason) => new()
    {
        Key = "measure", Subject = "", Window = "today", Spec = new() { Kind = WallTileKind.Measure, Measure = "wait" }, Measure = Boards.Wait(value),
        NewestAt = null, Silence = null, Standing = standing, Reason = reason,
    };

    public static WallSnapshot Wall(DateTimeOffset now, params IReadOnlyList<WallFigure>[] pages) => new()
    {
        Version = 1, AsOf = now, Wall = "main", WallVersion = 1, Name = "Main", Place = "Meridian", NewestAt = now,
        Pages = [.. pages.Select(tiles => new WallPageFigures { DwellSeconds = 15, Tiles = tiles })], Document = new WallDocument { Pages = [] },
    };
}
