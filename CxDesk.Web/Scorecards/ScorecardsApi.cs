using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>GET /scorecards: contract.md, API.</summary>
public static class ScorecardsApi
{
    public static void MapScorecardsApi(this IEndpointRouteBuilder api) => api.MapGet("/scorecards", Read)
        .RequireAuthorization("read")
        .WithSummary("Scores by region, team, agent, product, channel or segment")
        .WithDescription("""
            by: region (default), team, agent, product, channel, segment. parent: a unit code, default the company. metric: csat (default), nps, ces.
            from (inclusive) and to (exclusive) are days of the company's zone, yyyy-MM-dd; without them the last 30 days, today included.
            Rows come in the order in which they need attention. A withheld row keeps its n; its figures are null.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<IEnumerable<ScorecardItem>>, ProblemHttpResult>> Read(
        string? by, string? parent, string? metric, string? from, string? to, CurrentViewer current, ScorecardQuery query, Db db, Company company,
        IStringLocalizer<ScorecardsText> text, CancellationToken cancel)
    {
        if (Pick<RollupBy>(by, RollupBy.Region) is not { } axis || axis == RollupBy.Company)
            return Fault("by", text["Api.OneOf", "by", "region, team, agent, product, channel, segment"]);
        if (Pick<Metric>(metric, Metric.Csat) is not { } scored)
            return Fault("metric", text["Api.OneOf", "metric", "csat, nps, ces"]);
        var period = ScorecardPeriod.Parse(from, to, company.DayOf(db.Now), out var fault);
        if (fault is { } wrong) return Fault(wrong.Field, text[$"Api.{wrong.Reason}", wrong.Field, ScorecardPeriod.Earliest, ScorecardPeriod.LongestDays]);
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);

        var filter = new ScorecardFilter(axis, scored, period.From, period.To) { Parent = string.IsNullOrEmpty(parent) ? null : parent };
        return await db.Read(s => query.Read(s, viewer, filter), cancel) is { } card
            ? TypedResults.Ok(card.Rows.Select(ScorecardItem.Of))
            : Fault("parent", text["Api.NoParent", "parent"]);
    }

    /// <summary>The value that a parameter names in lower case; null where it names none.</summary>
    public static T? Pick<T>(string? text, T otherwise) where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? otherwise
        : Enum.GetValues<T>().Where(v => string.Equals(v.ToString().ToLowerInvariant(), text, StringComparison.Ordinal)).Select(v => (T?)v).FirstOrDefault();

    private static ProblemHttpResult Fault(string field, string message) => TypedResults.Problem(
        detail: message, statusCode: StatusCodes.Status400BadRequest,
        extensions: [new("errors", new Dictionary<string, string[]> { [field] = [message] })]);
}

/// <summary>A row as the contract writes it.</summary>
public sealed record ScorecardItem
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required long N { get; init; }
    public required double? Score { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? Target { get; init; }
    public required double? Gap { get; init; }
    public required double? Change { get; init; }

    /// <summary>better, worse, noClearChange or tooFew.</summary>
    public required string Verdict { get; init; }
    public required bool Withheld { get; init; }

    public static ScorecardItem Of(ScorecardRow row) => new()
    {
        Key = row.Key, Name = row.Name, N = row.N, Score = row.Score, Low = row.Low, High = row.High, Target = row.Target,
        Gap = row.Gap, Change = row.Change, Verdict = Word(row.Verdict), Withheld = row.Withheld,
    };

    public static string Word(Verdict verdict) => verdict switch
    {
        Data.Rollups.Verdict.Better => "better",
        Data.Rollups.Verdict.Worse => "worse",
        Data.Rollups.Verdict.NoClearChange => "noClearChange",
        Data.Rollups.Verdict.TooFew => "tooFew",
    };
}
