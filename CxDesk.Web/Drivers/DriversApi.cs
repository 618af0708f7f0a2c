using System.Text.Json;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Drivers;
using CxDesk.Web.People;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Drivers;

/// <summary>GET /drivers: relative weights of attribute ratings.</summary>
public static class DriversApi
{
    public static void MapDriversApi(this IEndpointRouteBuilder api) => api.MapGet("/drivers", Read)
        .RequireAuthorization("read")
        .WithSummary("How strongly each rated attribute goes with satisfaction, recommendation or repurchase")
        .WithDescription("""
            outcome: csat (default), nps, repurchase. from (inclusive) and to (exclusive) are days of the company's zone, yyyy-MM-dd; without them the last 90 days.
            unit, product, channel, segment: codes. attributes: codes with commas, without it those that are rated often enough.
            Weights (Johnson 2000) are shares of the outcome's variance and add up to rSquared; shares add up to one; intervals are 95 %.
            Where the data cannot carry it, refusal says why and drivers is empty. It may take some seconds; who goes away stops it.
            """)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<DriversItem>, ProblemHttpResult>> Read(
        string? outcome, string? from, string? to, string? unit, string? product, string? channel, string? segment, string? attributes,
        CurrentViewer current, DriverRuns runs, Db db, Company company, IStringLocalizer<DriversText> text, IStringLocalizer<ScorecardsText> periods, CancellationToken cancel)
    {
        if (ScorecardsApi.Pick(outcome, DriverOutcome.Csat) is not { } asked) return ApiProblem.Fault("outcome", text["Api.Outcome", "csat, nps, repurchase"]);
        var today = company.DayOf(db.Now);
        var period = ScorecardPeriod.Parse(from, to, today, out var fault);
        if (fault is { } wrong) return ApiProblem.Fault(wrong.Field, periods[$"Api.{wrong.Reason}", wrong.Field, ScorecardPeriod.Earliest, ScorecardPeriod.LongestDays]);
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to)) period = ScorecardPeriod.Ending(today, DriverLink.DefaultDays);
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        var choices = await db.Read(s => DriverQuery.Choices(s, viewer), cancel);
        if (Said(unit) is { } unitCode && choices.Units.All(u => u.Code != unitCode)) return ApiProblem.Fault("unit", text["Api.Unknown", unitCode]);
        if (Said(product) is { } productCode && choices.Products.All(p => p.Code != productCode)) return ApiProblem.Fault("product", text["Api.Unknown", productCode]);
        if (Said(channel) is { } channelCode && choices.Channels.All(c => c.Code != channelCode)) return ApiProblem.Fault("channel", text["Api.Unknown", channelCode]);
        if (Said(segment) is { } segmentCode && choices.Segments.All(g => g.Code != segmentCode)) return ApiProblem.Fault("segment", text["Api.Unknown", segmentCode]);
        if (Said(attributes)?.Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(code => choices.Attributes.All(a => a.Code != code)) is { } attribute)
            return ApiProblem.Fault("attributes", text["Api.Unknown", attribute]);

        var filter = new DriverFilter(asked, period.From, period.To) { Unit = Said(unit), Product = Said(product), Channel = Said(channel), Segment = Said(segment), Attributes = Said(attributes) };
        return await runs.Get(viewer, filter, cancel: cancel) is { } report ? TypedResults.Ok(DriversItem.Of(report)) : ApiProblem.Fault("unit", text["Api.Unknown", unit ?? ""]);
    }

    private static string? Said(string? code) => string.IsNullOrWhiteSpace(code) ? null : code.Trim();
}

/// <summary>What was found, as programs read it.</summary>
public sealed record DriversItem
{
    public required string Outcome { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>Answers with the outcome and a rating of every attribute taken in.</summary>
    public required int N { get; init; }

    /// <summary>Answers with the outcome and any rating.</summary>
    public required int Rated { get; init; }

    /// <summary>The fewest answers that it takes.</summary>
    public required int Minimum { get; init; }
    public required Estimate? RSquared { get; init; }
    public required int Draws { get; init; }

    /// <summary>noAnswers, tooFewAttributes, tooFewAnswers, outcomeDoesNotVary, attributeDoesNotVary or collinear; null where weights are given.</summary>
    public required string? Refusal { get; init; }

    /// <summary>The attributes that the refusal is about.</summary>
    public required IReadOnlyList<string> About { get; init; }
    public required IReadOnlyList<string> LeftOut { get; init; }
    public required IReadOnlyList<DriverItem> Drivers { get; init; }

    public static DriversItem Of(DriverReport report) => new()
    {
        Outcome = Word(report.Filter.Outcome), From = report.FirstDay, To = report.Filter.To, FoundAt = report.FoundAt,
        N = report.Findings.N, Rated = report.Findings.Rated, Minimum = report.Findings.Minimum, Draws = report.Findings.Draws,
        RSquared = report.Findings.Refusal is null ? report.Findings.RSquared : null,
        Refusal = report.Findings.Refusal is { } refusal ? Word(refusal) : null,
        About = [.. report.Findings.About.Select(a => a.Code)], LeftOut = [.. report.Findings.LeftOut.Select(l => l.Attribute.Code)],
        Drivers = [.. report.Findings.Drivers.Select(d => new DriverItem
        {
            Attribute = d.Attribute.Code, Name = d.Attribute.Name, Weight = d.Weight, Share = d.Share, Certain = d.IsCertain,
            Correlation = d.Correlation, Rating = d.Performance, Quadrant = Word(d.Quadrant),
        })],
    };

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>One attribute.</summary>
public sealed record DriverItem
{
    public required string Attribute { get; init; }
    public required string Name { get; init; }
    public required Estimate Weight { get; init; }
    public required Estimate Share { get; init; }

    /// <summary>More than a variable made by chance would get.</summary>
    public required bool Certain { get; init; }
    public required double Correlation { get; init; }
    public required Estimate Rating { get; init; }

    /// <summary>fixFirst, keepUp, overServed or watch.</summary>
    public required string Quadrant { get; init; }
}
