using CxDesk.Data.Policies;

namespace CxDesk.Web.Policies;

/// <summary>By what cases are judged and timed.</summary>
public static class PoliciesSetup
{
    public static void AddPolicies(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<PolicyQuery>();
        services.AddSingleton<PolicyWriter>();
        services.AddSingleton<RehearsalQuery>();
        services.AddSingleton<PolicyWords>();
    }
}
