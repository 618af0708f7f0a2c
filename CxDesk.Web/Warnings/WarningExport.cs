using System.Text;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Warnings;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Warnings;

/// <summary>The queues as a file, with the figures of the page and how often they came true.</summary>
public static class WarningExport
{
    public const string Path = WarningsSetup.Path + "/export.csv";

    private static readonly string[] Columns = ["Key", "Name", "At", "Until", "Wait", "Contacts", "Expected", "Low", "High", "Usual", "Warning", "Refusal", "Weeks", "Warnings", "CameTrue", "Forecasts", "Held"];

    public static async Task<IResult> Read(CurrentViewer current, Db db, Company company, WarningWords words, IStringLocalizer<WarningsText> text, CancellationToken cancel)
    {
        if (await current.Get() is not { Role: Role.Supervisor or Role.Manager or Role.Executive or Role.Admin } viewer) return TypedResults.Forbid();
        var board = await db.Read(s => WarningQuery.Read(s, viewer, company), cancel);
        return TypedResults.File(Encoding.UTF8.GetBytes(Text(board, words, text)), "text/csv; charset=utf-8", FormattableString.Invariant($"warnings-{board.At.UtcDateTime:yyyy-MM-dd-HHmm}.csv"));
    }

    public static string Text(WarningBoard board, WarningWords words, IStringLocalizer<WarningsText> text)
    {
        var file = new StringBuilder(Csv.Mark).Append(Csv.Line(Columns.Select(c => text[$"Export.{c}"].Value)));
        foreach (var queue in board.Queues)
        {
            var known = queue.Refusal is null;
            file.Append(Csv.Line(
                queue.Team.Code, words.Name(queue), board.At, board.Until, queue.Now.Wait, (long)queue.Now.Contacts,
                known ? queue.Forecast.Mean : null, known ? queue.Forecast.Low : null, known ? queue.Forecast.High : null, known ? queue.Forecast.Usual : null,
                queue.IsWarning, queue.Refusal?.ToString(), queue.Record.Weeks, queue.Record.Warnings, queue.Record.CameTrue, queue.Record.Forecasts, queue.Record.Held));
        }
        return file.ToString();
    }
}
