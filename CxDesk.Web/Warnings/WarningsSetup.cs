using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Warnings;

namespace CxDesk.Web.Warnings;

/// <summary>Early warning: what long waits let expect.</summary>
public static class WarningsSetup
{
    public const string Path = "/warnings";

    /// <summary>The page, telling more of a queue.</summary>
    public static string Link(QueueWarning queue) => $"{Path}?queue={Uri.EscapeDataString(queue.Team.Code)}";

    public static void AddWarnings(this WebApplicationBuilder builder)
    {
        builder.Services.AddTransient<WarningWords>();
        builder.Services.AddSingleton(s => new WarningFeed(
            viewer => s.GetRequiredService<Db>().Read(session => WarningQuery.Read(session, viewer, s.GetRequiredService<Company>())),
            s.GetRequiredService<ChangeSignal>(), s.GetRequiredService<TimeProvider>()));
    }

    public static void MapWarnings(this WebApplication app)
    {
        app.MapGet(WarningExport.Path, WarningExport.Read);
        app.MapGet(WarningExport.StoryPath, WarningExport.Read);
    }
}
