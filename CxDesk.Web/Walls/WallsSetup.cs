using CxDesk.Data.Walls;

namespace CxDesk.Web.Walls;

/// <summary>The screens that people make: how they are kept, edited and shown.</summary>
public static class WallsSetup
{
    public static void AddWalls(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<WallsQuery>();
        services.AddSingleton<WallWriter>();
        services.AddSingleton<WallWords>();
    }
}
