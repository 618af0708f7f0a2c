using System.Globalization;
using System.Security.Claims;
using CxDesk.Data.People;

namespace CxDesk.Web.People;

/// <summary>
/// Who asks, in a circuit and in a request alike. It never remembers longer than two seconds: ask it before each read,
/// keep no viewer in a field.
/// </summary>
public sealed class CurrentViewer(Sessions sessions, SignedInState signedIn, IHttpContextAccessor request)
{
    /// <returns>Null: not signed in any more. A screen shows nothing then; the router leads to the sign-in page.</returns>
    public ValueTask<Viewer?> Get() => Of(signedIn.Principal ?? request.HttpContext?.User);

    /// <summary>The same where neither a page nor a request says who asks: a hub gives its <c>Context.User</c>.</summary>
    public async ValueTask<Viewer?> Of(ClaimsPrincipal? principal)
    {
        if (principal is null) return null;
        if (await principal.FindPerson(sessions) is { } person) return person.Viewer;
        return principal.FindFirstValue(CxClaims.Key) is { } key ? (await sessions.Key(key))?.Viewer : null;
    }
}

/// <summary>What a session's cookie carries.</summary>
internal static class CxClaims
{
    public const string Stamp = "stamp";

    /// <summary>The text of the API key that a request came with; it lives as long as the request.</summary>
    public const string Key = "key";
    public const string KeyId = "keyId";

    /// <summary>The token of a display link by which a hub's client came in. Whoever has it is nobody: no viewer.</summary>
    public const string Display = "display";
    public const string Scope = "scope";

    public static ClaimsPrincipal Principal(KnownPerson person, string scheme) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, person.Viewer.PersonId!.Value.ToString(CultureInfo.InvariantCulture)),
        new Claim(ClaimTypes.Name, person.Viewer.Name),
        new Claim(ClaimTypes.Role, person.Viewer.Role.ToString()),
        new Claim(Stamp, person.SecurityStamp),
    ], scheme));

    /// <returns>Null for whoever is no person, or whose session has ended.</returns>
    public static async ValueTask<KnownPerson?> FindPerson(this ClaimsPrincipal principal, Sessions sessions) =>
        int.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && principal.FindFirstValue(Stamp) is { } stamp
            ? await sessions.Person(id, stamp)
            : null;

    /// <summary>Whether the cookie still says what is so: the menus go by its name and role.</summary>
    public static bool Says(this ClaimsPrincipal principal, KnownPerson person) =>
        principal.Identity?.Name == person.Viewer.Name && principal.IsInRole(person.Viewer.Role.ToString());
}
