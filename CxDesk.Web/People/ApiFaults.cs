using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.People;

/// <summary>Whatever goes wrong under <c>/api</c> is problem details: a program gets no page and no insides of ours.</summary>
public sealed class ApiFaults(RequestDelegate next, ILogger<ApiFaults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
            var response = context.Response;
            if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null && response.ContentLength is null)
                await Write(context, response.StatusCode, Words(response.StatusCode));
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Write(context, e.StatusCode, e.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await Write(context, StatusCodes.Status500InternalServerError, "CxDesk failed on this request; it is logged under the traceId.");
        }
    }

    /// <summary>Answers with problem details, and nothing else.</summary>
    public static Task Write(HttpContext context, int status, string? detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail }).ExecuteAsync(context);

    private static string? Words(int status) => status switch
    {
        404 => "There is nothing at this address: /openapi/v1.json lists what there is.",
        405 => "This address does not take that method.",
        415 => "Send application/json.",
        _ => null,
    };
}
