using System.Text.Json;
using Microsoft.Playwright;

namespace CxDesk.Benchmarks;

/// <summary>
/// From the sending of a low answer to the frame that shows it, on a wall of six tiles in a real Chromium while 50 answers a
/// second come in. Beside it the part of that time that the browser itself takes: from a changed document to its frame.
/// </summary>
internal static class PaintBenchmark
{
    private const int AnswersASecond = 50, OneLowIn = 5;
    private const double LatestMilliseconds = 500;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(8), Measured = TimeSpan.FromSeconds(40);
    internal static readonly string[] SystemBrowsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
    internal static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    // A frame is painted after its callbacks have run: what a task says that begins after them has been drawn. The largest n
    // is that of the whole company.
    private const string Watch = """
        () => {
          const grid = document.querySelector('.grid'), seen = window.painted = [];
          const most = () => {
            let n = 0;
            const texts = document.createTreeWalker(grid, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) { const said = /^\s*n ([\d,]+)\s*$/.exec(texts.currentNode.data); if (said) n = Math.max(n, +said[1].replaceAll(',', '')); }
            return n;
          };
          let waiting = false;
          new MutationObserver(() => {
            if (waiting) return;
            waiting = true;
            const changed = Date.now();
            requestAnimationFrame(() => setTimeout(() => { waiting = false; seen.push([most(), changed, Date.now()]); }));
          }).observe(grid, { subtree: true, childList: true, characterData: true });
        }
        """;

    public static async Task Run(TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        try
        {
            var key = await ServerProcess.Verb(folder, "apikey", "create", "benchmark", "--scope", "ingest,read");
            var link = await ServerProcess.Verb(folder, "user", "create", "screen", "--role", "wall");
            await using var app = await ServerProcess.App(folder);
            var traffic = new Traffic(app, key, time) { OneLowIn = OneLowIn };
            for (var i = 0; i < 10; i++) await traffic.Send(500);
            var cookie = await WallsBenchmark.SignIn(app, new Uri(link).AbsolutePath);

            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = SystemBrowsers.FirstOrDefault(File.Exists), Args = Arguments });
            var context = await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en", ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
            await context.AddCookiesAsync(cookie.Split("; ").Select(pair => new Cookie { Name = pair[..pair.IndexOf('=')], Value = pair[(pair.IndexOf('=') + 1)..], Url = app.Address.ToString() }));
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(app.Address, "/wall").ToString());
            await page.WaitForSelectorAsync("[data-connected]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
            await page.EvaluateAsync(Watch);

            using var stop = new CancellationTokenSource();
            var flow = traffic.Flow(AnswersASecond, AnswersASecond, stop.Token);
            await Task.Delay(Warm, time);
            var from = time.GetUtcNow();
            await Task.Delay(Measured, time);
            var to = time.GetUtcNow();
            // What was sent last is still to be drawn.
            await Task.Delay(TimeSpan.FromSeconds(3), time);
            await stop.CancelAsync();
            await flow;
            var frames = (await page.EvaluateAsync<JsonElement>("() => window.painted")).Deserialize<long[][]>()!;
            Tell(traffic.Sendings.Where(sending => sending.HasLow && sending.At >= from && sending.At < to), frames);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Tell(IEnumerable<Sending> low, long[][] frames)
    {
        var (delays, drawing) = (new Delays(), new Delays());
        foreach (var sending in low)
        {
            if (frames.FirstOrDefault(frame => frame[0] >= sending.Count) is not { } frame)
                throw new InvalidOperationException($"Answer {sending.Count:N0} was never drawn; the last frame says {frames.LastOrDefault()?[0]}.");
            delays.Add(DateTimeOffset.FromUnixTimeMilliseconds(frame[2]) - sending.At);
            drawing.Add(TimeSpan.FromMilliseconds(frame[2] - frame[1]));
        }
        Report.Delays("paint: the browser alone, from document to frame", drawing, .95);
        Report.Delays("paint: a low answer, from POST to frame", delays, .95);
        Report.AtMost("paint: p95 from POST to frame", delays.Under(.95).TotalMilliseconds, LatestMilliseconds, "ms");
    }
}
