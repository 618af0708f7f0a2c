using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CxDesk.Benchmarks;

/// <summary>
/// A server in a process of its own, so that its CPU and its heap are known apart from those of its clients: the real app
/// as it was built beside this program, or the bare host of this program (<see cref="BareHost"/>).
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int StillCompiling = 20;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60), SettleLimit = TimeSpan.FromSeconds(60);
    private static readonly string Own = typeof(ServerProcess).Assembly.Location;
    private static readonly string Root = FindRoot();

    // CxDesk.Benchmarks/bin/Release/net10.0 → CxDesk.Web/bin/Release/net10.0
    private static readonly string Web = Path.Combine(Root, "CxDesk.Web", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "CxDesk.Web.dll");

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

    private ServerProcess(Uri address, Process process)
    {
        (Address, _process) = (address, process);
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public Uri Address { get; }

    /// <summary>A client of the server, which keeps no cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>What the server has used of the processors so far, in user and kernel mode.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The real app, in Production, on a database of its own.</summary>
    public static Task<ServerProcess> App(string folder, params (string Name, string Value)[] settings) =>
        Start([Web], Path.Combine(Root, "CxDesk.Web"), "/healthz", [.. AppSettings(folder), .. settings]);

    /// <summary>The floors: what ASP.NET does without CxDesk.</summary>
    public static Task<ServerProcess> Bare() => Start([Own, BareHost.Name], AppContext.BaseDirectory, "/", [("DOTNET_gcServer", "1")]);

    /// <summary>Runs a verb of the app.</summary>
    /// <returns>The last line that it prints: a key, a link.</returns>
    public static async Task<string> Verb(string folder, params string[] words)
    {
        using var process = Process.Start(Info([Web, .. words], Path.Combine(Root, "CxDesk.Web"), AppSettings(folder)))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', words)} ended with {process.ExitCode}: {await errors}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
    }

    /// <summary>Bytes that are still in use after a full collection.</summary>
    public Task<long> LiveHeap() => Ask(StartupHook.Heap);

    /// <summary>Where a counter of the server's meters stands that goes up and down.</summary>
    public Task<long> Count(string counter) => Ask(StartupHook.Count + counter);

    /// <summary>
    /// Goes on with the work until the code it runs is compiled for good, or for a minute: to compile again what runs often takes
    /// a third of a young server's time, and nothing of one that has run for an hour.
    /// </summary>
    /// <param name="work">A second or two of it.</param>
    public async Task Settle(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        for (var (before, now) = (0L, await Ask(StartupHook.Compiled)); now - before > StillCompiling && Stopwatch.GetElapsedTime(from) < SettleLimit;)
        {
            await work();
            (before, now) = (now, await Ask(StartupHook.Compiled));
        }
    }

    /// <summary>What the server has said so far, its first thousand lines.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Bytes of memory that the server holds.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    private async Task<long> Ask(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return long.Parse(await _answers.Reader.ReadAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
    }

    private static async Task<ServerProcess> Start(string[] command, string folder, string alive, (string, string)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = new Process { StartInfo = Info(command, folder, [.. settings, ("ASPNETCORE_URLS", address.ToString()), ("DOTNET_STARTUP_HOOKS", Own)]) };
        var server = new ServerProcess(address, process);
        process.OutputDataReceived += server.Hear;
        process.ErrorDataReceived += server.Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await server.Alive(alive);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task Alive(string path)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended while it started:\n{string.Join('\n', _log)}");
            try
            {
                using var answer = await Http.GetAsync(path, limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
        }
        while (await beat.WaitForNextTickAsync(limit.Token));
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } said) return;
        if (said.StartsWith(StartupHook.Answer, StringComparison.Ordinal)) _answers.Writer.TryWrite(said[StartupHook.Answer.Length..]);
        else if (_log.Count < 1_000) _log.Enqueue(said);
    }

    private static (string Name, string Value)[] AppSettings(string folder) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Database__Provider", "Sqlite"),
        ("Database__ConnectionString", $"Data Source={Path.Combine(folder, "cxdesk.db")}"),
        ("Demo__Enabled", "false"),
        ("Api__RequestsPerMinute", "10000000"),
        ("Logging__LogLevel__Default", "Warning"),
    ];

    private static ProcessStartInfo Info(string[] command, string folder, IEnumerable<(string Name, string Value)> settings)
    {
        if (!File.Exists(command[0])) throw new FileNotFoundException($"Not built: {command[0]}");
        var info = new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in settings) info.Environment[name] = value;
        return info;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CxDesk.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No CxDesk.sln above {AppContext.BaseDirectory}.");
    }
}
