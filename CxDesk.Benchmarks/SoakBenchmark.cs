using System.Diagnostics;
using System.Globalization;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using Microsoft.Playwright;

namespace CxDesk.Benchmarks;

/// <summary>
/// Weeks at a wall, in half an hour: walls that turn their pages once a second in a real Chromium while answers arrive, a
/// desk that goes from page to page in one circuit, and pages that are loaded anew. Memory of server and browser,
/// and the number of screens, boards and circuits, must be flat. Prints Markdown, as it stands in docs/soak.md.
/// </summary>
internal static class SoakBenchmark
{
    private const int Walls = 4, Navigations = 500, AnswersASecond = 20, Samples = 20;
    private const double MostGrowth = 1.1, MiB = 1024 * 1024;
    private const string WallPage = "/wall";
    private static readonly TimeSpan BoardsEnd = TimeSpan.FromSeconds(6);
    private static readonly (string Address, string Drawn)[] Desk =
    [
        ("/", "[data-tile=csat]"), ("/cases", ".desk[data-attached]"), ("/scorecards", "table.scores"), ("/targets", "#target-of"),
        ("/?window=7d&by=product", "[aria-current=true][href*='7d']"), ("/cases?view=list", ".desk[data-attached] tr"),
    ];
    private static readonly Statement LayOut = new("UPDATE Walls SET Document = @document WHERE Code = 'main'");

    /// <param name="sizes">How many minutes; 30 if not said.</param>
    public static async Task Run(IReadOnlyList<int> sizes, TimeProvider time)
    {
        var length = TimeSpan.FromMinutes(sizes.Count > 0 ? sizes[0] : 30);
        var folder = Directory.CreateTempSubdirectory("cxdesk-soak").FullName;
        try
        {
            var key = await ServerProcess.Verb(folder, "apikey", "create", "soak", "--scope", "ingest,read");
            var wall = await ServerProcess.Verb(folder, "user", "create", "screen", "--role", "wall");
            var desk = await ServerProcess.Verb(folder, "user", "create", "desk", "--role", "executive");
            await LayOutMain(folder, time);
            await using var app = await ServerProcess.App(folder);
            var traffic = new Traffic(app, key, time);
            for (var i = 0; i < 4; i++) await traffic.Send(500);

            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = PaintBenchmark.SystemBrowsers.FirstOrDefault(File.Exists), Args = PaintBenchmark.Arguments,
            });
            var ofWalls = await Visitor(browser, app, await WallsBenchmark.SignIn(app, new Uri(wall).AbsolutePath));
            var ofDesk = await Visitor(browser, app, await WallsBenchmark.SignIn(app, new Uri(desk).AbsolutePath, "desk"));
            var walls = new List<Watched>();
            for (var i = 0; i < Walls; i++) walls.Add(await Watched.Open(ofWalls, WallPage));
            var navigated = await Watched.Open(ofDesk, Desk[0].Address);
            var loaded = await Watched.Open(ofDesk, Desk[0].Address);

            using var stop = new CancellationTokenSource();
            var flow = traffic.Flow(AnswersASecond, AnswersASecond, stop.Token);
            var watch = Stopwatch.StartNew();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Walls} walls that turn once a second, {Navigations} navigations of one circuit, a page loaded anew for every tenth, {AnswersASecond} answers a second, {length.TotalMinutes:0} minutes.\n"));
            Console.WriteLine(Sample.Head);
            var samples = new List<Sample>();
            for (var done = 0; done < Navigations; done++)
            {
                if (!await navigated.Follow(Desk[(done + 1) % Desk.Length])) throw new InvalidOperationException($"A circuit ended.\n{app.Log}");
                if (done % 10 == 9) await loaded.Load(Desk[done / 10 % Desk.Length].Address);
                if ((done + 1) * Samples / Navigations > samples.Count)
                {
                    // Every time from the same pages, with the boards that nobody looks at any more gone.
                    await Task.WhenAll(navigated.Follow(Desk[0]), loaded.Load(Desk[1].Address));
                    await Task.Delay(BoardsEnd);
                    samples.Add(await Sample.Take(watch.Elapsed, done + 1, app, walls, navigated));
                    Console.WriteLine(samples[^1].Line);
                }
                var next = length * ((done + 1.0) / Navigations) - watch.Elapsed;
                if (next > TimeSpan.Zero) await Task.Delay(next);
            }
            await stop.CancelAsync();
            await flow;
            var turns = 0L;
            foreach (var one in walls) turns += await one.Turns();
            Console.WriteLine();
            Report.Figure("soak: pages turned (a wall at 15 seconds a page turns 5,760 in 24 hours)", turns, "");
            Report.Figure("soak: answers taken", traffic.Taken, "");
            // A screen that the server failed comes back by itself; that it had to is a fault.
            Report.AtMost("soak: faults in the server's log", app.Log.Split("fail: ").Length - 1, 0, "");
            if (app.Log.Contains("fail: ", StringComparison.Ordinal)) Console.Error.WriteLine(app.Log);
            Flat("server's live heap", samples, s => s.Heap / MiB, "MiB", slack: 2);
            Flat("server's working set", samples, s => s.WorkingSet / MiB, "MiB", slack: 16);
            Flat("screens that look at a board", samples, s => s.Subscribers, "", slack: 0);
            Flat("boards that are read", samples, s => s.Topics, "", slack: 1);
            Flat("circuits", samples, s => s.Circuits, "", slack: 0);
            Flat("wall's heap in the browser", samples, s => s.WallHeap / MiB, "MiB", slack: .5);
            Flat("desk's heap in the browser", samples, s => s.DeskHeap / MiB, "MiB", slack: .5);
            Flat("desk's nodes in the browser", samples, s => s.DeskNodes, "", slack: 200);
            Flat("desk's listeners in the browser", samples, s => s.DeskListeners, "", slack: 20);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The second quarter against the last: by then everything that is remembered once is there.
    private static void Flat(string what, List<Sample> samples, Func<Sample, double> figure, string unit, double slack)
    {
        var (early, late) = (Median(samples[(samples.Count / 4)..(samples.Count / 2)]), Median(samples[(samples.Count * 3 / 4)..]));
        Report.AtMost($"soak: {what}, from {early.ToString("0.##", CultureInfo.InvariantCulture)}", late, early * MostGrowth + slack, unit);

        double Median(List<Sample> of) => of.Select(figure).Order().ElementAt(of.Count / 2);
    }

    // Six pages of each kind of tile. A person may have a page stand for five seconds at least; here time is short.
    private static async Task LayOutMain(string folder, TimeProvider time)
    {
        WallTileSpec Score(int region) => new() { Kind = WallTileKind.Score, Unit = $"region {region}" };
        IReadOnlyList<WallTileSpec> scores = [new() { Kind = WallTileKind.Score }, Score(0), Score(1), Score(2), Score(3), new() { Kind = WallTileKind.Cases }];
        IReadOnlyList<WallTileSpec> others =
        [
            new() { Kind = WallTileKind.Trend }, new() { Kind = WallTileKind.Number }, new() { Kind = WallTileKind.Comments },
            new() { Kind = WallTileKind.Movers }, new() { Kind = WallTileKind.Leaders, By = RollupBy.Agent }, new() { Kind = WallTileKind.Cases },
        ];
        var document = new WallDocument { DwellSeconds = 1, Pages = [.. Enumerable.Range(0, 6).Select(i => new WallPage { Tiles = i % 2 == 0 ? scores : others })] };
        using var db = new Db(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "cxdesk.db")}" }, time, new ChangeSignal());
        await db.Write(s => s.Execute(LayOut, new { document = document.ToJson() }));
    }

    private static async Task<IBrowserContext> Visitor(IBrowser browser, ServerProcess app, string cookies)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = app.Address.ToString(), ViewportSize = new() { Width = 1920, Height = 1080 } });
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync(cookies.Split("; ").Select(c => c.Split('=', 2)).Select(c => new Cookie { Name = c[0], Value = c[1], Url = app.Address.ToString() }));
        return context;
    }

    /// <summary>A page, and what it holds in the browser.</summary>
    private sealed class Watched(IPage page, ICDPSession session)
    {
        private readonly IPage _page = page;

        private const string CountTurns = """
            window.turns = 0;
            new MutationObserver(() => { const now = document.querySelector('[data-page]')?.dataset.page; if (now && now !== window.at) { window.at = now; window.turns++; } })
              .observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-page'] });
            """;

        public static async Task<Watched> Open(IBrowserContext context, string address)
        {
            var page = await context.NewPageAsync();
            var watched = new Watched(page, await context.NewCDPSessionAsync(page));
            await watched.Load(address);
            await page.EvaluateAsync(CountTurns);
            await watched.Send("Performance.enable");
            page.Console += (_, said) => { if (said.Type == "error") Console.Error.WriteLine(said.Text); };
            return watched;
        }

        public async Task Load(string address)
        {
            await _page.GotoAsync(address);
            await _page.Locator("[data-connected]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        /// <summary>Goes on as a link of the page does: in the same circuit.</summary>
        /// <returns>False when the circuit ended of it.</returns>
        public async Task<bool> Follow((string Address, string Drawn) page)
        {
            await _page.EvaluateAsync("address => Blazor.navigateTo(address)", page.Address);
            await _page.WaitForURLAsync(url => new Uri(url).PathAndQuery == page.Address);
            await _page.Locator(page.Drawn).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            return !await _page.Locator("#blazor-error-ui").IsVisibleAsync();
        }

        public Task<long> Turns() => _page.EvaluateAsync<long>("window.turns ?? 0");

        public async Task<Dictionary<string, double>> Metrics()
        {
            await Send("HeapProfiler.collectGarbage");
            var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value;
            return metrics.GetProperty("metrics").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble());
        }

        private Task Send(string method) => session.SendAsync(method);
    }

    private sealed record Sample(
        TimeSpan At, int Navigations, long Heap, long WorkingSet, long Subscribers, long Topics, long Circuits, double WallHeap, double DeskHeap, double DeskNodes, double DeskListeners)
    {
        public const string Head = """
            | minute | navigations | live heap MiB | working set MiB | screens | boards | circuits | wall's heap MiB | desk's heap MiB | desk's nodes | desk's listeners |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

        public string Line => string.Create(CultureInfo.InvariantCulture,
            $"| {At.TotalMinutes:0.0} | {Navigations} | {Heap / MiB:0.0} | {WorkingSet / MiB:0} | {Subscribers} | {Topics} | {Circuits} | {WallHeap / MiB:0.00} | {DeskHeap / MiB:0.00} | {DeskNodes:0} | {DeskListeners:0} |");

        public static async Task<Sample> Take(TimeSpan at, int navigations, ServerProcess app, List<Watched> walls, Watched desk)
        {
            var (wall, nav) = (await walls[0].Metrics(), await desk.Metrics());
            return new Sample(at, navigations, await app.LiveHeap(), app.WorkingSet, await app.Count("cxdesk.feed.subscribers"), await app.Count("cxdesk.feed.topics"),
                await app.Count("aspnetcore.components.circuit.active"), wall["JSHeapUsedSize"], nav["JSHeapUsedSize"], nav["Nodes"], nav["JSEventListeners"]);
        }
    }
}
