using Microsoft.AspNetCore.Localization;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Displays;

/// <summary>
/// A display speaks the language of its link. It has no cookie to remember it by, so the page's own connection names it
/// too (shell.js).
/// </summary>
public sealed class DisplayLanguage : RequestCultureProvider
{
    public override async Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var language = DisplayPath.TokenIn(httpContext.Request.Path) is { } token
            ? await Spoken(httpContext, token)
            : httpContext.Request.Path.StartsWithSegments("/_blazor") ? httpContext.Request.Query["language"].ToString() : null;
        return ShellSetup.Languages.Contains(language) ? new ProviderCultureResult(language) : null;
    }

    private static async Task<string?> Spoken(HttpContext context, string token)
    {
        try
        {
            return (await context.RequestServices.GetRequiredService<DisplayGate>().Find(token))?.Language;
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The page itself says, in whatever language, that nothing can be read at present.
            return null;
        }
    }
}
