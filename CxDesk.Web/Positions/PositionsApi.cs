using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Web.People;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Positions;

/// <summary>GET /positions: two indicators of products, regions, teams or segments.</summary>
public static class PositionsApi
{
    public static void MapPositionsApi(this IEndpointRouteBuilder api) => api.MapGet("/positions", Read)
        .RequireAuthorization("read")
        .WithSummary("Products, regions, teams or customer segments by two indicators")
        .WithDescription("""
            by: product (default), region, team, segment. x, y: codes of indicators (csat, csat-top2, nps, ces, attribute:…, measure:…, retention), csat and nps unless said.
            parent: a unit code. from (inclusive) and to (exclusive) are days of the company's zone, yyyy-MM-dd; without them the last 90 days.
            A withheld figure keeps its n. value: what the customers who answered were worth together.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<IEnumerable<PositionItem>>, ProblemHttpResult>> Read(
        string? by, string? x, string? y, string? parent, string? from, string? to,
        CurrentViewer current, PositionQuery query, Db db, Company company, IStringLocalizer<PositionsText> text, IStringLocalizer<ScorecardsText> periods, CancellationToken cancel)
    {
        if (ScorecardsApi.Pick(by, PositionBy.Product) is not { } what) return ApiProblem.Fault("by", text["Api.By", "product, region, team, segment"]);
        var today = company.DayOf(db.Now);
        var period = ScorecardPeriod.Parse(from, to, today, out var fault);
        if (fault is { } wrong) return ApiProblem.Fault(wrong.Field, periods[$"Api.{wrong.Reason}", wrong.Field, ScorecardPeriod.Earliest, ScorecardPeriod.LongestDays]);
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to)) period = ScorecardPeriod.Ending(today, PositionLink.DefaultDays);
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        var book = await db.Read(IndicatorQuery.Read, cancel);
        if (book.Find(string.IsNullOrEmpty(x) ? Indicator.Csat.Code : x) is not { } across) return ApiProblem.Fault("x", text["Api.Unknown", x!]);
        if (book.Find(string.IsNullOrEmpty(y) ? Indicator.Nps.Code : y) is not { } up) return ApiProblem.Fault("y", text["Api.Unknown", y!]);

        var filter = new PositionFilter(PositionLink.RollupBy(what), across, up, period.From, period.To) { Parent = string.IsNullOrEmpty(parent) ? null : parent };
        return await db.Read(s => query.Read(s, viewer, filter), cancel) is { } map
            ? TypedResults.Ok(map.Rows.Select(PositionItem.Of))
            : ApiProblem.Fault("parent", text["Api.Unknown", parent!]);
    }
}

/// <summary>One position, as programs read it.</summary>
public sealed record PositionItem
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required PositionFigureItem X { get; init; }
    public required PositionFigureItem Y { get; init; }
    public required decimal? Value { get; init; }

    public static PositionItem Of(PositionRow row) => new() { Key = row.Key, Name = row.Name, X = PositionFigureItem.Of(row.X), Y = PositionFigureItem.Of(row.Y), Value = row.Value };
}

public sealed record PositionFigureItem
{
    public required long N { get; init; }
    public required double? Value { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required bool Withheld { get; init; }

    public static PositionFigureItem Of(PositionFigure figure) =>
        new() { N = figure.Score.N, Value = figure.Score.Value, Low = figure.Score.Low, High = figure.Score.High, Withheld = figure.Withheld };
}
