using CxDesk.Data.Positions;

namespace CxDesk.Web.Positions;

/// <summary>Where products, regions, teams and segments stand by two indicators.</summary>
public static class PositionsSetup
{
    public static void AddPositions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PositionQuery>();
        builder.Services.AddTransient<PositionWords>();
    }

    public static void MapPositions(this WebApplication app) => app.MapGet(PositionLink.Path + "/export.csv", PositionExport.Read);
}
