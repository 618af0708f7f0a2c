using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CxDesk.Data;
using CxDesk.Web.Displays;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Radzen;

namespace CxDesk.Web.Shell;

/// <summary>What every page stands on: settings, languages, interactive components, the viewer's clock.</summary>
public static class ShellSetup
{
    /// <summary>The languages that every text is written in. The first is the default.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "zh-Hans"];

    private const string DefaultUrl = "http://localhost:5080";

    public static void AddShell(this WebApplicationBuilder builder)
    {
        AddRootSettings(builder.Configuration);
        UseDefaultUrl(builder);
        // Without this a Production run from a build (not a publish) finds no script and no Radzen.
        builder.WebHost.UseStaticWebAssets();

        var services = builder.Services;
        // The longest note in Chinese takes 30 KB, and a browser may bring several drafts at once; more than 32 KB would end the circuit.
        var recovery = builder.AddSettings<RecoveryOptions>("Recovery");
        services.AddSingleton<AppBuild>();
        // Past this many draws that the browser has not acknowledged, the framework holds back the next, and may do it while it tells pages
        // of a new address: a page then comes or goes in the midst of that, which ends the circuit. Ten are reached by a few quick clicks.
        services.AddRazorComponents().AddInteractiveServerComponents(circuit => circuit.MaxBufferedUnacknowledgedRenderBatches = 40).AddHubOptions(hub =>
        {
            hub.MaximumReceiveMessageSize = 256 * 1024;
            hub.KeepAliveInterval = recovery.Silence / 3;
        });
        services.AddRadzenComponents();
        // Chinese goes out as it is, not as a number for each character: a third of the size, and readable.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddProblemDetails();
        services.AddExceptionHandler<ProgramFault>();
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(ConfigureLanguages);
        services.AddSingleton<TimeWords>();
        services.AddSingleton<IndicatorWords>();
        services.AddSingleton(new Company(builder.AddSettings<CompanyOptions>("Company")));
        services.AddScoped<ViewerClock>();
    }

    /// <summary>The middleware, in the one order that works.</summary>
    public static void UseShell(this WebApplication app)
    {
        app.UseRequestLocalization(app.Services.GetRequiredService<IOptions<RequestLocalizationOptions>>().Value);
        if (!app.Environment.IsDevelopment()) app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // A person gets a page for a missing address; a program gets the bare status. (A branch with UseWhen would lose the routes.)
            if (!ProgramFault.AsksForPage(context)) context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            return next(context);
        });
        app.UsePeople();
        app.UseAntiforgery();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapMethods("/healthz", [HttpMethods.Get, HttpMethods.Head], (HttpResponse answer, AppBuild build) =>
        {
            answer.Headers[AppBuild.Header] = build.Id;
            return "ok";
        }).AllowAnonymous();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet(LanguageChoice.Path, LanguageChoice.Keep).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    /// <summary>The root appsettings.json stands below every other source, so that the environment overrides it.</summary>
    private static void AddRootSettings(ConfigurationManager configuration)
    {
        var source = new JsonConfigurationSource
        {
            Path = Path.Combine(AppContext.BaseDirectory, "appsettings.json"),
            Optional = true,
            ReloadOnChange = false,
        };
        source.ResolveFileProvider();
        ((IConfigurationBuilder)configuration).Sources.Insert(0, source);
    }

    private static void UseDefaultUrl(WebApplicationBuilder builder)
    {
        string[] said = [WebHostDefaults.ServerUrlsKey, "http_ports", "https_ports"];
        if (said.Any(key => !string.IsNullOrEmpty(builder.Configuration[key]))) return;
        if (builder.Configuration.GetSection("Kestrel:Endpoints").Exists()) return;
        builder.WebHost.UseUrls(DefaultUrl);
    }

    private static void ConfigureLanguages(RequestLocalizationOptions options)
    {
        var cultures = Languages.Select(CultureInfo.GetCultureInfo).ToList();
        options.DefaultRequestCulture = new RequestCulture(cultures[0]);
        options.SupportedCultures = cultures;
        options.SupportedUICultures = cultures;
        options.RequestCultureProviders = [new DisplayLanguage(), new CookieRequestCultureProvider(), new BrowserLanguage()];
    }
}
