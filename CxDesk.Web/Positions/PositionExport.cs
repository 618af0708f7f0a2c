using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Positions;

/// <summary>The table of the page as a file, for the same address and with the same figures.</summary>
public static class PositionExport
{
    private static readonly string[] Columns = ["Key", "Name", "X", "XLow", "XHigh", "XN", "XWithheld", "Y", "YLow", "YHigh", "YN", "YWithheld", "Value"];

    public static async Task<IResult> Read(
        HttpContext context, CurrentViewer current, PositionQuery query, Db db, Company company, PositionWords words, IStringLocalizer<PositionsText> text, IStringLocalizer<ShellText> shell, CancellationToken cancel)
    {
        var link = PositionLink.Parse(context.Request.GetEncodedUrl());
        if (await current.Get() is not { } viewer || viewer.Role is Role.Agent or Role.Wall) return TypedResults.Forbid();
        var map = await db.Read(async s => await query.Read(s, viewer, link.Filter(await IndicatorQuery.Read(s), company.DayOf(db.Now))), cancel);
        if (map is null) return TypedResults.NotFound();
        var facts = new CsvFacts
        {
            Of = [text[$"By.{link.By}"].Value, map.Place.Name, words.Axis(map.Filter.X), words.Axis(map.Filter.Y)], From = map.Filter.From, To = map.Filter.To, At = db.Now,
            // Who answered the one need not have answered the other.
            More = [[text["Export.XN"].Value, map.X.Score.N], [text["Export.YN"].Value, map.Y.Score.N]],
        };
        return facts.File(shell, Text(map, words, text), FormattableString.Invariant($"positions-{link.By}-{map.Filter.From:yyyy-MM-dd}-{map.Filter.To:yyyy-MM-dd}"));
    }

    /// <summary>A head and a line for each row, then the path of the picked one.</summary>
    public static string Text(PositionMap map, PositionWords words, IStringLocalizer<PositionsText> text)
    {
        var file = new StringBuilder(Csv.Line(Columns.Select(c => text[$"Export.{c}"].Value)));
        foreach (var row in map.Rows) file.Append(Csv.Line([row.Key, words.Name(row), .. Cells(row.X), .. Cells(row.Y), row.Value]));
        foreach (var step in map.Path) file.Append(Csv.Line([step.From, map.Picked!.Name, .. Cells(step.X), .. Cells(step.Y), null]));
        return file.ToString();
    }

    private static object?[] Cells(PositionFigure figure) => [figure.Score.Value, figure.Score.Low, figure.Score.High, figure.Score.N, figure.Withheld];
}
