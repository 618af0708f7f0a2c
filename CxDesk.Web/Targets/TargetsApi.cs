using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>GET /targets: what is aimed at, as the page shows it.</summary>
public static class TargetsApi
{
    public static void MapTargetsApi(this IEndpointRouteBuilder api) => api.MapGet("/targets", Read)
        .RequireAuthorization("read")
        .WithSummary("Targets of units, products, channels and segments, with the gap of the last 30 days")
        .WithDescription("""
            indicator: csat (default), csat-top2, nps, ces, attribute:CODE, measure:CODE, retention. target is the number in force today, counts the
            source that it is of; management, ownBaseline and industry are what the three sources say on the level that decides. gap = score − target,
            whichever way is better; standing says good, watch, bad, unknown. A withheld row keeps its n; its figures are null.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<IEnumerable<TargetItem>>, ProblemHttpResult>> Read(
        string? indicator, CurrentViewer current, TargetBoardQuery query, Db db, Company company, IStringLocalizer<TargetsText> text, CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        var board = await db.Read(async s => (await IndicatorQuery.Read(s)).Find(string.IsNullOrEmpty(indicator) ? Indicator.Csat.Code : indicator) is { } chosen
            ? await query.Read(s, viewer, chosen, company.DayOf(db.Now)) : null, cancel);
        if (board is not null) return TypedResults.Ok(board.Rows.Select(row => TargetItem.Of(board.Indicator, row)));
        var fault = text["Api.Indicator", "indicator"].Value;
        return ApiProblem.Fault("indicator", fault);
    }
}

/// <summary>A row of the table for programs and files. Figures are in the indicator's own unit; shares 0–1, durations in seconds.</summary>
public sealed record TargetItem
{
    /// <summary>company, region, team, product, channel or segment.</summary>
    public required string Level { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Indicator { get; init; }
    public required double? Target { get; init; }

    /// <summary>management, ownBaseline or industry; null where no target is in force.</summary>
    public required string? Counts { get; init; }

    /// <summary>Since when that number is set.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>It is that of a level above.</summary>
    public required bool Inherited { get; init; }
    public required double? Management { get; init; }
    public required double? OwnBaseline { get; init; }
    public required DateOnly? BaselineFrom { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly? BaselineTo { get; init; }
    public required long? BaselineN { get; init; }
    public required double? Industry { get; init; }

    /// <summary>Where the industry's figure comes from.</summary>
    public required string? Note { get; init; }
    public required long N { get; init; }
    public required double? Score { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? Gap { get; init; }

    /// <summary>good, watch, bad or unknown.</summary>
    public required string Standing { get; init; }
    public required bool Withheld { get; init; }

    public static TargetItem Of(Indicator indicator, TargetBoardRow row)
    {
        var (baseline, industry) = (row.Of(TargetSource.OwnBaseline), row.Of(TargetSource.Industry));
        return new TargetItem
        {
            Level = Word(row.By.ToString()), Key = row.Figures.Key, Name = row.Figures.Name, Indicator = indicator.Code,
            Target = row.InForce?.Target, Counts = row.InForce is { } counts ? Word(counts.Source.ToString()) : null, From = row.InForce?.FromDay, Inherited = row.IsInherited,
            Management = row.Of(TargetSource.Management)?.Target, OwnBaseline = baseline?.Target, BaselineFrom = baseline?.BaselineFrom, BaselineTo = baseline?.BaselineTo, BaselineN = baseline?.BaselineN,
            Industry = industry?.Target, Note = industry?.Note,
            N = row.Figures.N, Score = row.Figures.Score, Low = row.Figures.Low, High = row.Figures.High, Gap = row.Figures.Gap, Standing = Word(row.Figures.Standing.ToString()), Withheld = row.Figures.Withheld,
        };
    }

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
