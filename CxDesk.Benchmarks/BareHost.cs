using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxDesk.Benchmarks;

/// <summary>The floors that are servers: what ASP.NET itself does with the same bytes and the same markup, and nothing of CxDesk in it.</summary>
internal static class BareHost
{
    /// <summary>The word by which this program starts as this host.</summary>
    public const string Name = "bare-host";
    public const string BeginTiles = "/tiles", EndTiles = "/tiles/end";

    public static async Task Run(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSignalR();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSingleton<BareTiles>();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<BareWallPage>().AddInteractiveServerRenderMode();
        app.MapPost(BeginTiles, (BareTiles tiles, double hertz) => tiles.Begin(hertz)).DisableAntiforgery();
        app.MapPost(EndTiles, (BareTiles tiles) => tiles.End()).DisableAntiforgery();
        app.MapGet("/", () => "ok");
        app.MapHub<BareHub>(BareHub.Path);
        app.MapPost(BareHub.Begin, async (HttpRequest request, IHubContext<BareHub> hub, double hertz) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            BareHub.Push(hub, body.ToArray(), hertz, time);
        });
        app.MapPost(BareHub.End, BareHub.Stop);
        await app.RunAsync();
    }
}

/// <summary>Sends one message again and again to all, with nothing in it changed but its time.</summary>
internal sealed class BareHub : Hub
{
    public const string Path = "/hubs/live", Begin = "/begin", End = "/end";

    private static CancellationTokenSource? _stop;
    private static Task _pushing = Task.CompletedTask;

    /// <param name="hertz">How often; 0: as fast as the clients take it.</param>
    public static void Push(IHubContext<BareHub> hub, byte[] snapshot, double hertz, TimeProvider time)
    {
        _stop = new CancellationTokenSource();
        var stop = _stop.Token;
        _pushing = Task.Run(async () =>
        {
            using var timer = hertz > 0 ? new PeriodicTimer(TimeSpan.FromSeconds(1 / hertz)) : null;
            while (!stop.IsCancellationRequested)
            {
                if (timer is not null) await timer.WaitForNextTickAsync(CancellationToken.None);
                else await Task.Yield();
                await hub.Clients.All.SendAsync("SnapshotChanged", Stamped(snapshot, time.GetUtcNow()), CancellationToken.None);
            }
        }, CancellationToken.None);
    }

    public static async Task Stop()
    {
        _stop?.Cancel();
        await _pushing;
    }

    private static BareSnapshot Stamped(byte[] snapshot, DateTimeOffset at)
    {
        var from = snapshot.AsSpan().IndexOf(HubClient.Stamp) + HubClient.Stamp.Length;
        var to = from + snapshot.AsSpan(from).IndexOf((byte)'"');
        return new BareSnapshot([.. snapshot.AsSpan(0, from), .. Encoding.ASCII.GetBytes(at.ToString("O", CultureInfo.InvariantCulture)), .. snapshot.AsSpan(to)]);
    }
}

/// <summary>JSON that is written as it is.</summary>
[JsonConverter(typeof(Writer))]
internal sealed record BareSnapshot(byte[] Json)
{
    private sealed class Writer : JsonConverter<BareSnapshot>
    {
        public override BareSnapshot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, BareSnapshot value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
