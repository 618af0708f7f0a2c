using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>The page's tables as files, with the same figures.</summary>
public static class TargetsExport
{
    private static readonly string[] Columns =
        ["Level", "Key", "Name", "Indicator", "Target", "Counts", "From", "Inherited", "Management", "OwnBaseline", "BaselineFrom", "BaselineTo", "BaselineN", "Industry", "Note", "N", "Score", "Low", "High", "Gap", "Standing", "Withheld"];

    /// <param name="what">The table; or <c>gaps</c>, the gaps day by day; <c>history</c>, the targets as they were set; <c>usual</c>, the usual ranges.</param>
    public static string Address(Indicator indicator, string what = "export") => $"/targets/{what}.csv?indicator={Uri.EscapeDataString(indicator.Code)}";

    public static async Task<IResult> Read(
        string what, string? indicator, CurrentViewer current, TargetBoardQuery query, Db db, Company company, IndicatorWords indicators, IStringLocalizer<TargetsText> text, IStringLocalizer<ShellText> words,
        CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Forbid();
        var today = company.DayOf(db.Now);
        var board = await db.Read(async s => (await IndicatorQuery.Read(s)).Find(indicator ?? Indicator.Csat.Code) is { } chosen ? await query.Read(s, viewer, chosen, today) : null, cancel);
        if (board is null) return TypedResults.NotFound();
        var ofDays = what is "export" or "gaps";
        var first = board.Rows.Count > 0 ? board.Rows[0].Figures : null;
        var facts = new CsvFacts
        {
            Of = [text[what switch { "gaps" => "Export.Gaps", "history" => "History.Title", "usual" => "Usual.Title", _ => "Page.Title" }].Value, first?.Name, indicators.Name(board.Indicator), indicators.Unit(board.Indicator)],
            From = ofDays ? today.AddDays(1 - TargetBoardQuery.UsualDays) : null, To = ofDays ? today.AddDays(1) : null, N = ofDays ? first?.N : null, At = db.Now,
        };
        return facts.File(words, what switch
        {
            "gaps" => Gaps(board, today, text),
            "history" => History(board, text),
            "usual" => Usual(board, text),
            _ => Text(board),
        }, FormattableString.Invariant($"targets-{(what == "export" ? "" : what + "-")}{board.Indicator.Code}-{today:yyyy-MM-dd}"));
    }

    /// <summary>The gap of each row and day; a day without one, or one that is withheld, has no line.</summary>
    public static string Gaps(TargetBoard board, DateOnly today, IStringLocalizer<TargetsText> text)
    {
        var file = new StringBuilder(Head(text, "Key", "Name", "Day", "Gap"));
        foreach (var row in board.Rows)
            for (var i = 0; i < row.Gaps.Count; i++)
                if (row.Gaps[i] is { } gap) file.Append(Csv.Line(row.Figures.Key, row.Figures.Name, today.AddDays(1 - row.Gaps.Count + i), gap));
        return file.ToString();
    }

    /// <summary>Every target as it was set, of what the viewer sees, the latest first day first.</summary>
    public static string History(TargetBoard board, IStringLocalizer<TargetsText> text)
    {
        var rows = board.Rows.ToDictionary(r => r.Subject, r => r.Figures);
        var file = new StringBuilder(Head(text, "Key", "Name", "FirstDay", "Target", "Ended", "Source", "SetAt", "SetBy", "BaselineFrom", "BaselineLast", "BaselineN", "Note"));
        foreach (var target in board.Targets)
            if (rows.TryGetValue(target.Subject, out var row))
                file.Append(Csv.Line(row.Key, row.Name, target.FromDay, target.IsEnd ? null : target.Target, target.IsEnd, text[$"Source.{target.Source}"].Value, target.CreatedAt, target.CreatedBy,
                    target.BaselineFrom, target.BaselineTo?.AddDays(-1), target.BaselineN, target.Note));
        return file.ToString();
    }

    /// <summary>The frozen limits of the charts of days.</summary>
    public static string Usual(TargetBoard board, IStringLocalizer<TargetsText> text)
    {
        var file = new StringBuilder(Head(text, "Key", "Name", "Lower", "Centre", "Upper", "FirstDay", "LastDay", "Days", "FrozenAt", "FrozenBy"));
        foreach (var row in board.Rows)
            if (row.Usual is { } usual)
                file.Append(Csv.Line(row.Figures.Key, row.Figures.Name, Math.Max(board.Indicator.Lowest, usual.Baseline.Lower), usual.Centre, Math.Min(board.Indicator.Highest, usual.Baseline.Upper),
                    usual.FromDay, usual.ToDay.AddDays(-1), usual.Days, usual.FrozenAt, usual.FrozenBy));
        return file.ToString();
    }

    private static string Head(IStringLocalizer<TargetsText> text, params IEnumerable<string> columns) => Csv.Line(columns.Select(c => text[$"Export.{c}"].Value));

    /// <summary>The file's text: a head as the API calls the fields, and a line for each row in the page's order.</summary>
    public static string Text(TargetBoard board)
    {
        var file = new StringBuilder(Csv.Line(Columns.Select(c => char.ToLowerInvariant(c[0]) + c[1..])));
        foreach (var item in board.Rows.Select(row => TargetItem.Of(board.Indicator, row)))
            file.Append(Csv.Line(item.Level, item.Key, item.Name, item.Indicator, item.Target, item.Counts, Day(item.From), item.Inherited, item.Management, item.OwnBaseline,
                Day(item.BaselineFrom), Day(item.BaselineTo), item.BaselineN, item.Industry, item.Note, item.N, item.Score, item.Low, item.High, item.Gap, item.Standing, item.Withheld));
        return file.ToString();
    }

    private static string? Day(DateOnly? day) => day is { } on ? Time.Text(on) : null;
}
