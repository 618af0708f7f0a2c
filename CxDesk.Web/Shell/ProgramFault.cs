using Microsoft.AspNetCore.Diagnostics;

namespace CxDesk.Web.Shell;

/// <summary>A fault of ours reaches a program as problem details and a browser as a page.</summary>
public sealed class ProgramFault(IProblemDetailsService problems) : IExceptionHandler
{
    /// <summary>Whether it is a person's browser that asks for a page. The API answers as itself, whoever looks at it.</summary>
    public static bool AsksForPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (AsksForPage(httpContext)) return false;
        httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext });
    }
}
