using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.SignalR;

namespace CxDesk.Web.Live;

/// <summary>The live board, the wall, and the hub that pushes the same to other programs.</summary>
public static class LiveSetup
{
    /// <summary>A person, or a key that may read.</summary>
    private const string Policy = "live";

    public static void AddLive(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RollupMemory>();
        services.AddSingleton<RollupBlockWriter>();
        services.AddSingleton<CaseBlockWriter>();
        services.AddSingleton<LiveQuery>();
        services.AddSingleton<LiveChoicesQuery>();
        services.AddSingleton<LiveWords>();
        services.AddSingleton(s =>
        {
            var query = s.GetRequiredService<LiveQuery>();
            return new LiveFeed((topic, cancel) => query.Read(topic.Filter, topic.Viewer, cancel), s.GetRequiredService<ChangeSignal>(),
                s.GetRequiredService<TimeProvider>(), s.GetRequiredService<FeedOptions>(), s.GetRequiredService<ILogger<LiveFeed>>());
        });
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<LiveSight>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(s => s.GetRequiredService<LiveConnections>());
        services.AddSignalR().AddJsonProtocol(o => LiveJson.Apply(o.PayloadSerializerOptions));
        services.AddAuthorizationBuilder().AddPolicy(Policy, p => p.RequireAuthenticatedUser().RequireAssertion(c =>
            !c.User.HasClaim(claim => claim.Type == CxClaims.KeyId) || c.User.HasClaim(CxClaims.Scope, "read")));
    }

    public static void MapLive(this WebApplication app)
    {
        app.MapHub<LiveHub>("/hubs/live").RequireAuthorization(Policy);
        app.MapGet(LiveExport.Path, LiveExport.Read);
    }
}
