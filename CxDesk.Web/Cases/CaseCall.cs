using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace CxDesk.Web.Cases;

/// <summary>One request about one case: who asks, which version they saw, and how a result becomes an answer.</summary>
public sealed class CaseCall(HttpContext context, CurrentViewer current, CaseWriter writer, CaseQuery cases, IStringLocalizer<CasesText> words)
{
    public HttpRequest Request => context.Request;
    public CaseQuery Cases => cases;
    public IStringLocalizer<CasesText> Texts => words;

    public static ValueTask<CaseCall> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return ValueTask.FromResult(new CaseCall(context, services.GetRequiredService<CurrentViewer>(),
            services.GetRequiredService<CaseWriter>(), services.GetRequiredService<CaseQuery>(), services.GetRequiredService<IStringLocalizer<CasesText>>()));
    }

    public static ProblemHttpResult Fault(HttpContext context, ParameterFault fault) =>
        ApiProblem.Fault(fault.Name, context.RequestServices.GetRequiredService<IStringLocalizer<CasesText>>()[$"Api.{fault.Reason}", [fault.Name, .. fault.Arguments]]);

    public ProblemHttpResult Fault(string name, string reason, params object[] arguments) => Fault(context, new ParameterFault(name, reason, arguments));

    /// <returns>Null when the text is there, not too long, and such as a database keeps.</returns>
    public Task<IResult>? Text(string name, string? text, int most) =>
        string.IsNullOrWhiteSpace(text) ? Task.FromResult<IResult>(Fault(name, "Missing"))
        : text.Length > most ? Task.FromResult<IResult>(Fault(name, "TooLong", most))
        : text.Contains('\0') ? Task.FromResult<IResult>(Fault(name, "BadText"))
        : null;

    /// <param name="named">The field that names the person.</param>
    public async Task<IResult> Owner(string userName, Func<long, int, CaseCommand> command, string named = "owner") =>
        await cases.FindPerson(userName) is { } owner ? await Do(id => command(id, owner), named) : Fault(named, "Unknown", userName);

    /// <summary>Does it and answers with the case.</summary>
    /// <param name="named">The field that names the person, where one is named.</param>
    public async Task<IResult> Do(Func<long, CaseCommand> command, string named = "owner")
    {
        if (!CaseReference.TryParse((string?)context.Request.RouteValues["id"], out var id)) return NoSuchCase();
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        if (!Expected(out var version)) return Fault(HeaderNames.IfMatch, "IfMatchBad");
        return await writer.Do(viewer, command(id) with { ExpectedVersion = version }, context.RequestAborted) switch
        {
            CaseResult.Done => await Answer(id, viewer, gone: TypedResults.NoContent()),
            CaseResult.Refused { Why: CaseRefusal.AlreadyTaken } => await Taken(id, viewer),
            CaseResult.Refused refused => Refusal(refused, named),
            CaseResult.Conflict conflict => await Stale(id, viewer, conflict),
            _ => NoSuchCase(),
        };
    }

    /// <summary>Does to another case what is asked of this one, and answers with this one.</summary>
    public Task<IResult> Other(string? reference, Func<long, long, CaseCommand> command) =>
        CaseReference.TryParse(reference, out var other) ? Do(id => command(id, other)) : Task.FromResult<IResult>(Fault("case", "Reference"));

    /// <summary>Answers with what a query reads of the case.</summary>
    public async Task<IResult> Read<TRead, TDocument>(Func<Viewer, long, CancellationToken, Task<TRead?>> read, Func<TRead, TDocument> document) where TRead : class =>
        !CaseReference.TryParse((string?)context.Request.RouteValues["id"], out var id) ? NoSuchCase()
        : await current.Get() is not { } viewer ? TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized)
        : await read(viewer, id, context.RequestAborted) is { } found ? TypedResults.Ok(document(found))
        : NoSuchCase();

    public async Task<IResult> Answer() =>
        !CaseReference.TryParse((string?)context.Request.RouteValues["id"], out var id) ? NoSuchCase()
        : await current.Get() is { } viewer ? await Answer(id, viewer, gone: NoSuchCase())
        : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);

    // Who gives a case away may not see it any more: then there is nothing to answer with.
    private async Task<IResult> Answer(long id, Viewer viewer, IResult gone)
    {
        if (await cases.Read(viewer, id, context.RequestAborted) is not { } file) return gone;
        context.Response.Headers.ETag = Tag(file.Case.Version);
        return TypedResults.Ok(new CaseDocument(file));
    }

    private async Task<IResult> Stale(long id, Viewer viewer, CaseResult.Conflict conflict)
    {
        context.Response.Headers.ETag = Tag(conflict.Version);
        var file = await cases.Read(viewer, id, context.RequestAborted);
        return TypedResults.Problem(
            detail: words["Api.Stale"],
            statusCode: StatusCodes.Status412PreconditionFailed,
            extensions: [new("case", file is null ? null : new CaseDocument(file)), new("changes", conflict.Since.Select(CaseEventItem.Of))]);
    }

    private ProblemHttpResult Refusal(CaseResult.Refused refused, string named) => refused.Why switch
    {
        CaseRefusal.OwnerNeeded or CaseRefusal.OwnerUnknown or CaseRefusal.OwnerHasNoAccess => ApiProblem.Fault(named, Words(refused)),
        CaseRefusal.ProductUnknown => ApiProblem.Fault("product", Words(refused)),
        CaseRefusal.RootCauseUnknown or CaseRefusal.RootCauseRetired => ApiProblem.Fault("rootCause", Words(refused)),
        CaseRefusal.OtherCaseUnknown => ApiProblem.Fault("case", Words(refused)),
        CaseRefusal.NeedsSupervisor or CaseRefusal.NotYourWatch => TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, detail: Words(refused)),
        CaseRefusal.CustomerHasOpenCase => Conflict(refused, "case"),
        _ => Conflict(refused),
    };

    private string Words(CaseResult.Refused refused) => words[$"Refusal.{refused.Why}", refused.Name ?? ""];

    private async Task<IResult> Taken(long id, Viewer viewer) => await cases.Read(viewer, id, context.RequestAborted) is { Case: var row }
        ? Conflict(new CaseResult.Refused(CaseRefusal.AlreadyTaken, row.OwnerUserName ?? row.OwnerName), "owner")
        : NoSuchCase();

    private ProblemHttpResult Conflict(CaseResult.Refused refused, string? named = null)
    {
        var more = new Dictionary<string, object?> { ["reason"] = CaseEventLog.Stored(refused.Why) };
        if (named is not null) more[named] = refused.Name;
        return TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: Words(refused), extensions: more);
    }

    private bool Expected(out int? version)
    {
        version = null;
        var match = context.Request.Headers[HeaderNames.IfMatch].ToString().Trim();
        if (match is "" or "*") return true;
        if (match.StartsWith("W/", StringComparison.Ordinal)) match = match[2..];
        if (!int.TryParse(match.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        version = number;
        return true;
    }

    private static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private ProblemHttpResult NoSuchCase() => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: words["Api.NoCase"]);
}
