using CxDesk.Data.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace CxDesk.Web.People;

/// <summary>Who may come in: people by cookie, programs by key. Whatever says nothing about it needs a signed-in person.</summary>
public static class PeopleSetup
{
    /// <summary>Looks at the path and leaves the rest to cookie or key.</summary>
    private const string CookieOrKey = "CookieOrKey";
    private const string Cookie = "cxdesk";

    public static void AddPeople(this WebApplicationBuilder builder)
    {
        builder.AddApi();
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<ViewerQuery>();
        services.AddSingleton<ApiKeyWriter>();
        services.AddSingleton<ApiKeyUse>();
        services.AddSingleton<PeopleWriter>();
        services.AddSingleton<PlaceWriter>();
        services.AddSingleton<PasswordWriter>();
        services.AddSingleton<SignInWriter>();
        services.AddSingleton<IPasswordHash, PasswordHash>();
        services.AddSingleton<SignInDesk>();
        services.AddHostedService<FirstStart>();
        services.AddSingleton<IReadiness, DatabaseReadiness>();
        services.AddSingleton<DataProtectionKeyStore>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyRepository>();
        services.AddDataProtection().SetApplicationName("CxDesk");
        services.AddSingleton<Sessions>();
        services.AddScoped<SignedInState>();
        services.AddScoped<AuthenticationStateProvider>(s => s.GetRequiredService<SignedInState>());
        services.AddScoped<CurrentViewer>();
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(CookieOrKey)
            .AddPolicyScheme(CookieOrKey, null, o => o.ForwardDefaultSelector = context =>
                ApiKeyHandler.Serves(context.Request.Path) && !BringsCookieToHub(context.Request) ? ApiKeyHandler.Name : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddCookie(o =>
            {
                o.LoginPath = "/login";
                o.AccessDeniedPath = "/forbidden";
                o.ReturnUrlParameter = "returnUrl";
                o.Cookie.Name = Cookie;
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromDays(14);
                o.SlidingExpiration = true;
                o.Events.OnValidatePrincipal = Validate;
            });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(MayPass).Build());
    }

    /// <summary>
    /// For endpoints that say nothing themselves. An address where nothing is may say so to everybody, outside of the
    /// API; and a circuit may open for everybody, since the pages in it check who is there.
    /// </summary>
    private static bool MayPass(AuthorizationHandlerContext context) =>
        context.User.Identity?.IsAuthenticated == true
        || context.Resource is HttpContext http && !ApiKeyHandler.Serves(http.Request.Path)
           && (http.GetEndpoint() is null || http.Request.Path.StartsWithSegments("/_blazor"));

    /// <summary>Stands where the shell's pipeline finds out who asks and what they may.</summary>
    public static void UsePeople(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<ApiFaults>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    public static void MapPeople(this WebApplication app)
    {
        app.MapMethods("/readyz", [HttpMethods.Get, HttpMethods.Head], Readiness.Answer).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/logout", SignInDesk.SignOut).AllowAnonymous().ExcludeFromDescription();
    }

    // A hub takes a signed-in person's browser as well as a program's key.
    private static bool BringsCookieToHub(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs") && request.Cookies.ContainsKey(Cookie)
        && !request.Query.ContainsKey("access_token") && !request.Headers.ContainsKey(ApiKeyHandler.Header);

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var person = context.Principal is null ? null : await context.Principal.FindPerson(sessions);
        if (person is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
        else if (!context.Principal!.Says(person))
        {
            context.ReplacePrincipal(CxClaims.Principal(person, context.Scheme.Name));
            context.ShouldRenew = true;
        }
    }
}
