using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CxDesk.Tests.Browser;

/// <summary>
/// The real app as a process of its own, with an empty database of its own. It can be killed and started again on the
/// same port and database. <c>await using var app = await AppFixture.Start(("Demo__Enabled", "true"));</c>
/// </summary>
public sealed class AppFixture : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _settings;
    private readonly string _folder;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentBag<Func<Task>> _onEnd = [];
    private Process? _process;

    private AppFixture(int port, string folder, Dictionary<string, string> settings)
    {
        (Address, _folder, _settings) = (new Uri($"http://localhost:{port}"), folder, settings);
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <summary>A client of the running app, without a cookie.</summary>
    public HttpClient Http { get; }

    public string DatabaseFile => Path.Combine(_folder, "cxdesk.db");

    /// <summary>What the app has written, for the message of a failed test.</summary>
    public string Log => string.Join(Environment.NewLine, _log);

    /// <param name="settings">Environment variables (<c>Company__TimeZone</c>) over the defaults: Development, demo off. <c>{database}</c> stands for the file of its own.</param>
    public static Task<AppFixture> Start(params (string Name, string Value)[] settings) => StartOn(null, settings);

    /// <summary>The same on a copy of a database.</summary>
    public static async Task<AppFixture> StartOn(string? database, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("cxdesk-app-").FullName;
        var app = new AppFixture(FreePort(), folder, settings.ToDictionary(s => s.Name, s => s.Value));
        try
        {
            if (database is not null) File.Copy(database, app.DatabaseFile);
            await app.Restart();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the app where it does not run, and waits until it answers.</summary>
    /// <param name="changed">Settings that differ from now on.</param>
    public async Task Restart(params (string Name, string Value)[] changed)
    {
        foreach (var (name, value) in changed) _settings[name] = value;
        await Kill();
        if (!File.Exists(Repository.WebAssembly))
            throw new FileNotFoundException($"The app is not built: {Repository.WebAssembly}. Run dotnet build first.");
        var start = new ProcessStartInfo("dotnet", [Repository.WebAssembly])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "CxDesk.Web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["Database__Provider"] = "Sqlite";
        start.Environment["Database__ConnectionString"] = $"Data Source={DatabaseFile}";
        start.Environment["Demo__Enabled"] = "false";
        // It lives for seconds: it need not learn what runs often, nor collect on all processors.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in _settings) start.Environment[name] = value.Replace("{database}", DatabaseFile, StringComparison.Ordinal);

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Alive();
    }

    /// <summary>Ends the app at once, as a crash would.</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Has something done before the app ends for good: a page left open would look for its server for ever.</summary>
    public void BeforeEnd(Func<Task> work) => _onEnd.Add(work);

    public async ValueTask DisposeAsync()
    {
        foreach (var work in _onEnd) await work();
        await Kill();
        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Alive()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            do
            {
                if (_process!.HasExited) throw new InvalidOperationException($"The app ended with {_process.ExitCode} while it started:\n{Log}");
                try
                {
                    using var answer = await Http.GetAsync("/healthz", limit.Token);
                    if (answer.StatusCode == HttpStatusCode.OK) return;
                }
                catch (HttpRequestException)
                {
                    // Nobody listens yet.
                }
            }
            while (await beat.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The app did not answer /healthz within {StartLimit.TotalSeconds:0} s:\n{Log}");
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null) _log.Enqueue(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
