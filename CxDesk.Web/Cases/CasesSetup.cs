using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Cases;

/// <summary>The case desk: who opens, changes and reads cases.</summary>
public static class CasesSetup
{
    public static void AddCases(this WebApplicationBuilder builder)
    {
        builder.AddSettings<CasesOptions>("Cases");
        var services = builder.Services;
        services.AddSingleton<RegionCalendars>();
        services.AddSingleton<CaseRejudger>();
        services.AddSingleton<CaseResponsibility>();
        services.AddSingleton<CaseOpener>();
        services.AddSingleton<CaseWriter>();
        services.AddSingleton<CaseClaimer>();
        services.AddSingleton<ClaimCodes>();
        services.AddSingleton<ClaimAddress>();
        services.AddSingleton<CaseBulkWriter>();
        services.AddSingleton<CaseDraftStore>();
        services.AddSingleton<CasePresenceStore>();
        services.AddSingleton<RootCauseQuery>();
        services.AddSingleton<RootCauseWriter>();
        services.AddSingleton<CaseQuery>();
        services.AddSingleton<DeadlineQuery>();
        services.AddSingleton<CaseBoardQuery>();
        services.AddSingleton<SavedViewQuery>();
        services.AddSingleton<SavedViewWriter>();
        services.AddSingleton<CaseWords>();
    }

    public static void MapCases(this WebApplication app) => app.MapGet(CasesExport.Path, CasesExport.Write).RequireAuthorization();
}
