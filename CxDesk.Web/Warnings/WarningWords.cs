using System.Globalization;
using CxDesk.Data.Rollups;
using CxDesk.Data.Warnings;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Warnings;

/// <summary>A queue in words, in the language of the moment.</summary>
public sealed class WarningWords(IStringLocalizer<WarningsText> text)
{
    public string Name(QueueWarning queue) => text["Queue.Name", queue.Team.IsNoTeam ? text["Queue.NoTeam"].Value : queue.Team.Name, queue.Region?.Name ?? ""];

    /// <summary>"average wait passed 5:00: expect 14 ± 4 low scores by 16:00", or that all is quiet, or why nothing is said.</summary>
    public string Sentence(QueueWarning queue, WarningBoard board, TimeZoneInfo zone)
    {
        if (queue.Refusal is { } refusal) return text[$"Refused.{refusal}", WarningQuery.LeastWeeks, WarningQuery.LeastLow];
        var expected = text["Queue.Expected", Count(queue.Forecast.Mean), Margin(queue.Forecast), Clock(board.Until, zone), Count(queue.Forecast.Usual)].Value;
        return queue.IsWarning ? text["Queue.Warning", Wait(board.Limit), expected] : queue.Now.Contacts == 0 ? text["Queue.Still", expected] : text["Queue.Quiet", expected];
    }

    /// <summary>Whence the wait comes from which is warned.</summary>
    public string Source(WarningBoard board) => text[$"Limit.{board.Source}"];

    /// <summary>"Of 12 warnings in the last 4 weeks 10 came true (83.3 %, 55.2 – 95.3); after 11 …. The 90 % interval held 91 % of 320 times".</summary>
    public string Record(WarningRecord record) => record.Coverage is not { } coverage ? text["Record.None"]
        : (record.Warnings == 0 ? text["Record.NoWarning", record.Weeks].Value : Warned(record))
            + " " + text["Record.Held", ScoreWords.Value(coverage, ScoreKind.Share), ScoreWords.Count(record.Forecasts)];

    private string Warned(WarningRecord record)
    {
        var rate = ScoreStatistics.Share(record.CameTrue, record.Warnings);
        return text["Record.Warnings", record.Warnings, record.Weeks, record.CameTrue, ScoreWords.Value(rate.Value!.Value, ScoreKind.Share), ScoreWords.Interval(rate.Low!.Value, rate.High!.Value, ScoreKind.Share), record.More];
    }

    public static string Wait(double seconds) => ScoreWords.Amount(seconds, MeasureUnit.Seconds);

    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Of a column, always to a tenth.</summary>
    public static string Amount(double low) => low.ToString("0.0", CultureInfo.CurrentCulture);

    public static string Count(double expected) => expected.ToString(expected < 10 ? "0.#" : "0", CultureInfo.CurrentCulture);

    /// <summary>Half of the interval, which need not lie even around what is expected.</summary>
    private static string Margin(Forecast forecast) => Count((forecast.High - forecast.Low) / 2.0);
}
