using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>What a desk does to more than one case: the next one to take, the same to many, and the causes to choose from.</summary>
public static class CaseDeskApi
{
    private const int NoteLength = 10_000, MostAtOnce = 200;

    public static void MapCaseDeskApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/root-causes", Causes).RequireAuthorization("read").WithSummary("The tree of causes; those in use may be named when a case is resolved");
        var desk = api.MapGroup("/cases").RequireAuthorization("desk").ProducesProblem(400);
        desk.MapPost("/claim-next", Next).WithSummary("Claims the most urgent open case that nobody has; 204 where there is none").Produces<CaseDocument>().Produces(204);
        desk.MapPost("/bulk", Many).WithSummary("Assigns many cases, notes the same on them, or both, with a result for each").Produces<BulkAnswer>();
    }

    private sealed record NextBody(string? Owner);

    /// <param name="Ids">References.</param>
    /// <param name="Assign">A user name.</param>
    private sealed record BulkBody(string?[]? Ids, string? Assign, string? Note);

    private sealed record BulkAnswer(int Done, IEnumerable<BulkItem> Results);

    /// <param name="Error">Null: it was done.</param>
    private sealed record BulkItem(string Id, bool Done, int? Version, string? Reason, string? Error);

    private sealed record Cause(string Code, string? Name, string? Parent, bool Retired, IReadOnlyList<string> Path);

    private static async Task<Ok<IEnumerable<Cause>>> Causes(RootCauseQuery causes, CaseWords words, CancellationToken cancel)
    {
        var tree = await causes.Read(cancel);
        return TypedResults.Ok(tree.All.Select(row => new Cause(
            row.Code, words.RootCause(row), row.ParentId is { } parent ? tree.Find(parent)!.Code : null, !tree.IsInUse(row), [.. tree.PathOf(row).Select(words.RootCause)])));
    }

    private static async Task<IResult> Next(CaseCall call, NextBody? body, CurrentViewer current, CaseClaimer claimer, CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        int? ownerId = viewer.PersonId;
        if (body?.Owner is { } named && (ownerId = await call.Cases.FindPerson(named, cancel)) is null) return call.Fault("owner", "Unknown", named);
        if (ownerId is null) return call.Fault("owner", "Missing");
        if (await claimer.Next(viewer, ownerId, cancel) is not { } id) return TypedResults.NoContent();
        return await call.Cases.Read(viewer, id, cancel) is { } file ? TypedResults.Ok(new CaseDocument(file)) : TypedResults.NoContent();
    }

    private static async Task<IResult> Many(
        CaseCall call, BulkBody? body, CurrentViewer current, CaseBulkWriter bulk, CaseWords words, IStringLocalizer<CasesText> text, CancellationToken cancel)
    {
        if (body?.Ids is not { Length: > 0 } references) return call.Fault("ids", "Missing");
        if (references.Length > MostAtOnce) return call.Fault("ids", "TooMany", MostAtOnce);
        var ids = new List<long>();
        for (var i = 0; i < references.Length; i++)
            if (CaseReference.TryParse(references[i], out var id)) ids.Add(id);
            else return call.Fault($"ids[{i}]", "Reference");
        // The note first: who gives a case away may not see it any more.
        var commands = new List<Func<long, CaseCommand>>();
        if (body.Note is { } note)
        {
            if (call.Text("note", note, NoteLength) is { } badNote) return await badNote;
            commands.Add(id => new NoteCase { CaseId = id, Text = note.Trim() });
        }
        if (body.Assign is { } named)
        {
            if (await call.Cases.FindPerson(named, cancel) is not { } owner) return call.Fault("assign", "Unknown", named);
            commands.Add(id => new AssignCase { CaseId = id, OwnerId = owner });
        }
        if (commands.Count == 0) return call.Fault("assign", "Missing");
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        var results = await bulk.Do(viewer, ids, commands, cancel);
        return TypedResults.Ok(new BulkAnswer(results.Count(r => r.IsDone), results.Select(r => new BulkItem(
            CaseReference.Of(r.CaseId), r.IsDone, (r.Result as CaseResult.Done)?.Version,
            r.Result switch { CaseResult.Refused refused => CaseEventLog.Stored(refused.Why), CaseResult.Done => null, _ => "notFound" },
            r.IsDone ? null : r.Result is CaseResult.Refused why ? words.Refusal(why) : text["Api.NoCase"]))));
    }
}
