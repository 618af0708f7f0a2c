using System.Text;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Warnings;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Warnings;

/// <summary>The page's tables as files: the queues and how often what is said of them came true; how the waits of each become low scores.</summary>
public static class WarningExport
{
    public const string Path = WarningsSetup.Path + "/export.csv", StoryPath = WarningsSetup.Path + "/story.csv";

    private static readonly string[] Columns = ["Key", "Name", "Wait", "Contacts", "Expected", "Low", "High", "Usual", "Warning", "Refusal", "Weeks", "Warnings", "CameTrue", "More", "Forecasts", "Held"];

    public static async Task<IResult> Read(HttpContext context, CurrentViewer current, WarningFeed feed, Db db, WarningWords words, IStringLocalizer<WarningsText> text, IStringLocalizer<ShellText> shell, CancellationToken cancel)
    {
        if (await current.Get() is not { Role: Role.Supervisor or Role.Manager or Role.Executive or Role.Admin } viewer) return TypedResults.Forbid();
        var board = await feed.Read(viewer, cancel);
        var facts = new CsvFacts
        {
            Of = [text["Page.Title"].Value], N = board.Queues.Sum(q => (long)q.Now.Contacts), At = db.Now,
            More = [[text["Export.At"].Value, board.At], [text["Export.Until"].Value, board.Until], [text["Export.Limit"].Value, board.Limit, words.Source(board)], [words.Record(board.Record)]],
        };
        var isStory = context.Request.Path == StoryPath;
        return facts.File(shell, isStory ? Story(board, words, text) : Text(board, words, text), FormattableString.Invariant($"warnings{(isStory ? "-waits" : "")}-{board.At.UtcDateTime:yyyy-MM-dd-HHmm}"));
    }

    /// <summary>The amounts of the charts of every queue that something is said of: where is seconds of a wait, hours after it, or the end of an hour.</summary>
    public static string Story(WarningBoard board, WarningWords words, IStringLocalizer<WarningsText> text)
    {
        var file = new StringBuilder(Csv.Line(((string[])["Key", "Name", "Chart", "Where", "Amount"]).Select(c => text[$"Export.{c}"].Value)));
        foreach (var queue in board.Queues.Where(q => q.Refusal is null))
        {
            void Line(string chart, object where, double amount) => file.Append(Csv.Line(queue.Team.Code, words.Name(queue), text[$"Story.{chart}"].Value, where, amount));
            foreach (var price in queue.Prices) Line("Prices", price.Seconds, price.Low);
            foreach (var (hour, share) in queue.Delay.Index()) Line("Delay", hour, share);
            foreach (var (hour, mean) in queue.Forecast.ByHour.Index()) Line("ByHour", board.At.AddHours(hour + 1), mean);
        }
        return file.ToString();
    }

    public static string Text(WarningBoard board, WarningWords words, IStringLocalizer<WarningsText> text)
    {
        var file = new StringBuilder(Csv.Line(Columns.Select(c => text[$"Export.{c}"].Value)));
        foreach (var queue in board.Queues)
        {
            var known = queue.Refusal is null;
            file.Append(Csv.Line(
                queue.Team.Code, words.Name(queue), queue.Now.Wait, (long)queue.Now.Contacts,
                known ? queue.Forecast.Mean : null, known ? queue.Forecast.Low : null, known ? queue.Forecast.High : null, known ? queue.Forecast.Usual : null,
                queue.IsWarning, queue.Refusal?.ToString(), queue.Record.Weeks, queue.Record.Warnings, queue.Record.CameTrue, queue.Record.More, queue.Record.Forecasts, queue.Record.Held));
        }
        return file.ToString();
    }
}
