using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Drivers;

/// <summary>
/// Calculates in the background, one calculation at a time, so that screens that others look at go on. Two who ask for the same
/// wait for the same calculation, and what was found is remembered until other answers came in. A calculation stops once
/// nobody waits for it.
/// </summary>
public sealed class DriverRuns(Db db, DriverQuery query, DriversOptions options, TimeProvider time)
{
    /// <summary>So long a result is given again though answers came in since: the page says when it was found.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const int MostKept = 100;
    private const double ReadingShare = .4;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, Kept> _known = [];
    private readonly Dictionary<string, Run> _running = [];

    private sealed record Kept(string Version, DriverReport Report);

    /// <param name="progress">Told the share done, 0–1.</param>
    /// <returns>Null where there is nothing that this viewer may open.</returns>
    public async Task<DriverReport?> Get(Viewer viewer, DriverFilter filter, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var key = $"{viewer.Scope} {filter}";
        var version = await db.Read(s => DriverQuery.Version(s, filter.From, filter.To), cancel);
        Run run;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var kept) && (kept.Version == version || time.GetUtcNow() - kept.Report.FoundAt < Fresh)) return kept.Report;
            if (!_running.TryGetValue(key, out run!)) _running[key] = run = Begin(key, version, viewer, filter);
            run.Join(progress);
        }
        try
        {
            return await run.Result.WaitAsync(cancel);
        }
        finally
        {
            lock (_gate)
                if (run.Leave(progress) && _running.GetValueOrDefault(key) == run) _running.Remove(key);
        }
    }

    private Run Begin(string key, string version, Viewer viewer, DriverFilter filter)
    {
        var run = new Run();
        run.Result = Task.Run(async () =>
        {
            try
            {
                await _turn.WaitAsync(run.Stop);
                try
                {
                    var report = await Calculate(viewer, filter, run);
                    if (report is not null) Keep(key, new Kept(version, report));
                    return report;
                }
                finally
                {
                    _turn.Release();
                }
            }
            finally
            {
                lock (_gate)
                    if (_running.GetValueOrDefault(key) == run) _running.Remove(key);
            }
        });
        return run;
    }

    private async Task<DriverReport?> Calculate(Viewer viewer, DriverFilter filter, Run run)
    {
        var answers = await db.Read(s => query.Read(s, viewer, filter, new Part(run, 0, ReadingShare)), run.Stop);
        if (answers is null) return null;
        var chosen = filter.Attributes?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var table = DriverTable.Of(answers.Attributes, answers.Answers, chosen);
        var findings = DriverAnalysis.Of(table, options.Draws, options.Threads, new Part(run, ReadingShare, 1), run.Stop);
        return new DriverReport { Filter = filter, Findings = findings, FirstDay = answers.FirstDay, Unit = answers.Unit, FoundAt = time.GetUtcNow() };
    }

    private void Keep(string key, Kept kept)
    {
        lock (_gate)
        {
            if (_known.Count >= MostKept) _known.Remove(_known.MinBy(k => k.Value.Report.FoundAt).Key);
            _known[key] = kept;
        }
    }

    /// <summary>One calculation and those who wait for it.</summary>
    private sealed class Run : IProgress<double>
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly List<IProgress<double>?> _waiting = [];
        private readonly Lock _gate = new();

        public Task<DriverReport?> Result { get; set; } = null!;
        public CancellationToken Stop => _stop.Token;

        public void Join(IProgress<double>? progress)
        {
            lock (_gate) _waiting.Add(progress);
        }

        /// <returns>True where nobody waits any more.</returns>
        public bool Leave(IProgress<double>? progress)
        {
            lock (_gate)
            {
                _waiting.Remove(progress);
                if (_waiting.Count > 0) return false;
            }
            _stop.Cancel();
            return true;
        }

        public void Report(double value)
        {
            lock (_gate)
                foreach (var one in _waiting) one?.Report(value);
        }
    }

    private sealed class Part(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + value * (to - from));
    }
}

/// <summary>What was found for a filter, and when.</summary>
public sealed record DriverReport
{
    public required DriverFilter Filter { get; init; }
    public required DriverFindings Findings { get; init; }

    /// <summary>The first day that was read: later than asked for where there were more answers than are taken.</summary>
    public required DateOnly FirstDay { get; init; }
    public required UnitRow? Unit { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
}

/// <summary>Section <c>Drivers</c> of the settings.</summary>
public sealed class DriversOptions : ISettings
{
    /// <summary>Bootstrap draws that the intervals rest on.</summary>
    public int Draws { get; set; } = DriverAnalysis.Draws;

    /// <summary>Processors that a calculation may take: half of them unless said, so that screens go on.</summary>
    public int Threads { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    public IEnumerable<string> Faults()
    {
        if (Draws is < 100 or > 100_000) yield return "Drivers:Draws: 100 to 100,000.";
        if (Threads < 1) yield return "Drivers:Threads: 1 or more.";
    }
}
