using CxDesk.Data.Feed;
using CxDesk.Web.People;

namespace CxDesk.Web.Feed;

public static class FeedSetup
{
    public static void AddFeed(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FeedOptions>().BindConfiguration("Feed")
            .Validate(o => o.Pace > TimeSpan.Zero && o.Beat >= o.Pace && o.Patience > TimeSpan.Zero && o.Tail > TimeSpan.Zero,
                "Feed:Pace, Feed:Beat, Feed:Patience and Feed:Tail are lengths of time over zero, and Beat is not shorter than Pace.")
            .ValidateOnStart();
        builder.Services.AddSingleton<ChangeLogQuery>();
        builder.Services.AddSingleton<ChangeTail>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ChangeTail>());
        builder.Services.AddSingleton<IReadiness, FeedReadiness>();
    }
}
