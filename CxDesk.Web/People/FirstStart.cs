using CxDesk.Data.People;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CxDesk.Web.People;

/// <summary>While nobody can sign in, each start prints a link that makes the first admin. There is no default password.</summary>
public sealed class FirstStart(PasswordWriter passwords, IServer server, IHostApplicationLifetime life, IConfiguration settings, IHostEnvironment environment, ILogger<FirstStart> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.GetValue("Demo:Enabled", environment.IsDevelopment())) return;
        // The address is known once the server listens.
        var started = new TaskCompletionSource();
        await using var cancelled = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await using var listening = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task;
        if (await passwords.AnybodyThere(stoppingToken)) return;
        var path = await passwords.MakeLink(Viewer.System, null, stoppingToken);
        log.LogWarning("Nobody can sign in yet. Open this link once, within {Days} days, to become the first admin: {Link}", PasswordWriter.LinkLife.TotalDays, Link(Address(), path));
    }

    /// <summary>A link that can be opened on this machine, from the addresses that the server listens on.</summary>
    public static string Link(string? addresses, string path)
    {
        var address = addresses?.Split(';').FirstOrDefault() ?? "";
        return address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal).TrimEnd('/') + path;
    }

    private string? Address() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
}
