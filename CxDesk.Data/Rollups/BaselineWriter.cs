using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;

namespace CxDesk.Data.Rollups;

/// <summary>
/// Freezes what is usual, once there are days enough, and never moves it: limits that followed the data would follow it down
/// as well. Somebody responsible freezes anew, from a day on, when they changed something on purpose; what was in force
/// before is kept, so that a wall of the past has the limits of then. Days are those of the rollups: an answer that comes in
/// late, or a rebuild, changes no baseline.
/// </summary>
public sealed class BaselineWriter(Db db, Company company)
{
    /// <summary>A baseline that is frozen by itself is not made of days longer ago than this.</summary>
    public const int LookBackDays = 60;

    private static readonly RollupBy[] Kept = [RollupBy.Company, RollupBy.Region, RollupBy.Team, RollupBy.Product, RollupBy.Agent];

    private static readonly Statement Known = new("SELECT DISTINCT b.Kind, b.MetricId, b.Axis, b.KeyId FROM Baselines b");

    private static readonly Statement Measures = new("SELECT Id FROM Measures");

    private static readonly Statement LastVersion = new("""
        SELECT COALESCE(MAX(b.Version), 0) FROM Baselines b WHERE b.Kind = @Kind AND b.MetricId = @MetricId AND b.Axis = @Axis AND b.KeyId = @KeyId
        """);

    private static readonly Statement Insert = new("""
        INSERT INTO Baselines (Kind, MetricId, Axis, KeyId, Version, FromDay, ToDay, Days, Centre, MeanRange, LeastN, FrozenAt, FrozenBy)
        VALUES (@Kind, @MetricId, @Axis, @KeyId, @version, @From, @To, @Days, @Centre, @MeanRange, @LeastN, @at, @by)
        """);

    /// <summary>Freezes the baseline of each subject that has none and by now has days enough.</summary>
    /// <returns>How many were frozen.</returns>
    public async Task<int> FreezeNew(CancellationToken cancel = default)
    {
        var found = await db.Read(Found, cancel);
        return found.Count == 0 ? 0 : await db.Write(async s =>
        {
            var frozen = 0;
            foreach (var (subject, baseline) in found)
            {
                // Another node may have come first.
                if (await LastVersionOf(s, subject) > 0) continue;
                await Store(s, subject, 1, baseline, Viewer.System.Name);
                frozen++;
            }
            if (frozen > 0) s.Changed(ChangeTopic.Targets);
            return frozen;
        }, cancel);
    }

    /// <summary>Freezes a subject's baseline anew, of the first 24 days from a day on that have answers enough.</summary>
    /// <exception cref="InvalidField">of or from cannot be taken, and why.</exception>
    public Task<XmrBaseline> FreezeAnew(Viewer viewer, RollupBy by, RollupKind kind, int metricId, int keyId, DateOnly from, CancellationToken cancel = default) => db.Write(async s =>
    {
        var units = await UnitTree.Read(s);
        if (!MayFreeze(viewer, by, keyId, units) || BaselineSubject.Of(by, kind, metricId, keyId) is not { } subject)
            throw new InvalidField("of", "NotYourRange", "of: you freeze no baseline there.");
        var today = company.DayOf(s.Now);
        if (from >= today || from < today.AddYears(-2)) throw new InvalidField("from", "NotPast", "from: a day of the last two years, before today.");
        var days = (await Days(s, by, kind, [metricId], from, today)).Where(d => d.Key == (metricId, keyId)).SelectMany(d => d.Days).ToList();
        if (XmrChart.Freeze(days) is not { } baseline)
            throw new InvalidField("from", "TooFewDays", FormattableString.Invariant($"from: a baseline takes {XmrChart.BaselineDays} complete days with answers enough that are not all alike; since then there are {days.Count(d => d.N >= ScoreStatistics.MinimumN)}."));
        var version = await LastVersionOf(s, subject) + 1;
        await Store(s, subject, version, baseline, viewer.Name);
        await Audit.Write(s, viewer, "baselineFrozen", "baseline", FormattableString.Invariant($"{subject.Kind}/{metricId}/{subject.Axis}/{keyId}"),
            new { version, baseline.From, baseline.To, baseline.Centre, baseline.MeanRange });
        s.Changed(ChangeTopic.Targets);
        return baseline;
    }, cancel);

    /// <summary>Supervisors in their own teams, managers in their regions, executives and admins everywhere.</summary>
    public static bool MayFreeze(Viewer viewer, RollupBy by, int keyId, UnitTree units) => viewer switch
    {
        _ when viewer == Viewer.System => true,
        { PersonId: null } => false,
        { Role: Role.Executive or Role.Admin } => true,
        { Role: Role.Manager or Role.Supervisor } when viewer.Reach == Reach.All => true,
        { Role: Role.Manager or Role.Supervisor } when by is RollupBy.Company or RollupBy.Region or RollupBy.Team =>
            units.PathUp(keyId).Any(u => viewer.RegionIds.Contains(u.Id) || viewer.TeamIds.Contains(u.Id)),
        _ => false,
    };

    private async Task<IReadOnlyList<(BaselineSubject Subject, XmrBaseline Baseline)>> Found(Session s)
    {
        var known = (await s.Query<KnownRow>(Known)).Select(k => new BaselineSubject(k.Kind, k.MetricId, k.Axis, k.KeyId)).ToHashSet();
        var today = company.DayOf(s.Now);
        int[] scores = [.. Enum.GetValues<Metric>().Select(m => (int)m)], measures = [.. await s.Query<int>(Measures)];
        var found = new List<(BaselineSubject, XmrBaseline)>();
        foreach (var by in Kept)
            foreach (var (kind, metrics) in ((RollupKind, int[])[])[(RollupKind.Score, scores), (RollupKind.Measure, measures)])
                foreach (var ((metric, key), days) in await Days(s, by, kind, metrics, today.AddDays(-LookBackDays), today))
                    if (BaselineSubject.Of(by, kind, metric, key) is { } subject && !known.Contains(subject) && XmrChart.Freeze(days) is { } baseline)
                        found.Add((subject, baseline));
        return found;
    }

    private static async Task<IEnumerable<((int Metric, int Key) Key, IReadOnlyList<XmrDay> Days)>> Days(
        Session s, RollupBy by, RollupKind kind, IReadOnlyList<int> metrics, DateOnly from, DateOnly to) =>
        (await RollupQuery.ByDay(s, Viewer.System, new RollupFilter(by, kind, metrics, from, to)))
            .GroupBy(r => (r.MetricId, r.KeyId)).Select(g => (g.Key, XmrDays.Of(kind, g.Key.MetricId, g)));

    private static Task<int> LastVersionOf(Session s, BaselineSubject subject) =>
        s.Single<int>(LastVersion, new { Kind = (int)subject.Kind, subject.MetricId, subject.Axis, subject.KeyId });

    private static Task Store(Session s, BaselineSubject subject, int version, XmrBaseline baseline, string by) => s.Execute(Insert, new
    {
        Kind = (int)subject.Kind, subject.MetricId, subject.Axis, subject.KeyId, version,
        baseline.From, baseline.To, baseline.Days, baseline.Centre, baseline.MeanRange, baseline.LeastN, at = s.Now, by,
    });

    private sealed record KnownRow
    {
        public required RollupKind Kind { get; init; }
        public required int MetricId { get; init; }
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
    }
}

/// <summary>Rollups of one subject as the days of its chart.</summary>
public static class XmrDays
{
    /// <param name="rows">By day; an agent may have several of one day.</param>
    public static IReadOnlyList<XmrDay> Of(RollupKind kind, int metricId, IEnumerable<RollupRow> rows) =>
        [.. rows.GroupBy(r => r.Day!.Value).Select(day => new XmrDay(day.Key, day.Sum(r => r.N), Value(kind, metricId, day))).OrderBy(d => d.Day)];

    private static double? Value(RollupKind kind, int metricId, IEnumerable<RollupRow> rows) => kind == RollupKind.Score
        ? ScoreStatistics.Of((Metric)metricId, rows.Aggregate(new ScoreSums(), (sum, r) => sum + r.Scores)).Value
        : rows.Sum(r => r.N) is > 0 and var n ? rows.Sum(r => r.SumX) / n : null;
}
