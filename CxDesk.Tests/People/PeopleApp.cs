using System.Net;
using System.Text.RegularExpressions;
using CxDesk.Data.People;
using CxDesk.Tests.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.People;

/// <summary>The app with the ways in that people have, and few requests a minute.</summary>
public sealed partial class PeopleApp : InProcessApp
{
    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });

    public async Task<int> Add(string userName, Role role, string password = "a password")
    {
        var id = await Get<PeopleWriter>().Create(Viewer.System, new NewPerson { Name = userName, UserName = userName, Role = role });
        await Get<PasswordWriter>().Give(Viewer.System, id, password);
        return id;
    }

    public static Task<HttpResponseMessage> SignIn(HttpClient browser, string userName, string password = "a password", string? returnUrl = null) =>
        Send(browser, "/login" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)), "sign-in", ("Form.UserName", userName), ("Form.Password", password));

    /// <summary>Opens a page and sends its form, as a browser does.</summary>
    /// <param name="form">The name of a form that the page itself takes, or the path of another address.</param>
    public static async Task<HttpResponseMessage> Send(HttpClient browser, string page, string form, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups[1].Value;
        return await browser.PostAsync(form.StartsWith('/') ? form : page, new FormUrlEncodedContent(fields
            .Select(f => KeyValuePair.Create(f.Name, f.Value))
            .Append(new("_handler", form))
            .Append(new("__RequestVerificationToken", token))));
    }

    public static bool LeadsToSignIn(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location!.ToString().Contains("/login", StringComparison.Ordinal);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Api:RequestsPerMinute", "20");
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, Breaking>());
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();

    // An address that fails inside, to see what a program is told.
    private sealed class Breaking : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<CxDesk.Web.People.ApiFaults>();
            app.Use((context, rest) => context.Request.Path == "/api/v1/breaks" ? throw new InvalidOperationException("the secret inside") : rest(context));
            next(app);
        };
    }
}
