using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace CxDesk.Benchmarks;

/// <summary>
/// Three hundred open walls of six tiles while 200 answers a second come in: how late a screen is told of an answer, what
/// a screen costs the server, against a bare circuit that draws the same markup as often, and what it costs intake.
/// </summary>
internal static partial class WallsBenchmark
{
    private const int AnswersASecond = 200, Rounds = 3;
    private const double LatestSeconds = 1, MostCpu = 2, MostKiB = 500, LeastIntake = .9;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(2), Measured = TimeSpan.FromSeconds(8), Saturated = TimeSpan.FromSeconds(4);

    /// <param name="sizes">How many screens; 300 if not said.</param>
    public static async Task Run(IReadOnlyList<int> sizes, TimeProvider time)
    {
        var screens = sizes.Count > 0 ? sizes[0] : 300;
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        try
        {
            var key = await ServerProcess.Verb(folder, "apikey", "create", "benchmark", "--scope", "ingest,read");
            var link = await ServerProcess.Verb(folder, "user", "create", "screen", "--role", "wall");
            await using var app = await ServerProcess.App(folder);
            await using var bare = await ServerProcess.Bare();
            await Run(app, bare, key, await SignIn(app, new Uri(link).AbsolutePath), screens, time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Round by round walls closed, walls open, bare circuits, so that all have had the same machine; the middle one counts.
    private static async Task Run(ServerProcess app, ServerProcess bare, string key, string cookie, int screens, TimeProvider time)
    {
        var traffic = new Traffic(app, key, time);
        for (var i = 0; i < 10; i++) await traffic.Send(500);
        // One screen is there all the time: what the first one brings along is not the second one's.
        await using var first = await Screens.Open(app, "/wall", cookie, 1, traffic);
        await using var bareFirst = await Screens.Open(bare, "/wall", null, 1, null);
        await Saturate(traffic);
        var (heap, bareHeap) = (await app.LiveHeap(), await bare.LiveHeap());
        await using var bareAll = await Screens.Open(bare, "/wall", null, screens, null);

        List<double> closed = [await Saturate(traffic)], opened = [], cpu = [], floor = [], batches = [], saturatedBatches = [];
        var delays = new Delays();
        for (var round = 0; round < Rounds; round++)
        {
            var alone = await Flow(app, traffic, first, Measured, time);
            await using (var all = await Screens.Open(app, "/wall", cookie, screens, traffic))
            {
                await app.Settle(() => Flow(app, traffic, all, Warm, time));
                cpu.Add((await Flow(app, traffic, all, Measured, time, delays) - alone) / screens);
                batches.Add(all.Batches / Measured.TotalSeconds / screens);
                all.Begin(null);
                opened.Add(await Saturate(traffic));
                all.End();
                saturatedBatches.Add(all.Batches / Saturated.TotalSeconds / screens);
                all.StillThere();
                if (round == Rounds - 1) heap = (await app.LiveHeap() - heap) / screens;
            }
            closed.Add(await Saturate(traffic));
            floor.Add(await Floor(bare, batches[^1], time) / screens);
        }
        bareAll.StillThere();
        bareHeap = (await bare.LiveHeap() - bareHeap) / screens;

        Report.Delays($"walls: {screens} screens, {AnswersASecond} answers a second, sent to drawn", delays, .95);
        Report.Figure("walls: snapshots drawn", Middle(batches), "a second and screen", "N2");
        Report.AtMost("walls: p95 from commit to batch", delays.Under(.95).TotalSeconds, LatestSeconds, "s");
        Report.Figure("walls: CPU of a bare circuit with the same tiles", Middle(floor), "ms a second and screen", "N3");
        Report.Figure("walls: CPU of a wall", Middle(cpu), "ms a second and screen", "N3");
        Report.AtMost("walls: CPU", Middle([.. cpu.Zip(floor, (ours, bare) => ours / bare)]), MostCpu, "times the floor");
        Report.Figure("walls: live heap of a bare circuit", bareHeap / 1024.0, "KiB a screen");
        Report.AtMost("walls: live heap", heap / 1024.0, MostKiB, "KiB a screen");
        Report.Figure("walls: intake at saturation, walls closed", Middle(closed), "answers a second");
        Report.Figure($"walls: intake at saturation, {screens} walls open", Middle(opened), "answers a second");
        Report.Figure("walls: snapshots drawn meanwhile", Middle(saturatedBatches), "a second and screen", "N2");
        Report.AtLeast("walls: intake", Middle([.. opened.Select((open, i) => 2 * open / (closed[i] + closed[i + 1]))]), LeastIntake, "of what it is without walls");
    }

    private static double Middle(IReadOnlyCollection<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    /// <returns>What the bare server takes of a processor, in ms a second, while its circuits draw so many snapshots.</returns>
    private static async Task<double> Floor(ServerProcess bare, double hertz, TimeProvider time)
    {
        using var began = await bare.Http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{BareHost.BeginTiles}?hertz={hertz}"), null);
        began.EnsureSuccessStatusCode();
        await bare.Settle(() => Task.Delay(Warm, time));
        var cpu = await Cpu(bare, () => Task.Delay(Measured, time));
        using var ended = await bare.Http.PostAsync(BareHost.EndTiles, null);
        ended.EnsureSuccessStatusCode();
        return cpu;
    }

    /// <returns>What the server takes of a processor, in ms a second.</returns>
    private static async Task<double> Cpu(ServerProcess server, Func<Task> work)
    {
        var (before, from) = (server.Cpu, Stopwatch.GetTimestamp());
        await work();
        return (server.Cpu - before).TotalMilliseconds / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    /// <summary>Answers come in while the screens look on.</summary>
    /// <returns>What the server takes of a processor meanwhile, in ms a second.</returns>
    private static async Task<double> Flow(ServerProcess app, Traffic traffic, Screens screens, TimeSpan measured, TimeProvider time, Delays? delays = null)
    {
        using var stop = new CancellationTokenSource();
        var flow = traffic.Flow(AnswersASecond, 20, stop.Token);
        await Task.Delay(Warm, time);
        screens.Begin(delays);
        var cpu = await Cpu(app, () => Task.Delay(measured, time));
        screens.End();
        await stop.CancelAsync();
        await flow;
        return cpu;
    }

    /// <returns>Answers a second that intake takes when it is sent as many as it can.</returns>
    private static async Task<double> Saturate(Traffic traffic)
    {
        var (before, from) = (traffic.Taken, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(from) < Saturated) await traffic.Send(500);
        }));
        return (traffic.Taken - before) / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    /// <returns>The <c>Cookie</c> header of somebody who has used their link.</returns>
    internal static async Task<string> SignIn(ServerProcess app, string setup, string userName = "screen")
    {
        using var page = await app.Http.GetAsync(setup);
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        const string password = "a wall needs no fingers";
        using var form = new HttpRequestMessage(HttpMethod.Post, setup)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "set-up", ["__RequestVerificationToken"] = token,
                ["Form.UserName"] = userName, ["Form.Password"] = password, ["Form.Again"] = password,
            }),
        };
        form.Headers.Add("Cookie", Cookies(page.Headers));
        using var answer = await app.Http.SendAsync(form);
        return Cookies(answer.Headers) is { Length: > 0 } cookies ? cookies : throw new InvalidOperationException($"{setup}: {(int)answer.StatusCode}");
    }

    private static string Cookies(HttpResponseHeaders headers) =>
        headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(cookie => cookie.Split(';')[0])) : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>Open walls, and when each of them showed what.</summary>
internal sealed class Screens : IAsyncDisposable
{
    private readonly List<CircuitClient> _clients = [];
    private readonly Traffic? _traffic;
    private bool _measuring;
    private Delays? _delays;
    private long _batches;

    private Screens(Traffic? traffic) => _traffic = traffic;

    /// <summary>Batches that showed a newer snapshot, since the beginning of the measurement. A wall also draws the age of its data.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    public static async Task<Screens> Open(ServerProcess server, string path, string? cookie, int count, Traffic? traffic)
    {
        var screens = new Screens(traffic);
        foreach (var some in Enumerable.Range(0, count).Chunk(10))
            screens._clients.AddRange(await Task.WhenAll(some.Select(_ =>
            {
                var seen = 0;
                return CircuitClient.Open(server, path, cookie, batch => screens.Hear(batch, ref seen));
            })));
        return screens;
    }

    /// <param name="delays">From the sending of answers to the batch that shows their number, for each sending and screen.</param>
    public void Begin(Delays? delays)
    {
        Interlocked.Exchange(ref _batches, 0);
        Volatile.Write(ref _delays, delays);
        Volatile.Write(ref _measuring, true);
    }

    public void End()
    {
        Volatile.Write(ref _measuring, false);
        Volatile.Write(ref _delays, null);
    }

    public void StillThere()
    {
        if (_clients.Count(client => client.HasEnded) is > 0 and var gone) throw new InvalidOperationException($"{gone} circuits ended.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
    }

    // The largest n of a batch is that of the whole company.
    private void Hear(ReadOnlySpan<byte> batch, ref int seen)
    {
        if (_traffic is null) return;
        var most = 0L;
        while (batch.IndexOf("n "u8) is >= 0 and var at)
        {
            batch = batch[(at + 2)..];
            if (Utf8Parser.TryParse(batch, out long n, out _, 'N')) most = Math.Max(most, n);
        }
        if (most == 0) return;
        if (Volatile.Read(ref _measuring)) Interlocked.Increment(ref _batches);
        foreach (var sent in _traffic.Shown(most, ref seen))
            Volatile.Read(ref _delays)?.Add(Stopwatch.GetElapsedTime(sent));
    }
}
