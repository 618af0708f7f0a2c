using CxDesk.Data.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxDesk.Web.People;

/// <summary>Something that must work before this node takes work: the database, the jobs, the feed. A feature registers its own.</summary>
public interface IReadiness
{
    /// <summary>One word, as <c>/readyz</c> shows it.</summary>
    string Name { get; }

    /// <returns>Null when ready; else why not, without secrets.</returns>
    Task<string?> WhyNot(CancellationToken cancel);
}

/// <summary><c>/readyz</c>: every part by name, 200 when all are ready and 503 when one is not. It needs no key.</summary>
public static class Readiness
{
    public static async Task<JsonHttpResult<Dictionary<string, string>>> Answer(IEnumerable<IReadiness> parts, CancellationToken cancel)
    {
        var answers = new Dictionary<string, string>();
        var ready = true;
        foreach (var part in parts)
        {
            string? reason;
            try
            {
                reason = await part.WhyNot(cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                reason = e.GetType().Name;
            }
            ready &= reason is null;
            answers[part.Name] = reason ?? "ready";
        }
        return TypedResults.Json(answers, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>The database answers, with the schema up.</summary>
public sealed class DatabaseReadiness(PasswordWriter passwords) : IReadiness
{
    public string Name => "database";

    public async Task<string?> WhyNot(CancellationToken cancel)
    {
        await passwords.AnybodyThere(cancel);
        return null;
    }
}
