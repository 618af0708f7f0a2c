using CxDesk.Data.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Feed;

/// <summary>What hears of changes, of this node and of others.</summary>
public static class FeedSetup
{
    public static void AddFeed(this WebApplicationBuilder builder)
    {
        builder.AddSettings<FeedOptions>("Feed");
        builder.Services.AddSingleton<ChangeLogQuery>();
        builder.Services.AddSingleton<ChangeTail>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ChangeTail>());
        builder.Services.AddSingleton<IReadiness, FeedReadiness>();
    }
}
