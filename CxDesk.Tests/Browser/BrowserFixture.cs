using System.Diagnostics;
using Microsoft.Playwright;

namespace CxDesk.Tests.Browser;

/// <summary>One browser for every test in <c>[Collection(BrowserFixture.Name)]</c>; each page has a context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public const string Name = "Browser";

    private static readonly string[] SystemBrowsers =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private const float Patience = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        var path = SystemBrowsers.FirstOrDefault(File.Exists) ?? await InstallBySystem();
        if (path is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
            throw new InvalidOperationException("The browser tests need Chromium and could not install it: install the system's package (Debian: apt-get install chromium), then run again.");
        _playwright = await Playwright.CreateAsync();
        // A limit, not a measure: a loaded machine may take its time.
        Assertions.SetDefaultExpectTimeout(Patience);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A new person at a new browser: no cookie, one tab. It closes with the app.</summary>
    /// <param name="app">The app that relative addresses lead to.</param>
    /// <param name="language">What the browser asks for first.</param>
    /// <param name="touch">It is touched, not clicked.</param>
    /// <param name="by">Another address by which the browser comes to the app.</param>
    public async Task<IPage> NewPage(AppFixture app, string language = "en", int width = 1366, int height = 768, bool dark = false, string zone = "Europe/Paris", Uri? by = null, bool touch = false)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (by ?? app.Address).ToString(),
            Locale = language,
            TimezoneId = zone,
            HasTouch = touch,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(Patience);
        app.BeforeEnd(() => context.CloseAsync());
        return await context.NewPageAsync();
    }

    private static async Task<string?> InstallBySystem()
    {
        if (!File.Exists("/etc/debian_version") || !Environment.IsPrivilegedProcess) return null;
        await Run("apt-get", "update", "-q");
        await Run("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium");
        return SystemBrowsers.FirstOrDefault(File.Exists);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync();
    }
}

[CollectionDefinition(BrowserFixture.Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>;
