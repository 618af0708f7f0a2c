using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CxDesk.Benchmarks;

/// <summary>
/// A thousand clients of <c>/hubs/live</c> of the real app, against a bare hub that sends the same bytes: how late a
/// snapshot arrives at four a second (from the instant it says it is of, the read included), and how many arrive a second
/// when nothing holds the app to four.
/// </summary>
internal static class FanoutBenchmark
{
    private const int Clients = 1_000, Rounds = 3, LatestTimes = 2;
    private const double LeastShare = .8;
    private const string Subscribe = """{"type":1,"invocationId":"1","target":"Subscribe","arguments":["wall:main"]}""";
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2), Measured = TimeSpan.FromSeconds(6);

    public static async Task Run(TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        try
        {
            var key = await ServerProcess.Verb(folder, "apikey", "create", "benchmark", "--scope", "ingest,read");
            await using var bare = await ServerProcess.Bare();
            byte[] snapshot;
            await using (var app = await ServerProcess.App(folder))
            {
                var traffic = new Traffic(app, key, time);
                for (var i = 0; i < 10; i++) await traffic.Send(500);
                snapshot = await Snapshot(app, key);
                await AtFour(app, bare, key, snapshot, traffic, time);
            }
            await using var lifted = await ServerProcess.App(folder, ("Feed__Pace", "00:00:00.001"), ("Feed__Beat", "00:00:00.001"));
            await AtFullRate(lifted, bare, key, snapshot, time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AtFour(ServerProcess app, ServerProcess bare, string key, byte[] snapshot, Traffic traffic, TimeProvider time)
    {
        List<Delays> floor = [], ours = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using (var swarm = await HubSwarm.Open(bare, BareHub.Path, null, Clients, time))
            {
                await Push(bare, snapshot, 4);
                floor.Add(await Delays(bare, swarm));
                await Stop(bare);
            }
            await using (var swarm = await HubSwarm.Open(app, Path(key), Subscribe, Clients, time))
            {
                using var stop = new CancellationTokenSource();
                var flow = traffic.Flow(20, 20, stop.Token);
                ours.Add(await Delays(app, swarm));
                await stop.CancelAsync();
                await flow;
            }
        }
        var each = Measured.TotalSeconds * Clients;
        foreach (var delays in floor) Report.Delays($"fanout: bare hub, {Clients:N0} clients, {snapshot.Length:N0} bytes, {delays.Count / each:N1} a second", delays, .99);
        foreach (var delays in ours) Report.Delays($"fanout: /hubs/live, {Clients:N0} clients, {delays.Count / each:N1} a second", delays, .99);
        Report.AtMost("fanout: p99 at four a second", Middle(floor.Zip(ours, (bare, app) => app.Under(.99) / bare.Under(.99))), LatestTimes, "times the floor");
    }

    private static async Task<Delays> Delays(ServerProcess server, HubSwarm swarm)
    {
        var delays = new Delays();
        await server.Settle(() => swarm.Listen(Warm, TimeSpan.Zero));
        await swarm.Listen(TimeSpan.Zero, Measured, delays);
        return delays;
    }

    // Round by round one after the other, so that both have had the same machine.
    private static async Task AtFullRate(ServerProcess app, ServerProcess bare, string key, byte[] snapshot, TimeProvider time)
    {
        List<FullRate> floor = [], ours = [];
        for (var round = 0; round < Rounds; round++)
        {
            await using (var swarm = await HubSwarm.Open(bare, BareHub.Path, null, Clients, time))
            {
                await Push(bare, snapshot, 0);
                floor.Add(await Listen(bare, swarm));
                await Stop(bare);
            }
            await using (var swarm = await HubSwarm.Open(app, Path(key), Subscribe, Clients, time)) ours.Add(await Listen(app, swarm));
        }
        var rounds = floor.Zip(ours).ToList();
        Report.Figure("fanout: the server's CPU for a delivery, bare hub", Middle(rounds.Select(r => r.First.Cpu)), "µs", "N1");
        Report.Figure("fanout: the server's CPU for a delivery, /hubs/live", Middle(rounds.Select(r => r.Second.Cpu)), "µs", "N1");
        Report.Figure("fanout: bare hub at full rate", Middle(rounds.Select(r => r.First.ASecond)), "deliveries a second");
        Report.Figure("fanout: /hubs/live at full rate", Middle(rounds.Select(r => r.Second.ASecond)), "deliveries a second");
        Report.AtLeast("fanout: full rate", Middle(rounds.Select(r => r.Second.ASecond / r.First.ASecond)), LeastShare, "of the floor");
    }

    /// <param name="ASecond">Deliveries.</param>
    /// <param name="Cpu">What a delivery takes of the server, in µs.</param>
    private sealed record FullRate(double ASecond, double Cpu);

    private static async Task<FullRate> Listen(ServerProcess server, HubSwarm swarm)
    {
        await server.Settle(() => swarm.Listen(Warm, TimeSpan.Zero));
        var before = server.Cpu;
        var rate = await swarm.Listen(TimeSpan.Zero, Measured);
        return new FullRate(rate, (server.Cpu - before).TotalMicroseconds / (rate * Measured.TotalSeconds));
    }

    private static double Middle(IEnumerable<double> figures) => figures.Order().ElementAt(Rounds / 2);

    private static string Path(string key) => $"/hubs/live?access_token={Uri.EscapeDataString(key)}";

    private static async Task Push(ServerProcess bare, byte[] snapshot, double hertz)
    {
        using var answer = await bare.Http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{BareHub.Begin}?hertz={hertz}"), new ByteArrayContent(snapshot));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task Stop(ServerProcess bare)
    {
        using var answer = await bare.Http.PostAsync(BareHub.End, null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The snapshot that the app answers a subscription with.</summary>
    private static async Task<byte[]> Snapshot(ServerProcess app, string key)
    {
        var answered = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = await HubClient.Open(app.Address, Path(key), Subscribe, message =>
        {
            if (!message.StartsWith("""{"type":3"""u8)) return;
            using var answer = JsonDocument.Parse(message.ToArray());
            if (answer.RootElement.TryGetProperty("result", out var result)) answered.TrySetResult(Encoding.UTF8.GetBytes(result.GetRawText()));
            else answered.TrySetException(new InvalidOperationException(answer.RootElement.GetRawText()));
        });
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}

/// <summary>Many clients of one hub, and what they hear.</summary>
internal sealed class HubSwarm : IAsyncDisposable
{
    private readonly List<HubClient> _clients = [];
    private readonly TimeProvider _time;
    private Delays? _delays;
    private long _heard;

    private HubSwarm(TimeProvider time) => _time = time;

    public static async Task<HubSwarm> Open(ServerProcess server, string path, string? first, int clients, TimeProvider time)
    {
        var swarm = new HubSwarm(time);
        foreach (var some in Enumerable.Range(0, clients).Chunk(50))
            swarm._clients.AddRange(await Task.WhenAll(some.Select(_ => HubClient.Open(server.Address, path, first, swarm.Hear))));
        return swarm;
    }

    /// <returns>Snapshots a second that arrived, over all clients.</returns>
    public async Task<double> Listen(TimeSpan warm, TimeSpan measured, Delays? delays = null)
    {
        await Task.Delay(warm, _time);
        Volatile.Write(ref _delays, delays);
        var (before, from) = (Interlocked.Read(ref _heard), Stopwatch.GetTimestamp());
        await Task.Delay(measured, _time);
        Volatile.Write(ref _delays, null);
        var rate = (Interlocked.Read(ref _heard) - before) / Stopwatch.GetElapsedTime(from).TotalSeconds;
        return _clients.Any(client => client.Ended.IsCompleted) ? throw new InvalidOperationException("The server let clients go.") : rate;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await Task.WhenAll(_clients.Select(client => client.Ended));
    }

    private void Hear(ReadOnlySpan<byte> message)
    {
        if (!message.StartsWith("""{"type":1,"target":"SnapshotChanged"""u8)) return;
        Interlocked.Increment(ref _heard);
        if (Volatile.Read(ref _delays) is not { } delays) return;
        var stamp = message[(message.IndexOf(HubClient.Stamp) + HubClient.Stamp.Length)..];
        Span<char> text = stackalloc char[64];
        var length = Encoding.ASCII.GetChars(stamp[..stamp.IndexOf((byte)'"')], text);
        delays.Add(_time.GetUtcNow() - DateTimeOffset.Parse(text[..length], CultureInfo.InvariantCulture));
    }
}
