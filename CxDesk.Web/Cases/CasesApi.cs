using System.Globalization;
using System.Text.Json;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CxDesk.Web.Cases;

/// <summary>The case desk for programs: contract.md, API.</summary>
public static class CasesApi
{
    private const int NoteLength = 10_000, ReasonLength = 1_000, CauseLength = 200;

    public static void MapCasesApi(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").ProducesProblem(400).ProducesProblem(404);
        cases.MapGet("", List).RequireAuthorization("read").WithSummary("Cases by urgency, deadline or age, with counts under the same filters but status");
        cases.MapGet("/{id}", Get).RequireAuthorization("read").WithSummary("One case with answers and timeline; the ETag is its version");
        var desk = cases.MapGroup("").RequireAuthorization("desk").ProducesProblem(409).ProducesProblem(412);
        desk.MapPatch("/{id}", Patch).WithSummary("Merge patch of severity, owner, product; needs If-Match").ProducesProblem(428);
        desk.MapPost("/{id}/notes", (CaseCall call, NoteBody body) =>
            call.Text("text", body.Text, NoteLength) ?? call.Do(id => new NoteCase { CaseId = id, Text = body.Text!.Trim() }));
        desk.MapPost("/{id}/claim", async (CaseCall call, OwnerBody? body) =>
            body?.Owner is null ? await call.Do(id => new ClaimCase { CaseId = id })
            : await call.Owner(body.Owner, (id, owner) => new ClaimCase { CaseId = id, OwnerId = owner }));
        desk.MapPost("/{id}/assign", (CaseCall call, OwnerBody body) =>
            call.Text("owner", body.Owner, 200) ?? call.Owner(body.Owner!, (id, owner) => new AssignCase { CaseId = id, OwnerId = owner }));
        desk.MapPost("/{id}/wait", (CaseCall call, WaitBody body) =>
            call.Text("reason", body.Reason, ReasonLength) ?? call.Do(id => new WaitCase { CaseId = id, Reason = body.Reason!.Trim(), Until = body.Until?.ToUniversalTime() }));
        desk.MapPost("/{id}/resume", (CaseCall call) => call.Do(id => new ResumeCase { CaseId = id }));
        desk.MapPost("/{id}/resolve", Resolve);
        desk.MapPost("/{id}/reopen", (CaseCall call, ReasonBody body) =>
            call.Text("reason", body.Reason, ReasonLength) ?? call.Do(id => new ReopenCase { CaseId = id, Reason = body.Reason!.Trim() }));
        desk.MapPost("/{id}/close", (CaseCall call) => call.Do(id => new CloseCase { CaseId = id }));
    }

    private sealed record NoteBody(string? Text);

    private sealed record OwnerBody(string? Owner);

    private sealed record WaitBody(string? Reason, DateTimeOffset? Until);

    private sealed record ReasonBody(string? Reason);

    private sealed record ResolveBody(string? RootCause, string? ContactOutcome, string? Note);

    private static async Task<Results<Ok<CaseList>, ProblemHttpResult>> List(HttpRequest request, CurrentViewer current, CaseBoardQuery board, CancellationToken cancel)
    {
        if (CaseParameters.Parse(name => request.Query[name], out var fault) is not { } parameters) return CaseCall.Fault(fault!);
        var limit = 50;
        if (request.Query["limit"] is [{ Length: > 0 } asked] && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 200))
            return CaseCall.Fault(new("limit", "'limit' is a number from 1 to 200."));
        CaseCursor? after = null;
        if (request.Query["cursor"] is [{ Length: > 0 } cursor] && (after = CaseCursor.Parse(cursor, parameters.Sort)) is null)
            return CaseCall.Fault(new("cursor", "'cursor' is the nextCursor of a list in the same order."));
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        try
        {
            var page = await board.Read(viewer, parameters.Filter, parameters.Sort, limit, after, cancel);
            return TypedResults.Ok(new CaseList(page.Rows.Select(row => CaseItem.Of(row, page.AsOf)), page.Next?.ToString(), page.Counts));
        }
        catch (UnknownFilterException e)
        {
            return CaseCall.Fault(new(e.Parameter, e.Message));
        }
    }

    private static Task<IResult> Get(CaseCall call) => call.Answer();

    private static Task<IResult> Resolve(CaseCall call, ResolveBody body)
    {
        if (call.Text("rootCause", body.RootCause, CauseLength) is { } noCause) return noCause;
        if (CaseParameters.Word<ContactOutcome>(body.ContactOutcome) is not { } outcome)
            return Task.FromResult<IResult>(CaseCall.Fault(new("contactOutcome", "'contactOutcome' is one of reached, threeAttempts, noContact.")));
        if (body.Note is { Length: > NoteLength }) return call.Text("note", body.Note, NoteLength)!;
        return call.Do(id => new ResolveCase
        {
            CaseId = id,
            RootCause = body.RootCause!.Trim(),
            ContactOutcome = outcome,
            Note = string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim(),
        });
    }

    private static async Task<IResult> Patch(CaseCall call, JsonElement body)
    {
        if (call.Request.Headers[HeaderNames.IfMatch].Count == 0)
            return TypedResults.Problem(statusCode: StatusCodes.Status428PreconditionRequired, detail: "Send If-Match with the ETag of the case that you read.");
        if (body.ValueKind != JsonValueKind.Object) return CaseCall.Fault(new("", "The body is an object with severity, owner or product."));
        CaseSeverity? severity = null;
        OwnerChange? owner = null;
        int? product = null;
        foreach (var field in body.EnumerateObject())
        {
            var text = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : null;
            switch (field.Name)
            {
                case "severity" when CaseParameters.Word<CaseSeverity>(text) is { } word: severity = word; break;
                case "severity": return CaseCall.Fault(new("severity", "'severity' is one of critical, high, medium, low."));
                case "owner" when field.Value.ValueKind == JsonValueKind.Null: owner = new OwnerChange(null); break;
                case "owner" when text is not null && await call.Cases.FindPerson(text) is { } person: owner = new OwnerChange(person); break;
                case "owner": return CaseCall.Fault(new("owner", "'owner' is the user name of an active person, or null."));
                case "product" when text is not null && await call.Cases.FindProduct(text) is { } found: product = found; break;
                case "product": return CaseCall.Fault(new("product", "'product' is the code of a product."));
                default: return CaseCall.Fault(new(field.Name, $"'{field.Name}' cannot be patched: only severity, owner and product."));
            }
        }
        return await call.Do(id => new EditCase { CaseId = id, Severity = severity, Owner = owner, ProductId = product });
    }
}
