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
    private const int AnswersASecond = 200;
    private const double LatestSeconds = 1, MostCpu = 2, MostKiB = 500, LeastIntake = .9;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5), Measured = TimeSpan.FromSeconds(12), Saturated = TimeSpan.FromSeconds(6);

    /// <param name="sizes">How many screens; 300 if not said.</param>
    public static async Task Run(IReadOnlyList<int> sizes, TimeProvider time)
    {
        var screens = sizes.Count > 0 ? sizes[0] : 300;
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        try
        {
            var key = await ServerProcess.Verb(folder, "apikey", "create", "benchmark", "--scope", "ingest,read");
            var link = await ServerProcess.Verb(folder, "user", "create", "screen", "--role", "wall");
            Cost ours;
            await using (var app = await ServerProcess.App(folder)) ours = await Ours(app, key, new Uri(link).AbsolutePath, screens, time);
            await using var bare = await ServerProcess.Bare();
            var floor = await Floor(bare, screens, ours.BatchesASecond, time);
            Report.Figure("walls: CPU of a bare circuit with the same tiles", floor.Cpu.TotalMilliseconds, "ms a second and screen", "N3");
            Report.Figure("walls: CPU of a wall", ours.Cpu.TotalMilliseconds, "ms a second and screen", "N3");
            Report.AtMost("walls: CPU", ours.Cpu / floor.Cpu, MostCpu, "times the floor");
            Report.Figure("walls: live heap of a bare circuit", floor.Heap / 1024.0, "KiB a screen");
            Report.AtMost("walls: live heap", ours.Heap / 1024.0, MostKiB, "KiB a screen");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Cost(TimeSpan Cpu, long Heap, double BatchesASecond);

    private static async Task<Cost> Ours(ServerProcess app, string key, string setup, int screens, TimeProvider time)
    {
        var traffic = new Traffic(app, key, time);
        for (var i = 0; i < 10; i++) await traffic.Send(500);
        var cookie = await SignIn(app, setup);
        // One screen is there all the time: what the first one brings along is not the second one's.
        await using var first = await Screens.Open(app, "/wall", cookie, 1, traffic);
        await Flow(traffic, first, time);
        var closed = await Saturate(traffic);
        var heap = await app.LiveHeap();

        TimeSpan many;
        double opened, batches;
        await using (var all = await Screens.Open(app, "/wall", cookie, screens, traffic))
        {
            // By then the code is compiled for good.
            await Flow(traffic, all, time, heard: false);
            many = await Cpu(app, () => Flow(traffic, all, time));
            batches = all.Batches / Measured.TotalSeconds / screens;
            Report.Delays($"walls: {screens} screens, {AnswersASecond} answers a second, sent to drawn", all.Delays, .95);
            Report.Figure("walls: snapshots drawn", batches, "a second and screen", "N2");
            Report.Figure("walls: render batches, ages of the data among them", all.AllBatches / Measured.TotalSeconds / screens, "a second and screen", "N2");
            Report.AtMost("walls: p95 from commit to batch", all.Delays.Under(.95).TotalSeconds, LatestSeconds, "s");
            heap = (await app.LiveHeap() - heap) / screens;
            opened = await Saturate(traffic);
            all.StillThere();
        }
        var alone = await Cpu(app, () => Flow(traffic, first, time));
        closed = (closed + await Saturate(traffic)) / 2;
        Report.Figure("walls: intake at saturation, walls closed", closed, "answers a second");
        Report.Figure($"walls: intake at saturation, {screens} walls open", opened, "answers a second");
        Report.AtLeast("walls: intake", opened / closed, LeastIntake, "of what it is without walls");
        return new Cost((many - alone) / Measured.TotalSeconds / screens, heap, batches);
    }

    private static async Task<Cost> Floor(ServerProcess bare, int screens, double hertz, TimeProvider time)
    {
        await using var first = await Screens.Open(bare, "/wall", null, 1, null);
        using var began = await bare.Http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{BareHost.BeginTiles}?hertz={hertz}"), null);
        began.EnsureSuccessStatusCode();
        await Task.Delay(Warm, time);
        var heap = await bare.LiveHeap();
        await using var all = await Screens.Open(bare, "/wall", null, screens, null);
        await Task.Delay(Warm + Measured, time);
        var many = await Cpu(bare, () => Task.Delay(Warm + Measured, time));
        heap = (await bare.LiveHeap() - heap) / screens;
        all.StillThere();
        return new Cost(many / Measured.TotalSeconds / screens, heap, hertz);
    }

    /// <summary>What the server used during the measured part of the work, which comes last.</summary>
    private static async Task<TimeSpan> Cpu(ServerProcess server, Func<Task> work)
    {
        var running = work();
        await Task.Delay(Warm);
        var before = server.Cpu;
        await running;
        return server.Cpu - before;
    }

    private static async Task Flow(Traffic traffic, Screens screens, TimeProvider time, bool heard = true)
    {
        using var stop = new CancellationTokenSource();
        var flow = traffic.Flow(AnswersASecond, 20, stop.Token);
        await Task.Delay(Warm, time);
        screens.Measure(heard);
        await Task.Delay(Measured, time);
        screens.Measure(false);
        await stop.CancelAsync();
        await flow;
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
    private long _batches, _allBatches;

    private Screens(Traffic? traffic) => _traffic = traffic;

    /// <summary>From the sending of answers to the batch that shows their number, for each sending and screen.</summary>
    public Delays Delays { get; } = new();

    /// <summary>Batches that came in at all: a wall also draws the age of its data.</summary>
    public long AllBatches => Interlocked.Read(ref _allBatches);

    /// <summary>Batches that showed a newer snapshot.</summary>
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

    public void Measure(bool on) => Volatile.Write(ref _measuring, on);

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
        if (Volatile.Read(ref _measuring)) Interlocked.Increment(ref _allBatches);
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
            if (Volatile.Read(ref _measuring)) Delays.Add(Stopwatch.GetElapsedTime(sent));
    }
}
