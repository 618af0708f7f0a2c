using CxDesk.Data.Targets;

namespace CxDesk.Web.Targets;

public static class TargetsSetup
{
    public static void AddTargets(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TargetBoardQuery>();
        builder.Services.AddSingleton<TargetWriter>();
        builder.Services.AddSingleton<GapWriter>();
    }
}
