using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Web.Targets;

/// <summary>What everybody aims at, and the gaps that follow.</summary>
public static class TargetsSetup
{
    public static void AddTargets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TargetBoardQuery>();
        builder.Services.AddSingleton<TargetWriter>();
        builder.Services.AddSingleton<GapWriter>();
        builder.Services.AddSingleton<BaselineWriter>();
    }

    public static void MapTargets(this WebApplication app) => app.MapGet("/targets/{what:regex(^(export|gaps|history|usual)$)}.csv", TargetsExport.Read)
        .RequireAuthorization(policy => policy.RequireRole("Supervisor", "Manager", "Executive", "Admin"));
}
