using System.Runtime.CompilerServices;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using Microsoft.Extensions.Caching.Memory;

namespace CxDesk.Data.Rollups;

/// <summary>
/// Sums of whole days that were read before. A board of thirty days that is read four times a second reads one day anew and
/// twenty-nine that nobody has written to; those are kept until the version of the day says otherwise, which is read in the
/// same transaction, so that what is remembered is what the database holds. Kept only where everybody sees the same.
/// </summary>
public sealed class RollupMemory : IDisposable
{
    // Some 50 MB. A company of a thousand agents comes to 30,000 for thirty days.
    private const int MostRows = 200_000;

    private static readonly Statement Versions = new($"""
        SELECT Day AS {nameof(DayVersionRow.Day)}, Version AS {nameof(DayVersionRow.Version)} FROM RollupDays WHERE Day >= @from AND Day < @to
        """);

    // The cuts of a month, of a company of a hundred teams, are some 100 KB.
    private const int MostOthers = 1_000;

    // Two windows of thirty days, what a chart looks at, and the quarter: most that a board asks for lies within the first that is read.
    private const int DaysBack = 92;

    // What is not shown is judged by months, and there is nothing yet in the rest of this one.
    private const int DaysAhead = 31;

    private readonly Lock _gate = new();
    private readonly MemoryCache _others = new(new MemoryCacheOptions { SizeLimit = MostOthers });
    private readonly ConditionalWeakTable<Session, DayVersions> _versions = [];
    private readonly Dictionary<string, Dictionary<DateOnly, Kept>> _known = [];
    private int _rows, _generation;

    /// <param name="signal">Names of units, products and people are in the rows: when one changes, all is forgotten.</param>
    public RollupMemory(ChangeSignal signal) => signal.Outdated += change =>
    {
        if (change.Topics.Contains(ChangeTopic.Units)) Forget();
    };

    public void Dispose() => _others.Dispose();

    private sealed record Kept(long Version, IReadOnlyList<RollupRow> Rows);

    private sealed record Other((int Days, long Sum) Version, object Value);

    private sealed record DayVersions(DateOnly From, DateOnly To, IReadOnlyDictionary<DateOnly, long> Versions);

    /// <summary>As <see cref="RollupQuery.ByDay"/>, the earlier days first.</summary>
    public async Task<IReadOnlyList<RollupRow>> ByDay(Session session, Viewer viewer, RollupFilter filter)
    {
        if (RollupSights.Of(viewer, filter.By) != RollupSight.All) return await RollupQuery.ByDay(session, viewer, filter);
        var generation = Volatile.Read(ref _generation);
        var versions = await VersionsOf(session, filter.From, filter.To);
        var days = Enumerable.Range(0, filter.To.DayNumber - filter.From.DayNumber).Select(filter.From.AddDays).ToList();
        var what = string.Join(' ', filter.By, filter.Kind, string.Join(',', filter.MetricIds), filter.RegionId, filter.TeamId, filter.AgentId, filter.ProductId, filter.ChannelId, filter.SegmentId);
        var known = Known(what, days, versions);
        if (days.Where(day => !known.ContainsKey(day)).ToList() is { Count: > 0 } unknown)
        {
            var read = (await RollupQuery.ByDay(session, viewer, filter with { From = unknown[0], To = unknown[^1].AddDays(1) })).ToLookup(row => row.Day!.Value);
            var found = days.Where(day => day >= unknown[0] && day <= unknown[^1])
                .ToDictionary(day => day, day => new Kept(versions.GetValueOrDefault(day), [.. read[day]]));
            Keep(what, found, generation);
            foreach (var (day, kept) in found) known[day] = kept;
        }
        return [.. days.SelectMany(day => known[day].Rows)];
    }

    /// <summary>Something else that was worked out from whole days, kept until one of them is written to.</summary>
    /// <param name="what">Names it, and all that it depends on beside the days.</param>
    public async Task<T> Of<T>(Session session, string what, DateOnly from, DateOnly to, Func<Task<T>> read) where T : class
    {
        var generation = Volatile.Read(ref _generation);
        var key = $"{what} {from:O} {to:O}";
        var version = (Days: 0, Sum: 0L);
        // Versions only grow, and days are not taken back.
        foreach (var (day, written) in await VersionsOf(session, from, to))
            if (day >= from && day < to) version = (version.Days + 1, version.Sum + written);
        if (_others.Get(key) is Other known && known.Version == version) return (T)known.Value;
        var value = await read();
        lock (_gate)
            if (generation == _generation) _others.Set(key, new Other(version, value), new MemoryCacheEntryOptions { Size = 1 });
        return value;
    }

    // One state of the database: what was read of it is read once. It may hold more days than are asked for.
    private async Task<IReadOnlyDictionary<DateOnly, long>> VersionsOf(Session session, DateOnly from, DateOnly to)
    {
        if (_versions.TryGetValue(session, out var known) && known.From <= from && known.To >= to) return known.Versions;
        if (known is not null) (from, to) = (from < known.From ? from : known.From, to > known.To ? to : known.To);
        else (from, to) = (to.AddDays(-DaysBack) is var early && early < from ? early : from, to.AddDays(DaysAhead));
        var read = (await session.Query<DayVersionRow>(Versions, new { from, to })).ToDictionary(row => row.Day, row => row.Version);
        _versions.AddOrUpdate(session, new DayVersions(from, to, read));
        return read;
    }

    private Dictionary<DateOnly, Kept> Known(string what, IReadOnlyList<DateOnly> days, IReadOnlyDictionary<DateOnly, long> versions)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(what, out var all)) return [];
            return days.Where(day => all.TryGetValue(day, out var kept) && kept.Version == versions.GetValueOrDefault(day)).ToDictionary(day => day, day => all[day]);
        }
    }

    private void Keep(string what, Dictionary<DateOnly, Kept> found, int generation)
    {
        lock (_gate)
        {
            // Read before what has made it out of date.
            if (generation != _generation) return;
            _rows += found.Values.Sum(kept => kept.Rows.Count);
            if (_rows > MostRows)
            {
                _known.Clear();
                _rows = found.Values.Sum(kept => kept.Rows.Count);
            }
            if (!_known.TryGetValue(what, out var all)) _known[what] = all = [];
            foreach (var (day, kept) in found)
            {
                if (all.TryGetValue(day, out var before)) _rows -= before.Rows.Count;
                all[day] = kept;
            }
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _generation++;
            _known.Clear();
            _others.Clear();
            _rows = 0;
        }
    }
}
