using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>
/// Keeps TargetSpans, which number counts on each level from which day until which, as targets and rules say it, so that gaps
/// are worked out by joining it. Where it changes, the gaps from the first day that is another are forgotten, and due again.
/// </summary>
internal static class TargetSpanWriter
{
    // Both tables only grow, so their sizes say whether anything came in.
    private const string Seen = "targetGaps.targets";

    private static readonly Statement GetSeen = new("SELECT Setting FROM Settings WHERE Name = @name");
    private static readonly Statement SetSeen = new("UPDATE Settings SET Setting = @seen WHERE Name = @name");
    private static readonly Statement AddSeen = new("INSERT INTO Settings (Name, Setting) VALUES (@name, @seen)");
    private static readonly Statement Sizes = new("SELECT (SELECT COUNT(*) FROM Targets) AS Targets, (SELECT COUNT(*) FROM TargetRules) AS Rules");

    private static readonly Statement Present = new($"""
        SELECT t.Kind, t.MetricId, t.Statistic, t.Axis, t.KeyId, t.FromDay, t.ToDay, t.Target FROM TargetSpans t
        """);

    private static readonly Statement Remove = new("""
        DELETE FROM TargetSpans WHERE Kind = @Kind AND MetricId = @MetricId AND Statistic = @Statistic AND Axis = @Axis AND KeyId = @KeyId
        """);

    private static readonly Statement Add = new("""
        INSERT INTO TargetSpans (Kind, MetricId, Statistic, Axis, KeyId, FromDay, ToDay, Target)
        VALUES (@Kind, @MetricId, @Statistic, @Axis, @KeyId, @FromDay, @ToDay, @Target)
        """);

    private static readonly Statement ForgetDays = new("DELETE FROM GapDays WHERE Kind = @Kind AND MetricId = @MetricId AND Statistic = @Statistic AND Day >= @from");
    private static readonly Statement ForgetGaps = new("DELETE FROM TargetGaps WHERE Kind = @Kind AND MetricId = @MetricId AND Statistic = @Statistic AND Day >= @from");

    /// <summary>Whether targets or rules were set that the spans do not know of.</summary>
    public static async Task<bool> IsBehind(Session s) => await s.First<string>(GetSeen, new { name = Seen }) != await Size(s);

    public static async Task<int> Follow(Session s)
    {
        // First, so that two nodes do this one after the other.
        if (await s.Execute(SetSeen, new { name = Seen, seen = "" }) == 0) await s.Execute(AddSeen, new { name = Seen, seen = "" });
        var size = await Size(s);
        var wanted = (await TargetQuery.Resolver(s, await UnitTree.Read(s))).Spans().ToLookup(span => (span.Subject, span.Measure));
        var present = (await s.Query<SpanRow>(Present)).Select(row => row.Span).ToLookup(span => (span.Subject, span.Measure));
        var first = new Dictionary<TargetMeasure, DateOnly>();
        foreach (var (subject, measure) in wanted.Concat(present).Select(g => g.Key).Distinct())
        {
            if (FirstDifference([.. present[(subject, measure)]], [.. wanted[(subject, measure)]]) is not { } day) continue;
            await s.Execute(Remove, Columns(subject, measure));
            foreach (var span in wanted[(subject, measure)])
            {
                var of = Columns(subject, measure);
                await s.Execute(Add, new { of.Kind, of.MetricId, of.Statistic, of.Axis, of.KeyId, span.FromDay, span.ToDay, span.Target });
            }
            if (!first.TryGetValue(measure, out var known) || day < known) first[measure] = day;
        }
        foreach (var (measure, from) in first)
        {
            var of = Columns(default, measure);
            await s.Execute(ForgetDays, new { of.Kind, of.MetricId, of.Statistic, from });
            await s.Execute(ForgetGaps, new { of.Kind, of.MetricId, of.Statistic, from });
        }
        await s.Execute(SetSeen, new { name = Seen, seen = size });
        return first.Count;
    }

    /// <summary>The first day on which two rows of spans of one subject say something else; null where they say the same. Pure.</summary>
    public static DateOnly? FirstDifference(IReadOnlyList<TargetSpan> one, IReadOnlyList<TargetSpan> other) => one.Concat(other)
        .SelectMany(span => (DateOnly[])[span.FromDay, span.ToDay]).Distinct().Order()
        .Where(day => On(one, day) != On(other, day)).Select(day => (DateOnly?)day).FirstOrDefault();

    private static double? On(IReadOnlyList<TargetSpan> spans, DateOnly day) => spans.FirstOrDefault(s => s.FromDay <= day && s.ToDay > day)?.Target;

    private static async Task<string> Size(Session s)
    {
        var sizes = await s.Single<SizeRow>(Sizes);
        return FormattableString.Invariant($"{sizes.Targets} {sizes.Rules}");
    }

    private static SpanColumns Columns(TargetSubject subject, TargetMeasure measure) => new(
        (int)measure.Kind, measure.MetricId, measure.IsTopTwo ? (int)IndicatorStatistic.TopTwo : 0, (int?)subject.Axis ?? 0, subject.Id);

    private sealed record SpanColumns(int Kind, int MetricId, int Statistic, int Axis, int KeyId);

    private sealed record SizeRow
    {
        public required long Targets { get; init; }
        public required long Rules { get; init; }
    }

    private sealed record SpanRow
    {
        public required RollupKind Kind { get; init; }
        public required int MetricId { get; init; }
        public required int Statistic { get; init; }
        public required int Axis { get; init; }
        public required int KeyId { get; init; }
        public required DateOnly FromDay { get; init; }
        public required DateOnly ToDay { get; init; }
        public required double Target { get; init; }

        public TargetSpan Span => new(TargetSubject.Of(Axis, KeyId), new TargetMeasure(Kind, MetricId, Statistic == (int)IndicatorStatistic.TopTwo), FromDay, ToDay, Target);
    }
}
