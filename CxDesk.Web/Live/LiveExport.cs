using System.Text;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>The live board as a file, with the figures of the page: the scores of the whole first, then the rows.</summary>
public static class LiveExport
{
    public const string Path = "/live/export.csv";

    private static readonly string[] Columns = ["Key", "Column.Name", "Measure", "Column.N", "Column.Score", "Low", "High", "Column.Target", "Column.Gap", "Withheld", "Column.Age"];

    public static string Address(LiveFilter filter) => QueryHelpers.AddQueryString(Path, QueryHelpers.ParseQuery(new Uri(new Uri("http://here"), LiveLink.Board(filter)).Query));

    public static async Task<IResult> Read(
        CurrentViewer current, LiveQuery query, LiveChoicesQuery choices, LiveWords words, IStringLocalizer<LiveText> text, IStringLocalizer<ShellText> shell, CancellationToken cancel,
        string? window = null, string? by = null, string? unit = null, string? product = null)
    {
        if (await current.Get() is not { Role: not Role.Wall } viewer) return TypedResults.Forbid();
        var (place, of) = (LiveLink.Said(unit), LiveLink.Said(product));
        var known = await choices.Read(viewer);
        var breakdowns = LiveBreakdowns.Of(viewer.Reach, known.Units.FirstOrDefault(u => u.Unit.Code == place)?.Unit.Kind, ofProduct: of is not null).ToList();
        if (LiveFilter.WindowOf(window ?? LiveFilter.Default.WindowCode) is not { } w || LiveFilter.ByOf(by ?? LiveFilter.Default.ByCode) is not { } b || !breakdowns.Contains(b)) return TypedResults.NotFound();
        var board = await query.Read(new LiveFilter(w, b) { Unit = place, Product = of }, viewer, cancel);
        return board.Missing is not null ? TypedResults.NotFound()
            : new CsvFacts { Of = [board.Place, words.Filter(board.Filter, known), words.Window(board.Window), text[$"Rows.{board.By}"].Value], N = board.Scores.Csat.N, At = board.AsOf }
                .File(shell, Text(board, words, text), FormattableString.Invariant($"live-{board.Window}-{board.By}-{board.AsOf.UtcDateTime:yyyy-MM-dd-HHmm}"));
    }

    public static string Text(LiveSnapshot board, LiveWords words, IStringLocalizer<LiveText> text)
    {
        var file = new StringBuilder(Csv.Line(Columns.Select(c => text[c.Contains('.', StringComparison.Ordinal) ? c : $"Export.{c}"].Value)));
        void Line(string key, string name, string measure, LiveScore s) =>
            file.Append(Csv.Line(key, name, measure, s.N, s.Score, s.Low, s.High, s.Target, s.Gap, s.Withheld, s.NewestAt));
        foreach (var metric in Enum.GetValues<Data.Rollups.Metric>()) Line("", board.Place, LiveLink.Code(metric), board.Scores.Of(metric));
        foreach (var row in board.Rows) Line(row.Key, words.Name(row), LiveLink.Code(Data.Rollups.Metric.Csat), row);
        return file.ToString();
    }
}
