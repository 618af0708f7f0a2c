using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Localization;

namespace CxDesk.Web.People;

/// <summary>Gives out the cookie and takes it back.</summary>
public sealed class SignInDesk(ViewerQuery viewers, TimeProvider time)
{
    /// <summary>A display is signed in once and then left alone; browsers keep no cookie for longer.</summary>
    private static readonly TimeSpan WallLife = TimeSpan.FromDays(400);

    /// <returns>Where the person goes now: a local path.</returns>
    public async Task<string> Let(HttpContext context, int personId, string? returnUrl)
    {
        var person = await viewers.FindPerson(personId, context.RequestAborted) ?? throw new InvalidOperationException($"Person {personId} may not sign in.");
        var isWall = person.Viewer.Role == Role.Wall;
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            CxClaims.Principal(person, CookieAuthenticationDefaults.AuthenticationScheme),
            new AuthenticationProperties { IsPersistent = true, ExpiresUtc = isWall ? time.GetUtcNow() + WallLife : null });
        if (person.Language is { } language) Speak(context, language);
        if (isWall) return "/wall";
        return LanguageChoice.IsLocal(returnUrl) ? returnUrl! : "/";
    }

    /// <param name="language">Null follows the browser again.</param>
    public static void Speak(HttpContext context, string? language)
    {
        if (language is null) context.Response.Cookies.Delete(CookieRequestCultureProvider.DefaultCookieName);
        else LanguageChoice.Remember(context, language);
    }

    public static async Task<IResult> SignOut(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.LocalRedirect("/");
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/login?out=1");
    }
}
