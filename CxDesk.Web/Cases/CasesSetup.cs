using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>The case desk: who opens, changes and reads cases.</summary>
public static class CasesSetup
{
    public static void AddCases(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RegionCalendars>();
        services.AddSingleton<CaseResponsibility>();
        services.AddSingleton<CaseOpener>();
    }
}
