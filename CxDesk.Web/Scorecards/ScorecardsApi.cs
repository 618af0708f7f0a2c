using System.Text.Json.Serialization;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>GET /scorecards: contract.md, API.</summary>
public static class ScorecardsApi
{
    public static void MapScorecardsApi(this IEndpointRouteBuilder api) => api.MapGet("/scorecards", Read)
        .RequireAuthorization("read")
        .WithSummary("Figures by region, team, agent, product, channel or segment")
        .WithDescription("""
            by: region (default), team, agent, product, channel, segment. parent: a unit code, default the company. agent, product, channel, segment: only what was answered about or through these.
            metric: csat (default), csat-top2, nps, ces, attribute:CODE, measure:CODE, retention. Shares are 0 to 1, durations seconds.
            from (inclusive) and to (exclusive) are days of the company's zone, yyyy-MM-dd; or period: 2026-W38, 2026-09, 2026-Q3, 2026 (quarters and years are fiscal); without any the last 30 days, today included.
            against: what change is held against: previous (default), lastyear, a period as above, or two days such as 2025-09-01/2025-10-01 (the second exclusive); it shares no day with the period.
            sort: attention (default), name, value, gap, n. compare: fair adds estimate, estimateLow, estimateHigh, bestPlace and worstPlace of those who can be ranked; plain the same of plain values.
            A withheld row keeps its n; its figures are null.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<IEnumerable<ScorecardItem>>, ProblemHttpResult>> Read(
        [AsParameters] ScorecardRequest request, CurrentViewer current, ScorecardQuery query, Db db, Company company, IStringLocalizer<ScorecardsText> text, CancellationToken cancel)
    {
        if (Pick<RollupBy>(request.By, RollupBy.Region) is not { } axis || axis == RollupBy.Company)
            return ApiProblem.Fault("by", text["Api.OneOf", "by", "region, team, agent, product, channel, segment"]);
        if (Pick(request.Sort, ScorecardSort.Attention) is not { } sort) return ApiProblem.Fault("sort", text["Api.OneOf", "sort", "attention, name, value, gap, n"]);
        if (Pick(request.Compare, ScorecardCompare.None) is not { } compare) return ApiProblem.Fault("compare", text["Api.OneOf", "compare", "none, fair, plain"]);
        var period = ScorecardPeriod.Parse(request.Period, request.From, request.To, company.DayOf(db.Now), company.FiscalStart, out var fault);
        if (fault is { } wrong) return ApiProblem.Fault(wrong.Field, text[$"Api.{wrong.Reason}", wrong.Field, ScorecardPeriod.Earliest, ScorecardPeriod.LongestDays]);
        var before = ScorecardBefore.Of(request.Against, period, company.FiscalStart, out var against);
        if (against is not null) return ApiProblem.Fault("against", text[$"Api.{against}", "against"]);
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);

        var (card, missing) = await db.Read(async s =>
        {
            if ((await IndicatorQuery.Read(s)).Find(Said(request.Metric) ?? Indicator.Csat.Code) is not { } indicator) return (null, "metric");
            var filter = new ScorecardFilter(axis, indicator, period.From, period.To)
            {
                BeforeFrom = before.From, BeforeTo = before.To, Parent = Said(request.Parent), Agent = Said(request.Agent), Product = Said(request.Product), Channel = Said(request.Channel), Segment = Said(request.Segment),
                Sort = sort, Compare = compare,
            };
            return (await query.Read(s, viewer, filter), (await ScorecardSubjects.Find(s, viewer, filter)).Missing ?? "parent");
        }, cancel);
        return card is not null ? TypedResults.Ok(ScorecardItem.Of(card))
            : missing == "metric" ? ApiProblem.Fault("metric", text["Api.OneOf", "metric", "csat, csat-top2, nps, ces, attribute:…, measure:…, retention"])
            : ApiProblem.Fault(missing, text[missing == "parent" ? "Api.NoParent" : "Api.NoSubject", missing]);
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>The value that a parameter names in lower case; null where it names none.</summary>
    public static T? Pick<T>(string? text, T otherwise) where T : struct, Enum =>
        string.IsNullOrEmpty(text) ? otherwise
        : Enum.GetValues<T>().Where(v => string.Equals(v.ToString().ToLowerInvariant(), text, StringComparison.Ordinal)).Select(v => (T?)v).FirstOrDefault();
}

/// <summary>What may be asked for; everything has a default.</summary>
internal sealed record ScorecardRequest(
    string? By, string? Parent, string? Agent, string? Product, string? Channel, string? Segment, string? Metric, string? Period, string? From, string? To, string? Against, string? Sort, string? Compare);

/// <summary>A row as the contract writes it; what a comparison adds is left out without one.</summary>
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

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? Estimate { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? EstimateLow { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public double? EstimateHigh { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? BestPlace { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? WorstPlace { get; init; }

    public static IEnumerable<ScorecardItem> Of(Scorecard card)
    {
        var ranks = card.Ranks.ToDictionary(r => r.Key, r => (Ranked<int>?)r);
        return card.Rows.Select(row => Of(row, ranks.GetValueOrDefault(row.KeyId)));
    }

    private static ScorecardItem Of(ScorecardRow row, Ranked<int>? rank) => new()
    {
        Key = row.Key, Name = row.Name, N = row.N, Score = row.Score, Low = row.Low, High = row.High, Target = row.Target,
        Gap = row.Gap, Change = row.Change, Verdict = Word(row.Verdict), Withheld = row.Withheld,
        Estimate = rank?.Estimate, EstimateLow = rank?.Low, EstimateHigh = rank?.High, BestPlace = rank?.BestRank, WorstPlace = rank?.WorstRank,
    };

    public static string Word(Verdict verdict) => verdict switch
    {
        Data.Rollups.Verdict.Better => "better",
        Data.Rollups.Verdict.Worse => "worse",
        Data.Rollups.Verdict.NoClearChange => "noClearChange",
        Data.Rollups.Verdict.TooFew => "tooFew",
    };
}
