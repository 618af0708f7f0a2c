using CxDesk.Data.Admin;

namespace CxDesk.Web.Admin;

/// <summary>What admins build and look after.</summary>
public static class AdminSetup
{
    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<UnitTreeQuery>();
        services.AddSingleton<UnitWriter>();
        services.AddSingleton<PeopleListQuery>();
        services.AddSingleton<CodesQuery>();
        services.AddSingleton<CodeWriter>();
        services.AddSingleton<KeysQuery>();
        services.AddSingleton<HealthQuery>();
        services.AddSingleton<OrgImport>();
    }
}
