using CxDesk.Data.Displays;
using Microsoft.AspNetCore.RateLimiting;
using System.Threading.RateLimiting;

namespace CxDesk.Web.Displays;

/// <summary>Screens that hang somewhere: their links, and what an address that is a secret needs.</summary>
public static class DisplaysSetup
{
    private const string Typing = "displayCodes";

    public static void AddDisplays(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DisplaysQuery>();
        services.AddSingleton<DisplayWriter>();
        services.AddSingleton<DisplayGate>();
        services.AddSingleton<DisplaySightings>();
        services.AddHostedService(s => s.GetRequiredService<DisplaySightings>());
        // Whoever tries codes gets twenty a minute, from wherever.
        services.AddRateLimiter(o => o.AddFixedWindowLimiter(Typing, limit => (limit.PermitLimit, limit.Window) = (20, TimeSpan.FromMinutes(1))));
        // These write whole addresses, and a display's address is its key.
        foreach (var category in (string[])["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Http.Result", "Microsoft.AspNetCore.HttpLogging"])
            builder.Logging.AddFilter(category, LogLevel.Warning);
    }

    /// <summary>Stands around everything that answers: a display's address stays with the display, and it gets no cookie from anybody.</summary>
    public static void UseDisplays(this WebApplication app) => app.Use((context, next) =>
    {
        if (DisplayPath.Is(context.Request.Path)) context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.SetCookie = default;
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            headers["X-Robots-Tag"] = "noindex";
            return Task.CompletedTask;
        });
        return next(context);
    });

    public static void MapDisplays(this WebApplication app) =>
        app.MapGet(DisplayPath.Codes + "/{code}", Type).AllowAnonymous().RequireRateLimiting(Typing).ExcludeFromDescription();

    private static async Task<IResult> Type(HttpContext context, string code, DisplayWriter writer)
    {
        // A browser that looks ahead while somebody types must not use up the code.
        if (context.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase)) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        return Results.LocalRedirect(DisplayPath.Page(await writer.Type(code, context.RequestAborted) ?? DisplayPage.NoCode));
    }
}
