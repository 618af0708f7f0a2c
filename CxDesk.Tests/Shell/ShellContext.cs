using System.Globalization;
using Bunit;
using CxDesk.Data;
using CxDesk.Tests.Database;
using CxDesk.Web.Shell;
using Microsoft.Extensions.DependencyInjection;

namespace CxDesk.Tests.Shell;

/// <summary>What a component of any feature needs to be drawn alone: texts, a clock that a test moves, the viewer's zone.</summary>
public class ShellContext : BunitContext, IAsyncLifetime
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;

    // A limit, not a measure: a loaded machine may take its time.
    static ShellContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    public ShellContext()
    {
        Speak("en");
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(new Company(new CompanyOptions { TimeZone = "Europe/Paris" }));
        Services.AddSingleton<TimeWords>();
        Services.AddSingleton<IndicatorWords>();
        Services.AddScoped<ViewerClock>();
        Services.AddScoped<Radzen.DialogService>();
    }

    public TestTime Time { get; } = new();

    public static void Speak(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    // The clock has to be awaited when it stops; xunit's plain Dispose would not.
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    protected override void Dispose(bool disposing)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _language);
        base.Dispose(disposing);
    }
}
