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
        var until = TimeZoneInfo.ConvertTime(board.Until, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        var expected = text["Queue.Expected", Count(queue.Forecast.Mean), Margin(queue.Forecast), until, Count(queue.Forecast.Usual)].Value;
        return queue.IsWarning ? text["Queue.Warning", Wait(board.Limit), expected] : queue.Now.Contacts == 0 ? text["Queue.Still", expected] : text["Queue.Quiet", expected];
    }

    /// <summary>"of 12 warnings in the last 4 weeks 10 came true; the 90 % interval held 91 % of 320 times".</summary>
    public string Record(WarningRecord record) => record.Coverage is not { } coverage ? text["Record.None"]
        : (record.Warnings == 0 ? text["Record.NoWarning", record.Weeks].Value : text["Record.Warnings", record.Warnings, record.Weeks, record.CameTrue].Value)
            + " " + text["Record.Held", ScoreWords.Value(coverage, ScoreKind.Share), ScoreWords.Count(record.Forecasts)];

    public static string Wait(double seconds) => ScoreWords.Amount(seconds, MeasureUnit.Seconds);

    public static string Count(double expected) => expected.ToString(expected < 10 ? "0.#" : "0", CultureInfo.CurrentCulture);

    /// <summary>Half of the interval, which need not lie even around what is expected.</summary>
    private static string Margin(Forecast forecast) => Count((forecast.High - forecast.Low) / 2.0);
}
