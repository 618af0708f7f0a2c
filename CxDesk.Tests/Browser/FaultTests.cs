using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace CxDesk.Tests.Browser;

/// <summary>
/// What befalls a screen that nobody touches. While it lasts, wall, live board and case desk say what is wrong and since
/// when; afterwards each equals a fresh load within 60 s. <c>CXDESK_FAULTS=full</c> has each last as long as it may: docs/steady.md.
/// </summary>
[Collection(BrowserFixture.Name)]
public sealed partial class FaultTests(BrowserFixture browser, FaultFixture company, ITestOutputHelper output) : IClassFixture<FaultFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly List<FaultScreen> _screens = company.Screens;
    private bool _areWell;

    public async Task InitializeAsync()
    {
        await company.Post(1, "north", "A-1");
        if (_screens.Count > 0) return;
        foreach (var (name, person, address, part) in new[]
        {
            ("wall", "wall", "/wall", "[data-tile]"), ("board", "elena", "/?window=7d&by=region", "[data-tile=csat] .n"), ("desk", "sven", "/cases", ".desk[data-attached]"),
        })
        {
            var page = await browser.NewPage(company.App, by: company.Wire.Address);
            _screens.Add(new FaultScreen(name, address, page));
            await page.SignIn(person, CompanyFixture.Password, address);
            await Expect(page.Locator(part).First).ToBeVisibleAsync();
        }
    }

    public async Task DisposeAsync()
    {
        company.Wire.Mend();
        if (_areWell) return;
        foreach (var screen in _screens) await screen.Page.Context.CloseAsync();
        _screens.Clear();
    }

    [Theory]
    [InlineData("cut", 1, 1)]
    [InlineData("cut", 30, 4)]
    [InlineData("cut", 600, 8)]
    [InlineData("stall", 30, 8)]
    [InlineData("stall", 600, 12)]
    [Trait("Behaviour", "37")]
    public async Task Lost_network(string how, int full, int moment)
    {
        var lasts = FaultFixture.Lasts(TimeSpan.FromSeconds(full), TimeSpan.FromSeconds(moment));
        Action begin = how == "cut" ? company.Wire.Cut : company.Wire.Stall;
        await Fault($"network {how}", lasts, () => Done(begin), () => Done(company.Wire.Mend),
            // Who is cut off for a second comes back before there is anything to say.
            said: full == 1 ? null : screen => Says(screen, "#connection [data-when=lost]"));
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Restarted_server() =>
        await Fault("server restart", FaultFixture.Lasts(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2)), company.App.Kill, () => company.App.Restart(),
            said: screen => Says(screen, "#connection [data-when=lost]"), changes: false);

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task New_version_deployed()
    {
        await Fault("deploy", FaultFixture.Lasts(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2)), company.App.Kill, () => company.App.Restart(("Recovery__Build", "deployed")),
            said: screen => Says(screen, "#connection [data-when=lost]"), changes: false);
        foreach (var screen in _screens) await Expect(screen.Page.Locator("body")).ToHaveAttributeAsync("data-build", "deployed");
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Frozen_tab()
    {
        var frozen = _screens[0];
        var other = _screens[1].Page.Locator("[data-tile=csat] .n");
        var before = await other.InnerTextAsync();
        var session = await frozen.Page.Context.NewCDPSessionAsync(frozen.Page);
        await Fault("frozen tab", FaultFixture.Lasts(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10)), () => Freeze("frozen"), () => Freeze("active"),
            said: null,
            // What is drawn for it waits for nobody: the others go on.
            meanwhile: () => Expect(other).Not.ToHaveTextAsync(before, new() { Timeout = 10_000 }));

        Task Freeze(string state) => session.SendAsync("Page.setWebLifecycleState", new Dictionary<string, object> { ["state"] = state });
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Locked_database()
    {
        await using var other = new SqliteConnection($"Data Source={company.App.DatabaseFile};Pooling=False");
        other.Open();
        SqliteTransaction? held = null;
        await Fault("database locked", FaultFixture.Lasts(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5)),
            () => Done(() => held = other.BeginTransaction(deferred: false)), () => Done(() => held!.Dispose()),
            said: screen => Says(screen, "[data-trouble=locked]"));
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Database_away() =>
        await Fault("database away", FaultFixture.Lasts(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5)), () => Done(() => Move("", ".away")), () => Done(() => Move(".away", "")),
            said: screen => Says(screen, "[data-trouble=unread]"), changes: false);

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Another_version_beside_is_taken_by_a_wall_at_once_and_offered_at_a_desk_where_somebody_types()
    {
        var desk = _screens[2].Page;
        await using var next = await AppFixture.Start(("Recovery__Build", "beside"), ("Database__ConnectionString", $"Data Source={company.App.DatabaseFile}"));
        try
        {
            await desk.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<form><input id=typing></form>')");
            await desk.Locator("#typing").PressSequentiallyAsync("half a sent");
            company.Wire.LeadTo(next.Address);
            await Expect(_screens[0].Page.Locator("body")).ToHaveAttributeAsync("data-build", "beside");
            await Expect(desk.Locator("#connection [data-when=newer]").First).ToBeVisibleAsync();
            await Expect(desk.Locator("#typing")).ToHaveValueAsync("half a sent");
            await desk.Locator("#connection button[data-when=newer]").ClickAsync();
            await Expect(desk.Locator("body")).ToHaveAttributeAsync("data-build", "beside");
        }
        finally
        {
            company.Wire.LeadTo(company.App.Address);
        }
    }

    /// <param name="said">Waits until a screen says what is wrong.</param>
    /// <param name="changes">An answer comes in meanwhile, so that afterwards there is something else to see.</param>
    private async Task Fault(string name, TimeSpan lasts, Func<Task> begin, Func<Task> end, Func<FaultScreen, Task>? said, bool changes = true, Func<Task>? meanwhile = null)
    {
        var watch = Stopwatch.StartNew();
        await begin();
        var posted = changes ? company.Post(2, "north", "A-1", customer: new { id = "K" + Guid.NewGuid().ToString("N")[..6] }) : Task.FromResult<string?>(null);
        if (said is not null) await Task.WhenAll(_screens.Select(said));
        var saidAfter = watch.Elapsed;
        if (meanwhile is not null) await meanwhile();
        if (lasts > watch.Elapsed) await Task.Delay(lasts - watch.Elapsed);
        await end();
        await posted;

        watch.Restart();
        foreach (var screen in _screens) await EqualsFreshLoad(screen, watch);
        Report(name, lasts, said is null ? null : saidAfter, watch.Elapsed);
        _areWell = true;
    }

    /// <summary>The words are there to be read, with the time since when.</summary>
    private static async Task Says(FaultScreen screen, string words)
    {
        await Expect(screen.Page.Locator(words)).ToContainTextAsync(SinceWords());
        await Expect(screen.Page.Locator(words)).ToBeVisibleAsync();
    }

    private static async Task EqualsFreshLoad(FaultScreen screen, Stopwatch since)
    {
        var fresh = screen with { Page = await screen.Page.Context.NewPageAsync() };
        await fresh.Page.Open(screen.Address);
        string shown, wanted;
        do
        {
            (shown, wanted) = (Still(await screen.Text()), Still(await fresh.Text()));
            if (shown == wanted && await screen.Page.Locator(":root[data-connection], .trouble").CountAsync() == 0) break;
            if (since.Elapsed > Limit) Assert.Equal($"{screen.Name}: {wanted}", $"{screen.Name}: {shown}");
            await Task.Delay(200);
        }
        while (true);
        await fresh.Page.CloseAsync();
        await Expect(screen.Page).ToHaveURLAsync(new Regex(Regex.Escape(screen.Address) + "$"));
    }

    private void Report(string name, TimeSpan lasted, TimeSpan? said, TimeSpan back)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"| {name,-16} | {lasted.TotalSeconds,6:0} s | {(said is { } after ? $"{after.TotalSeconds,5:0.0} s" : "      –"),8} | {back.TotalSeconds,5:0.0} s |");
        output.WriteLine(line);
        File.AppendAllLines(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, "faults.md"), [line]);
    }

    private void Move(string from, string to)
    {
        foreach (var part in (string[])["", "-wal", "-shm"])
            if (File.Exists(company.App.DatabaseFile + part + from)) File.Move(company.App.DatabaseFile + part + from, company.App.DatabaseFile + part + to);
    }

    private static Task Done(Action work)
    {
        work();
        return Task.CompletedTask;
    }

    // Ages and clocks go on between two looks.
    private static string Still(string text) => Clocks().Replace(text, "…");

    [GeneratedRegex(@"\bnow\b|\d+ (s|min|h)( \d+ min)?( ago)?\b|\b\d\d:\d\d\b")]
    private static partial Regex Clocks();

    [GeneratedRegex(@"\d\d:\d\d")]
    private static partial Regex SinceWords();
}
