using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CxDesk.Web.Cases;

/// <summary>One request about one case: who asks, which version they saw, and how a result becomes an answer.</summary>
public sealed class CaseCall(HttpContext context, CurrentViewer current, CaseWriter writer, CaseQuery cases)
{
    public HttpRequest Request => context.Request;
    public CaseQuery Cases => cases;

    public static ValueTask<CaseCall> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return ValueTask.FromResult(new CaseCall(context, services.GetRequiredService<CurrentViewer>(),
            services.GetRequiredService<CaseWriter>(), services.GetRequiredService<CaseQuery>()));
    }

    public static ProblemHttpResult Fault(ParameterFault fault, int status = StatusCodes.Status400BadRequest) => TypedResults.Problem(
        detail: fault.Message, statusCode: status, extensions: [new("errors", new Dictionary<string, string[]> { [fault.Name] = [fault.Message] })]);

    /// <returns>Null when the text is there and not too long.</returns>
    public Task<IResult>? Text(string name, string? text, int most) =>
        string.IsNullOrWhiteSpace(text) ? Task.FromResult<IResult>(Fault(new(name, $"'{name}' is missing.")))
        : text.Length > most ? Task.FromResult<IResult>(Fault(new(name, $"'{name}' has at most {most} characters.")))
        : null;

    public async Task<IResult> Owner(string userName, Func<long, int, CaseCommand> command) =>
        await cases.FindPerson(userName) is { } owner
            ? await Do(id => command(id, owner))
            : Fault(new("owner", $"'owner': no active person signs in as '{userName}'."));

    /// <summary>Does it and answers with the case.</summary>
    public async Task<IResult> Do(Func<long, CaseCommand> command)
    {
        if (!CaseReference.TryParse((string?)context.Request.RouteValues["id"], out var id)) return NoSuchCase();
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        if (!Expected(out var version)) return Fault(new(HeaderNames.IfMatch, "If-Match is the ETag of a case."));
        return await writer.Do(viewer, command(id) with { ExpectedVersion = version }, context.RequestAborted) switch
        {
            CaseResult.Done => await Answer(id, viewer, gone: TypedResults.NoContent()),
            CaseResult.Refused { Why: CaseRefusal.AlreadyTaken } => await Taken(id, viewer),
            CaseResult.Refused refused => Refusal(refused),
            CaseResult.Conflict conflict => await Stale(id, viewer, conflict),
            _ => NoSuchCase(),
        };
    }

    public async Task<IResult> Answer() =>
        !CaseReference.TryParse((string?)context.Request.RouteValues["id"], out var id) ? NoSuchCase()
        : await current.Get() is { } viewer ? await Answer(id, viewer, gone: NoSuchCase())
        : TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);

    // Who gives a case away may not see it any more: then there is nothing to answer with.
    private async Task<IResult> Answer(long id, Viewer viewer, IResult gone)
    {
        if (await cases.Read(viewer, id, context.RequestAborted) is not { } file) return gone;
        context.Response.Headers.ETag = Tag(file.Case.Version);
        return TypedResults.Ok(CaseDocument.Of(file));
    }

    private async Task<IResult> Stale(long id, Viewer viewer, CaseResult.Conflict conflict)
    {
        context.Response.Headers.ETag = Tag(conflict.Version);
        var file = await cases.Read(viewer, id, context.RequestAborted);
        return TypedResults.Problem(
            detail: "The case has changed since you read it. Nothing was saved.",
            statusCode: StatusCodes.Status412PreconditionFailed,
            extensions: [new("case", file is null ? null : CaseDocument.Of(file)), new("changes", conflict.Since.Select(CaseEventItem.Of))]);
    }

    private static ProblemHttpResult Refusal(CaseResult.Refused refused) => refused.Why switch
    {
        CaseRefusal.OwnerNeeded => Fault(new("owner", "A key owns no case: name an 'owner'.")),
        CaseRefusal.OwnerUnknown => Fault(new("owner", "'owner' is no active person.")),
        CaseRefusal.OwnerHasNoAccess => Fault(new("owner", "'owner' has no place in the region of the case.")),
        CaseRefusal.ProductUnknown => Fault(new("product", "'product' is the code of a product.")),
        CaseRefusal.NeedsSupervisor => TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "Only a supervisor or somebody above closes a case before its time."),
        CaseRefusal.AlreadyTaken => Conflict(refused.Why, $"The case is taken by {refused.Name}.", "owner", refused.Name),
        CaseRefusal.CustomerHasOpenCase => Conflict(refused.Why, $"The customer has an open case by now: {refused.Name}.", "case", refused.Name),
        CaseRefusal.AlreadyWaiting => Conflict(refused.Why, "The case waits already."),
        CaseRefusal.NotWaiting => Conflict(refused.Why, "The case does not wait."),
        CaseRefusal.AlreadyResolved => Conflict(refused.Why, "The case is resolved: reopen it first."),
        CaseRefusal.AlreadyClosed => Conflict(refused.Why, "The case is closed: reopen it first."),
        CaseRefusal.AlreadyOpen => Conflict(refused.Why, "The case is open."),
        CaseRefusal.NotResolved => Conflict(refused.Why, "Only a resolved case is closed."),
    };

    private async Task<IResult> Taken(long id, Viewer viewer) => await cases.Read(viewer, id, context.RequestAborted) is { Case: var row }
        ? Conflict(CaseRefusal.AlreadyTaken, $"The case is taken by {row.OwnerName}.", "owner", row.OwnerUserName ?? row.OwnerName)
        : NoSuchCase();

    private static ProblemHttpResult Conflict(CaseRefusal why, string detail, string? named = null, string? name = null)
    {
        var more = new Dictionary<string, object?> { ["reason"] = CaseEventLog.Stored(why) };
        if (named is not null) more[named] = name;
        return TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: detail, extensions: more);
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

    private static ProblemHttpResult NoSuchCase() => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: "There is no such case.");
}
