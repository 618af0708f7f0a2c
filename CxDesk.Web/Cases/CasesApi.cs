using System.Globalization;
using System.Text.Json;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace CxDesk.Web.Cases;

/// <summary>The case desk for programs: contract.md, API.</summary>
public static class CasesApi
{
    private const int NoteLength = 10_000, ReasonLength = 1_000, CauseLength = 200;

    private static readonly (string Name, string Words)[] Queries =
    [
        ("status", "new, inProgress, waiting, resolved, closed; with commas"), ("severity", "critical, high, medium, low; with commas"),
        ("owner", "a user name, me, none"), ("unit", "a unit's code, with all below it"), ("product", "a product's code"), ("overdue", "true or false"),
        ("q", "words of reference, customer, comments and notes: all of them, each by its beginning; in Han script any neighbouring characters"), ("sort", "urgency (severity, deadline, value; default), due, newest"), ("cursor", "the nextCursor of the page before"), ("limit", "1 to 200, default 50"),
    ];

    public static void MapCasesApi(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").ProducesProblem(400).ProducesProblem(404);
        cases.MapGet("", List).RequireAuthorization("read").WithSummary("Cases by urgency, deadline or age, with counts under the same filters but status; those named in atLeast are not exact")
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Parameters = [.. Queries.Select(q => new OpenApiParameter
                {
                    Name = q.Name, In = ParameterLocation.Query, Description = q.Words,
                    Schema = new OpenApiSchema { Type = q.Name switch { "limit" => JsonSchemaType.Integer, "overdue" => JsonSchemaType.Boolean, _ => JsonSchemaType.String } },
                })];
                return Task.CompletedTask;
            });
        cases.MapGet("/{id}", Get).RequireAuthorization("read").WithSummary("One case with answers and timeline; the ETag is its version").Produces<CaseDocument>();
        cases.MapGet("/{id}/deadline", (CaseCall call, DeadlineQuery deadlines) => call.Read(deadlines.Read, DeadlineDocument.Of)).RequireAuthorization("read")
            .WithSummary("Why a case is due when it is: what was counted, paused and skipped, by which calendar and policy").Produces<DeadlineDocument>();
        var desk = cases.MapGroup("").RequireAuthorization("desk").WithMetadata(new ProducesResponseTypeMetadata(200, typeof(CaseDocument), ["application/json"])).ProducesProblem(409).ProducesProblem(412);
        desk.MapPatch("/{id}", Patch).WithSummary("Merge patch of severity, owner, product; needs If-Match").ProducesProblem(428)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.Parameters = [.. operation.Parameters ?? [], new OpenApiParameter
                {
                    Name = HeaderNames.IfMatch, In = ParameterLocation.Header, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Description = "The ETag of the case that was read.",
                }];
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/merge-patch+json"] = PatchBody, ["application/json"] = PatchBody },
                };
                return Task.CompletedTask;
            });
        desk.MapPost("/{id}/notes", (CaseCall call, NoteBody? body) =>
            call.Text("text", body?.Text, NoteLength) ?? call.Do(id => new NoteCase { CaseId = id, Text = body!.Text!.Trim() }));
        desk.MapPost("/{id}/claim", async (CaseCall call, OwnerBody? body) =>
            body?.Owner is null ? await call.Do(id => new ClaimCase { CaseId = id })
            : await call.Owner(body.Owner, (id, owner) => new ClaimCase { CaseId = id, OwnerId = owner }));
        desk.MapPost("/{id}/assign", (CaseCall call, OwnerBody? body) =>
            call.Text("owner", body?.Owner, 200) ?? call.Owner(body!.Owner!, (id, owner) => new AssignCase { CaseId = id, OwnerId = owner }));
        desk.MapPost("/{id}/wait", Wait);
        desk.MapPost("/{id}/resume", (CaseCall call) => call.Do(id => new ResumeCase { CaseId = id }));
        desk.MapPost("/{id}/resolve", Resolve);
        desk.MapPost("/{id}/reopen", (CaseCall call, ReasonBody? body) =>
            call.Text("reason", body?.Reason, ReasonLength) ?? call.Do(id => new ReopenCase { CaseId = id, Reason = body!.Reason!.Trim() }));
        desk.MapPost("/{id}/close", (CaseCall call) => call.Do(id => new CloseCase { CaseId = id }));
        desk.MapPost("/{id}/watch", (CaseCall call, PersonBody? body) =>
            call.Text("person", body?.Person, 200) ?? call.Owner(body!.Person!, (id, person) => new WatchCase { CaseId = id, PersonId = person }, "person"));
        desk.MapPost("/{id}/unwatch", (CaseCall call, PersonBody? body) =>
            call.Text("person", body?.Person, 200) ?? call.Owner(body!.Person!, (id, person) => new UnwatchCase { CaseId = id, PersonId = person }, "person"));
        desk.MapPost("/{id}/links", (CaseCall call, LinkBody? body) => CaseParameters.Word<CaseLinkKind>(body?.Kind) is { } kind
            ? call.Other(body!.Case, (id, other) => new LinkCase { CaseId = id, OtherId = other, Kind = kind })
            : Task.FromResult<IResult>(call.Fault("kind", "OneOf", CaseParameters.Words<CaseLinkKind>()))).WithSummary("Says what another case is to this one");
        desk.MapDelete("/{id}/links/{other}", (CaseCall call, string other) => call.Other(other, (id, otherId) => new UnlinkCase { CaseId = id, OtherId = otherId }));
    }

    private static OpenApiMediaType PatchBody => new()
    {
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["severity"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["owner"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                ["product"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        },
    };

    private sealed record NoteBody(string? Text);

    private sealed record OwnerBody(string? Owner);

    /// <param name="Until">A time with Z or an offset.</param>
    private sealed record WaitBody(string? Reason, string? Until);

    private sealed record ReasonBody(string? Reason);

    private sealed record PersonBody(string? Person);

    /// <param name="Kind">What the other case is to this one.</param>
    private sealed record LinkBody(string? Case, string? Kind);

    private sealed record ResolveBody(string? RootCause, string? ContactOutcome, string? Note);

    private static async Task<Results<Ok<CaseList>, ProblemHttpResult>> List(HttpRequest request, CurrentViewer current, CaseBoardQuery board, CancellationToken cancel)
    {
        if (CaseParameters.Parse(name => request.Query[name], out var fault) is not { } parameters) return CaseCall.Fault(request.HttpContext, fault!);
        var limit = 50;
        if (request.Query["limit"] is [{ Length: > 0 } asked] && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 200))
            return CaseCall.Fault(request.HttpContext, new("limit", "Limit"));
        CaseCursor? after = null;
        if (request.Query["cursor"] is [{ Length: > 0 } cursor] && (after = CaseCursor.Parse(cursor, parameters.Sort)) is null)
            return CaseCall.Fault(request.HttpContext, new("cursor", "Cursor"));
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        try
        {
            var page = await board.Read(viewer, parameters.Filter, parameters.Sort, limit, after, cancel);
            return TypedResults.Ok(new CaseList(page.Rows.Select(row => new CaseItem(row, page.AsOf)), page.Next?.ToString(), page.Counts, page.Counts.AtLeast));
        }
        catch (UnknownFilterException e)
        {
            return CaseCall.Fault(request.HttpContext, new(e.Parameter, "Unknown", e.Code));
        }
    }

    private static Task<IResult> Get(CaseCall call) => call.Answer();

    private static Task<IResult> Wait(CaseCall call, WaitBody? body, TimeProvider time)
    {
        if (call.Text("reason", body?.Reason, ReasonLength) is { } noReason) return noReason;
        DateTimeOffset? until = null;
        if (!string.IsNullOrWhiteSpace(body!.Until))
        {
            until = CaseParameters.Instant(body.Until.Trim());
            if (until is null || until <= time.GetUtcNow()) return Task.FromResult<IResult>(call.Fault("until", "Until"));
        }
        return call.Do(id => new WaitCase { CaseId = id, Reason = body.Reason!.Trim(), Until = until });
    }

    private static Task<IResult> Resolve(CaseCall call, ResolveBody? body)
    {
        if (call.Text("rootCause", body?.RootCause, CauseLength) is { } noCause) return noCause;
        if (CaseParameters.Word<ContactOutcome>(body!.ContactOutcome) is not { } outcome)
            return Task.FromResult<IResult>(call.Fault("contactOutcome", "OneOf", CaseParameters.Words<ContactOutcome>()));
        var note = string.IsNullOrWhiteSpace(body.Note) ? null : body.Note.Trim();
        if (note is not null && call.Text("note", note, NoteLength) is { } badNote) return badNote;
        return call.Do(id => new ResolveCase { CaseId = id, RootCause = body.RootCause!.Trim(), ContactOutcome = outcome, Note = note });
    }

    private static async Task<IResult> Patch(CaseCall call, JsonElement? body)
    {
        if (string.IsNullOrWhiteSpace(call.Request.Headers[HeaderNames.IfMatch]))
            return TypedResults.Problem(statusCode: StatusCodes.Status428PreconditionRequired, detail: call.Texts["Api.IfMatchNeeded"]);
        if (body is not { ValueKind: JsonValueKind.Object } patch) return call.Fault("$", "PatchBody");
        CaseSeverity? severity = null;
        OwnerChange? owner = null;
        int? product = null;
        foreach (var (name, value) in Fields(patch))
        {
            var text = value as string;
            switch (name)
            {
                case "severity" when CaseParameters.Word<CaseSeverity>(text) is { } word: severity = word; break;
                case "severity": return call.Fault(name, "OneOf", CaseParameters.Words<CaseSeverity>());
                case "owner" when value is null: owner = new OwnerChange(null); break;
                case "owner" when text is not null && await call.Cases.FindPerson(text) is { } person: owner = new OwnerChange(person); break;
                case "owner": return call.Fault(name, "PatchOwner");
                case "product" when text is not null && await call.Cases.FindProduct(text) is { } found: product = found; break;
                case "product": return call.Fault(name, "PatchProduct");
                default: return call.Fault(name, "PatchField");
            }
        }
        return await call.Do(id => new EditCase { CaseId = id, Severity = severity, Owner = owner, ProductId = product });
    }

    // Text, null, or whatever else it is. Half of a surrogate pair, in a name or a value, is no text.
    private static IEnumerable<(string Name, object? Value)> Fields(JsonElement patch)
    {
        foreach (var field in patch.EnumerateObject())
            yield return (TextOr(() => field.Name) ?? "$", field.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => TextOr(() => field.Value.GetString()!) ?? (object)field,
                _ => field,
            });

        static string? TextOr(Func<string> read)
        {
            try
            {
                return read();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }
}
