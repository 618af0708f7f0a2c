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
        services.AddSingleton<CaseWriter>();
        services.AddSingleton<CaseQuery>();
        services.AddSingleton<CaseBoardQuery>();
        services.AddSingleton<CaseWords>();
        services.AddOptions<CasesOptions>().BindConfiguration("Cases")
            .Validate(o => o.CloseAfterDays >= 1, "Cases:CloseAfterDays must be 1 or more.").ValidateOnStart();
    }

    public static void MapCases(this WebApplication app) => app.MapGet(CasesExport.Path, CasesExport.Write).RequireAuthorization();
}
