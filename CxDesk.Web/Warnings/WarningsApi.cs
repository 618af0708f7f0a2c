using CxDesk.Data.Warnings;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxDesk.Web.Warnings;

/// <summary>GET /warnings: what the waits of each queue let expect.</summary>
public static class WarningsApi
{
    public static void MapWarningsApi(this IEndpointRouteBuilder api) => api.MapGet("/warnings", Read)
        .RequireAuthorization("read")
        .WithSummary("Low scores to expect of the waits of each queue, with how often that came true")
        .WithDescription("""
            A queue is a team. wait is the average of the hour that ends at "at", now to five minutes, in seconds, null where nobody waited; expected, low (5 %)
            and high (95 %) are low scores until "until", byHour is when, usual is what that time of the week brings.
            limit is the average wait from which is warned, limitSource whence: break (of the curve of CSAT against the wait), agreed, usual.
            prices are the low scores that a hundred contacts bring after a wait of so many seconds; delay the shares of them that come in the hour of the wait, the next, and so on.
            refusal says why nothing is expected: tooFewWeeks, waitIsNotAnswered, tooFewLow.
            weeks were held out: neither what a wait does nor the limit was found in them. warnings were given in them; after more of these more low scores
            came than usual, and after cameTrue no fewer and no more than the interval had said; of so many forecasts the interval held so many.
            """);

    private static async Task<Results<Ok<IEnumerable<WarningItem>>, ProblemHttpResult>> Read(CurrentViewer current, WarningFeed feed, CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        var board = await feed.Read(viewer, cancel);
        return TypedResults.Ok(board.Queues.Select(queue => WarningItem.Of(board, queue)));
    }
}

/// <summary>One queue, as programs read it.</summary>
public sealed record WarningItem
{
    public required string Queue { get; init; }
    public required string Name { get; init; }
    public required string? Region { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>Seconds.</summary>
    public required double? Wait { get; init; }

    /// <summary>The average wait from which is warned, seconds.</summary>
    public required double Limit { get; init; }
    public required LimitSource LimitSource { get; init; }
    public required double Contacts { get; init; }
    public required double? Expected { get; init; }
    public required int? Low { get; init; }
    public required int? High { get; init; }
    public required IReadOnlyList<double> ByHour { get; init; }
    public required double? Usual { get; init; }
    public required IReadOnlyList<WaitPrice> Prices { get; init; }
    public required IReadOnlyList<double> Delay { get; init; }
    public required bool Warning { get; init; }
    public required WarningRefusal? Refusal { get; init; }
    public required WarningRecord Record { get; init; }

    public static WarningItem Of(WarningBoard board, QueueWarning queue)
    {
        var known = queue.Refusal is null;
        return new WarningItem
        {
            Queue = queue.Team.Code, Name = queue.Team.Name, Region = queue.Region?.Code, At = board.At, Until = board.Until,
            Wait = queue.Now.Wait, Limit = board.Limit, LimitSource = board.Source, Contacts = queue.Now.Contacts,
            Expected = known ? queue.Forecast.Mean : null, Low = known ? queue.Forecast.Low : null, High = known ? queue.Forecast.High : null, Usual = known ? queue.Forecast.Usual : null,
            ByHour = queue.Forecast.ByHour, Prices = queue.Prices, Delay = queue.Delay,
            Warning = queue.IsWarning, Refusal = queue.Refusal, Record = queue.Record,
        };
    }
}
