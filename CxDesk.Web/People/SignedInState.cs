using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;

namespace CxDesk.Web.People;

/// <summary>
/// Who is signed in on one open screen. When people change it looks again, so that whoever was deactivated, or given
/// another role, loses the screen at once and not at the next click.
/// </summary>
public sealed class SignedInState : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));
    private readonly Sessions _sessions;
    private readonly ILogger<SignedInState> _log;
    private Task<AuthenticationState>? _state;
    private CultureInfo _language = CultureInfo.CurrentUICulture;

    public SignedInState(Sessions sessions, ILogger<SignedInState> log)
    {
        (_sessions, _log) = (sessions, log);
        sessions.Changed += LookAgain;
    }

    /// <summary>Null outside of pages, where the request itself says who asks.</summary>
    internal ClaimsPrincipal? Principal { get; private set; }

    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        _state ?? throw new InvalidOperationException("Asked who is signed in before the page began.");

    public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        _language = CultureInfo.CurrentUICulture;
        _state = authenticationStateTask;
        // The framework hands over a finished task: the principal of the request or of the connection.
        Principal = authenticationStateTask.IsCompletedSuccessfully ? authenticationStateTask.GetAwaiter().GetResult().User : null;
        NotifyAuthenticationStateChanged(authenticationStateTask);
    }

    public void Dispose() => _sessions.Changed -= LookAgain;

    // Signals must return at once: the look itself is a task of its own, whose failure is logged and mended by the next.
    private void LookAgain()
    {
        if (Principal?.Identity?.IsAuthenticated == true) _ = Task.Run(Look);
    }

    private async Task Look()
    {
        // The signal comes on the thread of whoever wrote, and in their language; this screen is drawn in its own.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = _language;
        try
        {
            if (Principal is not { Identity.IsAuthenticated: true } principal) return;
            var person = await principal.FindPerson(_sessions);
            if (person is null) SetAuthenticationState(Task.FromResult(Nobody));
            else if (!principal.Says(person))
                SetAuthenticationState(Task.FromResult(new AuthenticationState(CxClaims.Principal(person, CookieAuthenticationDefaults.AuthenticationScheme))));
        }
        catch (Exception e)
        {
            _log.LogError(e, "Could not look up who is signed in");
        }
    }
}
