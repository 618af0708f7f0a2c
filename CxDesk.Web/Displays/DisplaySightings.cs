using System.Collections.Concurrent;
using CxDesk.Data.Displays;

namespace CxDesk.Web.Displays;

/// <summary>
/// Keeps when each display was last seen: noted in memory, and stored for all of them together, a minute's worth at a
/// time, so that three hundred screens are one small write.
/// </summary>
public sealed class DisplaySightings(DisplayWriter writer, TimeProvider time, ILogger<DisplaySightings> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5), Grain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, DisplaySighting> _seen = new();
    private readonly Dictionary<int, DisplaySighting> _stored = [];

    /// <param name="appVersion">What its screen runs; null where a program listens instead.</param>
    public void Note(int displayId, string? appVersion) => _seen.AddOrUpdate(
        displayId, _ => new(displayId, time.GetUtcNow(), appVersion), (_, before) => new(displayId, time.GetUtcNow(), appVersion ?? before.AppVersion));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Store(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task Store(CancellationToken cancel)
    {
        var news = _seen.Values.Where(IsNews).ToList();
        if (news.Count == 0) return;
        try
        {
            await writer.Saw(news, cancel);
            foreach (var seen in news) _stored[seen.DisplayId] = seen;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "When displays were last seen could not be stored; it is tried again.");
        }
    }

    private bool IsNews(DisplaySighting seen) =>
        !_stored.TryGetValue(seen.DisplayId, out var stored) || seen.AppVersion != stored.AppVersion || seen.At - stored.At >= Grain;
}
