using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Web.People;

namespace CxDesk.Web.Ingest;

/// <summary>Answers and measurements by HTTP.</summary>
public static class IngestApi
{
    public static void MapIngestApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/responses", PostResponses).RequireAuthorization("ingest")
            .WithSummary("Stores answers: one object or an array of up to 1,000.")
            .TakesResponses().Produces<ResponsesTaken>().ProducesProblem(400).ProducesProblem(413);
        api.MapPost("/measurements", PostMeasurements).RequireAuthorization("ingest")
            .WithSummary("Stores measurements: one object or an array of up to 1,000.")
            .TakesMeasurements().Produces<MeasurementsTaken>().ProducesProblem(400).ProducesProblem(413);
    }

    private static async Task<IResult> PostResponses(HttpRequest request, IntakeBody body, Db db, IngestWriter writer, FaultWords words, CurrentViewer current)
    {
        if (await current.Get() is not { } viewer) return Results.Unauthorized();
        using var document = await body.Read(request);
        var rules = await IntakeRules.Read(db, request.HttpContext.RequestAborted);
        var batch = new IntakeBatch<IncomingResponse>();
        foreach (var item in IntakeBody.Items(document)) batch.Add(new JsonFields(item), rules, ItemReader.Response);
        var result = await writer.WriteResponses(viewer, batch, cancel: request.HttpContext.RequestAborted);
        return Results.Ok(new ResponsesTaken(result.Accepted, result.Duplicates, words.Of(result.Rejected), [.. result.CasesOpened.Select(id => $"C-{id}")]));
    }

    private static async Task<IResult> PostMeasurements(HttpRequest request, IntakeBody body, Db db, IngestWriter writer, FaultWords words, CurrentViewer current)
    {
        if (await current.Get() is not { } viewer) return Results.Unauthorized();
        using var document = await body.Read(request);
        var rules = await IntakeRules.Read(db, request.HttpContext.RequestAborted);
        var batch = new IntakeBatch<IncomingMeasurement>();
        foreach (var item in IntakeBody.Items(document)) batch.Add(new JsonFields(item), rules, ItemReader.Measurement);
        var result = await writer.WriteMeasurements(viewer, batch, cancel: request.HttpContext.RequestAborted);
        return Results.Ok(new MeasurementsTaken(result.Accepted, result.Duplicates, words.Of(result.Rejected)));
    }
}

/// <param name="CasesOpened">References of the cases that low answers opened; what joined an open case opened none.</param>
public sealed record ResponsesTaken(int Accepted, int Duplicates, IReadOnlyList<RejectedEntry> Rejected, IReadOnlyList<string> CasesOpened);

public sealed record MeasurementsTaken(int Accepted, int Duplicates, IReadOnlyList<RejectedEntry> Rejected);

/// <param name="Index">The item's position in what was sent, from 0.</param>
/// <param name="ExternalId">Null where it could not be read.</param>
public sealed record RejectedEntry(int Index, string? ExternalId, IReadOnlyList<FieldError> Errors);

/// <param name="Field">A path, as in <c>scores.csat</c>; <c>$</c> is the item itself.</param>
public sealed record FieldError(string Field, string Message);
