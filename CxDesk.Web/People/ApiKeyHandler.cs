using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using CxDesk.Data.Displays;
using CxDesk.Data.People;
using CxDesk.Web.Displays;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CxDesk.Web.People;

/// <summary>
/// Lets programs in by the key in <c>X-Api-Key</c>; a hub's client, which can set no header, gives it as
/// <c>access_token</c>, where the token of a display link stands too. Faults are problem details, never a way to the sign-in page.
/// </summary>
public sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Sessions sessions, ApiKeyUse use, DisplayGate displays,
    IStringLocalizer<PeopleText> text)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";
    public const string Header = "X-Api-Key";

    /// <summary>The paths that know keys and no cookies.</summary>
    public static bool Serves(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/hubs");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var given = Request.Headers[Header].ToString();
        if (given.Length == 0 && Request.Path.StartsWithSegments("/hubs"))
        {
            given = Request.Query["access_token"].ToString();
            if (DisplayToken.IsOne(given)) return await Display(given);
        }
        if (given.Length == 0) return AuthenticateResult.NoResult();
        if (await sessions.Key(given) is not { } key) return AuthenticateResult.Fail("The key is unknown or revoked.");
        await use.Note(key.Id);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, key.Viewer.Name), new Claim(CxClaims.Key, given), new Claim(CxClaims.KeyId, key.Id.ToString(CultureInfo.InvariantCulture)), .. Scopes(key.Scopes)],
            Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    // It is no key: it opens the hub, for its own wall, and nothing else.
    private async Task<AuthenticateResult> Display(string token) => await displays.Find(token) is { } display
        ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, display.Name), new Claim(CxClaims.Display, token)], Name)), Name))
        : AuthenticateResult.Fail("The display link is unknown or revoked.");

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"ApiKey header=\"{Header}\"";
        var given = Request.Headers.ContainsKey(Header);
        return ApiFaults.Write(Context, StatusCodes.Status401Unauthorized, given ? text["Api.KeyUnknown"] : text["Api.KeyMissing", Header]);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiFaults.Write(Context, StatusCodes.Status403Forbidden, text["Api.NoScope"]);

    private static IEnumerable<Claim> Scopes(ApiKeyScopes scopes) => Enum.GetValues<ApiKeyScopes>()
        .Where(s => s != ApiKeyScopes.None && scopes.HasFlag(s))
        .Select(s => new Claim(CxClaims.Scope, s.ToString().ToLowerInvariant()));
}

/// <summary>Notes when a key was last used, at most once a minute each.</summary>
public sealed class ApiKeyUse(ApiKeyWriter writer, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, DateTimeOffset> _noted = new();

    public async ValueTask Note(int keyId)
    {
        var now = time.GetUtcNow();
        if (_noted.TryGetValue(keyId, out var noted) && now - noted < TimeSpan.FromMinutes(1)) return;
        _noted[keyId] = now;
        await writer.Touch(keyId);
    }
}
