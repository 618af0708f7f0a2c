using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.People;

/// <summary>Whatever goes wrong under <c>/api</c> is problem details: a program gets no page and no insides of ours.</summary>
public sealed class ApiFaults(RequestDelegate next, IStringLocalizer<PeopleText> text, ILogger<ApiFaults> log)
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
                await Write(context, response.StatusCode, Words(response.StatusCode)?.Value);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            if (e.InnerException is JsonException json) await WriteBody(context, json);
            else await Write(context, e.StatusCode, e.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await Write(context, StatusCodes.Status500InternalServerError, text["Api.Failed"]);
        }
    }

    /// <summary>Answers with problem details, and nothing else.</summary>
    public static Task Write(HttpContext context, int status, string? detail, string? field = null)
    {
        var problem = new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = detail };
        if (field is not null) problem.Extensions["errors"] = new Dictionary<string, string?[]> { [field] = [detail] };
        return TypedResults.Problem(problem).ExecuteAsync(context);
    }

    // The framework's own words name our types; the path is the field's.
    private Task WriteBody(HttpContext context, JsonException fault) => fault.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal)
        ? Write(context, StatusCodes.Status400BadRequest, text["Api.WrongField", path[2..]], path[2..])
        : Write(context, StatusCodes.Status400BadRequest, text["Api.NotJson", (fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1]);

    private LocalizedString? Words(int status) => status switch
    {
        400 => text["Api.BadRequest"],
        404 => text["Api.Nowhere"],
        405 => text["Api.Method"],
        415 => text["Api.MediaType"],
        _ => null,
    };
}
