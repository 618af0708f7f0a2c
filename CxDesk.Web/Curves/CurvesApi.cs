using CxDesk.Data;
using CxDesk.Data.Curves;
using CxDesk.Data.Database;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Curves;

/// <summary>GET /curves: how an outcome follows a measure.</summary>
public static class CurvesApi
{
    public static void MapCurvesApi(this IEndpointRouteBuilder api) => api.MapGet("/curves", Read)
        .RequireAuthorization("read")
        .WithSummary("How satisfaction follows an operational measure, and where it breaks")
        .WithDescription("""
            measure: the code of a measure, default wait. outcome: csat (default), csat-top2, nps, ces. unit, product, channel: codes, default all.
            from (inclusive) and to (exclusive) are days of the company's zone, yyyy-MM-dd, a year at most; without them the last 90 days, today included.
            limit: a limit to work out beside the usual ones, in the unit of the measure.
            kind is segmented, isotonic or level; refusal says why there is no curve: tooFew, measureIsConstant, tooFewValues, outcomeIsConstant.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<CurveItem>, ProblemHttpResult>> Read(
        string? measure, string? outcome, string? unit, string? product, string? channel, string? from, string? to, double? limit,
        CurrentViewer current, Db db, Company company, IStringLocalizer<CurvesText> text, CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        if (limit is { } tried && !double.IsFinite(tried)) return ApiProblem.Fault("limit", text["Limits.Fault"]);
        var link = new CurveLink
        {
            Measure = Said(measure), Outcome = Said(outcome) ?? new CurveLink().Outcome, Unit = Said(unit), Product = Said(product), Channel = Said(channel),
            Days = Said(from) is null && Said(to) is null ? CurveLink.DefaultDays : null, From = Said(from), To = Said(to), Limit = limit,
        };
        (string Field, string Reason)? fault = null;
        var item = await db.Read(async s =>
        {
            var filter = link.Filter(await CurveChoicesQuery.Read(s, viewer), company, company.DayOf(db.Now), out fault);
            return filter is null ? null : CurveItem.Of(await CurveQuery.Read(s, viewer, filter, link.Limit), filter);
        }, cancel);
        return item is not null ? TypedResults.Ok(item) : ApiProblem.Fault(fault!.Value.Field, text[$"Api.{fault.Value.Reason}", fault.Value.Field, CurveLink.LongestDays]);
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A curve as programs read it, in the units of measure and outcome.</summary>
public sealed record CurveItem
{
    public required string Measure { get; init; }
    public required string Outcome { get; init; }
    public required string Unit { get; init; }
    public required long N { get; init; }
    public required double? Mean { get; init; }
    public required double? LowShare { get; init; }
    public required string? Refusal { get; init; }
    public required string? Kind { get; init; }
    public required CurveBreak? Break { get; init; }
    public required CurveEvidence? Evidence { get; init; }
    public required double? AgreedLimit { get; init; }
    public required IReadOnlyList<CurveBinItem> Bins { get; init; }
    public required IReadOnlyList<CurveLimit> Limits { get; init; }

    public static CurveItem Of(CurveReading reading, CurveFilter filter)
    {
        var curve = reading.Curve;
        var isThere = curve.Refusal is null;
        return new CurveItem
        {
            Measure = CurveLink.Code(filter.Measure), Outcome = filter.Outcome.Code, Unit = filter.Place.Code,
            N = curve.N, Mean = isThere ? curve.Mean : null, LowShare = isThere ? curve.LowShare : null,
            Refusal = curve.Refusal is { } refusal ? Word(refusal) : null, Kind = isThere ? Word(curve.Kind) : null,
            Break = curve.Break, Evidence = isThere ? curve.Evidence : null, AgreedLimit = reading.Agreed,
            Bins = [.. curve.Bins.Select(b => CurveBinItem.Of(b, filter))], Limits = curve.Limits,
        };
    }

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

public sealed record CurveBinItem(double X, long N, double? Score, double? Low, double? High, double Fitted, double LowShare)
{
    public static CurveBinItem Of(CurveBin bin, CurveFilter filter)
    {
        var score = CurveScore.Of(filter.Outcome, bin.Sums);
        return new CurveBinItem(bin.X, bin.Sums.N, score.Value, score.Low, score.High, bin.Fitted, (double)bin.Sums.Low / bin.Sums.N);
    }
}
