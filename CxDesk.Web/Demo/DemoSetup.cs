using CxDesk.Data.Cases;
using CxDesk.Data.Demo;
using Microsoft.Extensions.Options;

namespace CxDesk.Web.Demo;

/// <summary>The demo company: on in Development unless the settings say otherwise, never in Production.</summary>
public static class DemoSetup
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions();
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<DemoStatus>();
        services.AddSingleton<DemoCompany>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<DemoHistory>(s, s.GetRequiredService<IOptions<CasesOptions>>().Value));
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<DemoFloor>(s, s.GetRequiredService<IOptions<CasesOptions>>().Value));
        // People sign in with a known password here.
        if (!builder.Environment.IsProduction() && (options.Enabled ?? builder.Environment.IsDevelopment())) services.AddHostedService<DemoService>();
    }
}
