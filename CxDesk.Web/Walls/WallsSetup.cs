using CxDesk.Data.Feed;
using CxDesk.Data.Walls;
using CxDesk.Web.Feed;
using CxDesk.Web.Live;

namespace CxDesk.Web.Walls;

/// <summary>The screens that people make: how they are kept, edited and shown.</summary>
public static class WallsSetup
{
    public static void AddWalls(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<WallsQuery>();
        services.AddSingleton<WallWriter>();
        services.AddSingleton<WallQuery>();
        services.AddSingleton<FigureWords>();
        services.AddSingleton(s =>
        {
            var query = s.GetRequiredService<WallQuery>();
            return new WallFeed((code, cancel) => query.Read(code, LiveFeed.Display, cancel), s.GetRequiredService<ChangeSignal>(),
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<FeedOptions>(), s.GetRequiredService<ILogger<WallFeed>>());
        });
        services.AddSingleton<WallWords>();
    }
}
