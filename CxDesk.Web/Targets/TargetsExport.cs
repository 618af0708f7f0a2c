using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>The page's table as a file, with the same figures.</summary>
public static class TargetsExport
{
    private static readonly string[] Columns =
        ["Level", "Key", "Name", "Indicator", "Target", "Counts", "From", "Inherited", "Management", "OwnBaseline", "BaselineFrom", "BaselineTo", "BaselineN", "Industry", "Note", "N", "Score", "Low", "High", "Gap", "Standing", "Withheld"];

    public static string Address(Indicator indicator) => $"/targets/export.csv?indicator={Uri.EscapeDataString(indicator.Code)}";

    public static async Task<IResult> Read(string? indicator, CurrentViewer current, TargetBoardQuery query, Db db, Company company, CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Forbid();
        var today = company.DayOf(db.Now);
        var board = await db.Read(async s => (await IndicatorQuery.Read(s)).Find(indicator ?? Indicator.Csat.Code) is { } chosen ? await query.Read(s, viewer, chosen, today) : null, cancel);
        return board is null ? TypedResults.NotFound()
            : TypedResults.File(Encoding.UTF8.GetBytes(Text(board)), "text/csv; charset=utf-8", FormattableString.Invariant($"targets-{board.Indicator.Code.Replace(':', '-')}-{today:yyyy-MM-dd}.csv"));
    }

    /// <summary>The file's text: a head as the API calls the fields, and a line for each row in the page's order.</summary>
    public static string Text(TargetBoard board)
    {
        var file = new StringBuilder(Csv.Mark).Append(Csv.Line(Columns.Select(c => char.ToLowerInvariant(c[0]) + c[1..])));
        foreach (var item in board.Rows.Select(row => TargetItem.Of(board.Indicator, row)))
            file.Append(Csv.Line(item.Level, item.Key, item.Name, item.Indicator, item.Target, item.Counts, Day(item.From), item.Inherited, item.Management, item.OwnBaseline,
                Day(item.BaselineFrom), Day(item.BaselineTo), item.BaselineN, item.Industry, item.Note, item.N, item.Score, item.Low, item.High, item.Gap, item.Standing, item.Withheld));
        return file.ToString();
    }

    private static string? Day(DateOnly? day) => day is { } on ? Time.Text(on) : null;
}
