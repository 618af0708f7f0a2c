using Microsoft.AspNetCore.Localization;

namespace CxDesk.Web.Shell;

/// <summary>Keeps the chosen language in a cookie. A link does, since it changes nothing but what this browser reads.</summary>
public static class LanguageChoice
{
    public const string Path = "/language";

    public static string Link(string language, string back) =>
        $"{Path}?to={Uri.EscapeDataString(language)}&back={Uri.EscapeDataString(back)}";

    public static IResult Keep(HttpContext context, string to, string? back)
    {
        if (!ShellSetup.Languages.Contains(to))
            return Results.Problem($"to: {to} is not a language of CxDesk; it speaks {string.Join(", ", ShellSetup.Languages)}.", statusCode: 400);
        Remember(context, to);
        return Results.LocalRedirect(IsLocal(back) ? back! : "/");
    }

    public static void Remember(HttpContext context, string language) => context.Response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
        new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true });

    /// <summary>Whether a path that came with a request leads to this site and nowhere else.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal)
        && !path.Any(char.IsControl);
}
