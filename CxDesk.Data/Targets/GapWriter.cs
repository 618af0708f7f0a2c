using System.Globalization;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>
/// Keeps the gap score − target of each unit, product and channel for each day that has answers and a target. It looks
/// at the days that answers or targets came in for since its last run, and writes what differs, so that running twice,
/// late or on two nodes changes nothing. Each day is held against the target in force on it: a new target leaves the
/// days before its own alone.
/// </summary>
public sealed class GapWriter(Db db)
{
    // Ids can become visible out of order where several nodes write, so each run looks a little behind the last one.
    private const int Overlap = 2_000;
    private const string Seen = "targetGaps.seen";

    private static readonly Statement GetSeen = new("SELECT Setting FROM Settings WHERE Name = @name");
    private static readonly Statement UpdateSeen = new("UPDATE Settings SET Setting = @seen WHERE Name = @name");
    private static readonly Statement AddSeen = new("INSERT INTO Settings (Name, Setting) VALUES (@name, @seen)");

    private static readonly Statement NewAnswers = new($"""
        SELECT MIN(a.Day) AS {nameof(NewsRow.FirstDay)}, MAX(a.Id) AS {nameof(NewsRow.LastId)} FROM Answers a WHERE a.Id > @seen
        """);

    private static readonly Statement NewTargets = new($"""
        SELECT MIN(t.FromDay) AS {nameof(NewsRow.FirstDay)}, MAX(t.Id) AS {nameof(NewsRow.LastId)} FROM Targets t WHERE t.Id > @seen
        """);

    private static readonly Statement Present = new($"""
        SELECT g.Axis, g.KeyId, g.MetricId, g.Day, g.N, g.Score, g.Target, g.Gap FROM TargetGaps g WHERE g.Kind = {(int)RollupKind.Score} AND g.Day >= @from
        """);

    private static readonly Statement Insert = new($"""
        INSERT INTO TargetGaps (Axis, KeyId, Kind, MetricId, Day, N, Score, Target, Gap, CalculatedAt)
        VALUES (@Axis, @KeyId, {(int)RollupKind.Score}, @MetricId, @Day, @N, @Score, @Target, @Gap, @at)
        """);

    private static readonly Statement Update = new($"""
        UPDATE TargetGaps SET N = @N, Score = @Score, Target = @Target, Gap = @Gap, CalculatedAt = @at
        WHERE Axis = @Axis AND KeyId = @KeyId AND Kind = {(int)RollupKind.Score} AND MetricId = @MetricId AND Day = @Day
        """);

    /// <returns>How many gaps are new or changed.</returns>
    public Task<int> Recalculate(CancellationToken cancel = default) => db.Write(Recalculate, cancel);

    private static async Task<int> Recalculate(Session s)
    {
        var text = await s.First<string>(GetSeen, new { name = Seen });
        var seen = (text ?? "0 0").Split(' ').Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        var answers = await s.Single<NewsRow>(NewAnswers, new { seen = seen[0] });
        var targets = await s.Single<NewsRow>(NewTargets, new { seen = seen[1] });
        if (answers.LastId is null && targets.LastId is null) return 0;
        answers = await s.Single<NewsRow>(NewAnswers, new { seen = seen[0] - Overlap });

        var from = answers.FirstDay is { } a && targets.FirstDay is { } t ? (a < t ? a : t) : answers.FirstDay ?? targets.FirstDay!.Value;
        var changed = await Write(s, await Wanted(s, from), from);
        var now = FormattableString.Invariant($"{answers.LastId ?? seen[0]} {targets.LastId ?? seen[1]}");
        await s.Execute(text is null ? AddSeen : UpdateSeen, new { name = Seen, seen = now });
        return changed;
    }

    private static async Task<List<GapRow>> Wanted(Session s, DateOnly from)
    {
        var resolver = await TargetQuery.Resolver(s, await UnitTree.Read(s));
        var wanted = new List<GapRow>();
        foreach (var by in (RollupBy[])[RollupBy.Company, RollupBy.Region, RollupBy.Team, RollupBy.Product, RollupBy.Channel])
        {
            var filter = new RollupFilter(by, RollupKind.Score, [.. Enum.GetValues<Metric>().Select(m => (int)m)], from, DateOnly.MaxValue);
            foreach (var row in await RollupQuery.ByDay(s, Viewer.System, filter))
            {
                var (metric, day) = ((Metric)row.MetricId, row.Day!.Value);
                var subject = Subject(by, row.KeyId);
                if (resolver.On(subject, metric, day)?.Target is not { } target || ScoreStatistics.Of(metric, row.Scores).Value is not { } score) continue;
                wanted.Add(new GapRow
                {
                    Axis = (int?)subject.Axis ?? 0, KeyId = row.KeyId, MetricId = row.MetricId, Day = day, N = row.N,
                    Score = score, Target = target, Gap = score - target,
                });
            }
        }
        return wanted;
    }

    private static async Task<int> Write(Session s, List<GapRow> wanted, DateOnly from)
    {
        var present = (await s.Query<GapRow>(Present, new { from })).ToDictionary(g => (g.Axis, g.KeyId, g.MetricId, g.Day));
        var changed = 0;
        foreach (var gap in wanted)
        {
            var old = present.GetValueOrDefault((gap.Axis, gap.KeyId, gap.MetricId, gap.Day));
            if (old == gap) continue;
            await s.Execute(old is null ? Insert : Update,
                new { gap.Axis, gap.KeyId, gap.MetricId, gap.Day, gap.N, gap.Score, gap.Target, gap.Gap, at = s.Now });
            changed++;
        }
        return changed;
    }

    private static TargetSubject Subject(RollupBy by, int key) => by switch
    {
        RollupBy.Company or RollupBy.Region or RollupBy.Team or RollupBy.Agent => TargetSubject.Unit(key),
        RollupBy.Product => TargetSubject.Product(key),
        RollupBy.Channel => TargetSubject.Channel(key),
        RollupBy.Segment => TargetSubject.Segment(key),
    };

    private sealed record NewsRow
    {
        public required DateOnly? FirstDay { get; init; }
        public required long? LastId { get; init; }
    }

    private sealed record GapRow
    {
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required int MetricId { get; init; }
        public required DateOnly Day { get; init; }
        public required long N { get; init; }
        public required double Score { get; init; }
        public required double Target { get; init; }
        public required double Gap { get; init; }
    }
}
