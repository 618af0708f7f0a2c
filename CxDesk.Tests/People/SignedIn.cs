using System.Globalization;
using System.Security.Claims;
using Bunit;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.People;

/// <summary>Signs somebody in on a component under test, by the same classes that the app uses.</summary>
public static class SignedIn
{
    /// <summary>Before the first component is drawn. What is written to the database afterwards counts at once, as in the app.</summary>
    public static async Task SignIn(this BunitContext context, TestDatabase database, int personId)
    {
        var viewers = new ViewerQuery(database.Db, database.Company);
        var sessions = new Sessions(viewers, database.Signal, database.Time);
        var state = new SignedInState(sessions, Microsoft.Extensions.Logging.Abstractions.NullLogger<SignedInState>.Instance);
        var person = (await viewers.FindPerson(personId))!;
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, personId.ToString(CultureInfo.InvariantCulture)),
                new Claim(ClaimTypes.Name, person.Viewer.Name),
                new Claim(ClaimTypes.Role, person.Viewer.Role.ToString()),
                new Claim("stamp", person.SecurityStamp),
            ], "test")))));
        context.Services.AddSingleton(database.Db);
        context.Services.AddSingleton<ChangeSignal>(database.Signal);
        context.Services.AddSingleton(viewers);
        context.Services.AddSingleton(sessions);
        context.Services.AddSingleton(state);
        context.Services.AddSingleton<AuthenticationStateProvider>(state);
        context.Services.AddSingleton<IHttpContextAccessor, HttpContextAccessor>();
        context.Services.AddScoped<CurrentViewer>();
    }
}
