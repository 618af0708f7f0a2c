using CxDesk.Data.Demo;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Demo;

/// <summary>The demo company: on in Development unless the settings say otherwise, never in Production.</summary>
public static class DemoSetup
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        var options = builder.AddSettings<DemoOptions>("Demo");
        var services = builder.Services;
        services.AddSingleton<DemoStatus>();
        services.AddSingleton<DemoCompany>();
        services.AddSingleton<DemoHistory>();
        services.AddSingleton<DemoFloor>();
        // People sign in with a known password here.
        if (!builder.Environment.IsProduction() && (options.Enabled ?? builder.Environment.IsDevelopment())) services.AddHostedService<DemoService>();
    }
}
