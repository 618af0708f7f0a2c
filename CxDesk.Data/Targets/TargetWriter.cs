using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>
/// Sets targets, ends them, and says which source counts. What was set is never changed or taken away: a later one follows
/// it. A target may begin in the past only where nothing was in force yet, an end and a rule never, so no day's gap is
/// ever held against another target than the one people knew.
/// </summary>
public sealed class TargetWriter(Db db, Company company)
{
    /// <summary>Where no other days are named, the own baseline is the value of so many days, beginning on the same day last year.</summary>
    public const int BaselineDays = 90;

    private const int LongestBaseline = 731;
    private static readonly DateOnly Earliest = new(2000, 1, 1);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Targets (UnitId, ProductId, ChannelId, SegmentId, Kind, MetricId, Statistic, FromDay, Target, IsEnd, Source, Note, BaselineFrom, BaselineTo, BaselineN, CreatedAt, CreatedBy) {d.Output("Id")}
        VALUES (@UnitId, @ProductId, @ChannelId, @SegmentId, @kind, @metricId, @statistic, @fromDay, @target, @isEnd, @source, @note, @baselineFrom, @baselineTo, @baselineN, @at, @by) {d.Returning("Id")}
        """);

    private static readonly Statement Subjects = new("""
        SELECT (SELECT COUNT(*) FROM Units WHERE Id = @UnitId) + (SELECT COUNT(*) FROM Products WHERE Id = @ProductId)
             + (SELECT COUNT(*) FROM Channels WHERE Id = @ChannelId) + (SELECT COUNT(*) FROM Segments WHERE Id = @SegmentId)
        """);

    private static readonly Statement InsertRule = new(d => $"""
        INSERT INTO TargetRules (FromDay, Source1, Source2, Source3, CreatedAt, CreatedBy) {d.Output("Id")}
        VALUES (@fromDay, @source1, @source2, @source3, @at, @by) {d.Returning("Id")}
        """);

    /// <summary>Managers set targets in their own regions, executives and admins everywhere.</summary>
    public static bool MaySet(Viewer viewer, TargetSubject subject, UnitTree units) => viewer switch
    {
        { PersonId: null } when viewer != Viewer.System => false,
        { Role: Role.Executive or Role.Admin } => true,
        { Role: Role.Manager, Reach: Reach.All } => true,
        { Role: Role.Manager } => subject.Axis is null && units.PathUp(subject.Id).Any(u => viewer.RegionIds.Contains(u.Id)),
        _ => false,
    };

    /// <summary>The rule is the company's: executives and admins set it.</summary>
    public static bool MaySetRule(Viewer viewer) => viewer == Viewer.System || viewer is { PersonId: not null, Role: Role.Executive or Role.Admin };

    /// <returns>The target's id.</returns>
    /// <exception cref="InvalidField">of, target, from, baseline or note cannot be taken, and why.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else set a target there since the one that was seen.</exception>
    public Task<int> Set(Viewer viewer, SetTarget command, CancellationToken cancel = default) => db.Write(async s =>
    {
        var units = await UnitTree.Read(s);
        var resolver = await Check(s, viewer, command.Subject, command.Note, command.FromDay, units);
        await CheckSeen(s, command.Subject, command.Indicator, command.Source, command.SeenId);
        if (command.Source == TargetSource.Industry && string.IsNullOrWhiteSpace(command.Note))
            throw new InvalidField("note", "Origin", "note: say where the industry's figure comes from.");
        for (var (day, today) = (command.FromDay, company.DayOf(s.Now)); day < today; day = day.AddDays(1))
            if (resolver.On(command.Subject, command.Indicator, day) is not null)
                throw new InvalidField("from", "Past", "from: another target was in force by then, and the past is not held against a new one. Choose today or later.");
        var baseline = command.Source == TargetSource.OwnBaseline ? await Baseline(s, command, units) : null;
        var (lowest, highest) = (command.Indicator.Lowest, command.Indicator.Highest);
        if ((baseline?.Value ?? command.Target) is not { } aim || !double.IsFinite(aim) || !(aim >= lowest && aim <= highest))
            throw new InvalidField("target", "Range", FormattableString.Invariant($"target: a number from {lowest} to {highest}."));
        return await Store(s, viewer, "targetSet", command.Subject, command.Indicator, command.Source, command.FromDay, aim, command.Note, baseline);
    }, cancel);

    /// <summary>From a day on a source has no number there any more: the next source counts, or the level above.</summary>
    /// <returns>The id of the end.</returns>
    /// <exception cref="InvalidField">of, source, from or note cannot be taken, and why.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else set a target there since the one that was seen.</exception>
    public Task<int> End(Viewer viewer, EndTarget command, CancellationToken cancel = default) => db.Write(async s =>
    {
        await Check(s, viewer, command.Subject, command.Note, command.FromDay, await UnitTree.Read(s));
        await CheckSeen(s, command.Subject, command.Indicator, command.Source, command.SeenId);
        if (command.FromDay < company.DayOf(s.Now)) throw new InvalidField("from", "PastEnd", "from: what was in force stays so. Choose today or later.");
        if ((await Of(s, command.Subject, command.Indicator, command.Source)).FirstOrDefault() is null or { IsEnd: true })
            throw new InvalidField("source", "NothingToEnd", "source: there is no target of this source to end.");
        return await Store(s, viewer, "targetEnded", command.Subject, command.Indicator, command.Source, command.FromDay, null, command.Note, null);
    }, cancel);

    /// <returns>The rule's id.</returns>
    /// <exception cref="InvalidField">rule or from cannot be taken, and why.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else set a rule since the one that was seen.</exception>
    public Task<int> SetRule(Viewer viewer, SetTargetRule command, CancellationToken cancel = default) => db.Write(async s =>
    {
        if (!MaySetRule(viewer)) throw new InvalidField("rule", "NotYourRule", "rule: executives and administrators set it.");
        if (!command.Order.Order().SequenceEqual(Enum.GetValues<TargetSource>())) throw new InvalidField("rule", "Each", "rule: each source once.");
        var today = company.DayOf(s.Now);
        if (command.FromDay < today || command.FromDay > today.AddYears(5)) throw new InvalidField("from", "PastRule", "from: from today to five years ahead; the past is not held against another rule.");
        if (command.SeenId is { } seen && (await TargetQuery.Rules(s)).MaxBy(r => r.Id) is { } newest && newest.Id != seen)
            throw new ChangedMeanwhile(newest.CreatedBy, null, newest.CreatedAt);
        var (first, second, third) = (command.Order[0], command.Order[1], command.Order[2]);
        var id = await s.Single<int>(InsertRule, new { fromDay = command.FromDay, source1 = (int)first, source2 = (int)second, source3 = (int)third, at = s.Now, by = viewer.Name });
        await Audit.Write(s, viewer, "targetRuleSet", "targetRule", id, new { command.FromDay, order = command.Order.Select(o => o.ToString()) });
        s.Changed(ChangeTopic.Targets);
        return id;
    }, cancel);

    private async Task<TargetResolver> Check(Session s, Viewer viewer, TargetSubject subject, string? note, DateOnly from, UnitTree units)
    {
        if (!MaySet(viewer, subject, units)) throw new InvalidField("of", "NotYours", "of: you set no targets there.");
        if (await s.Single<int>(Subjects, Columns(subject)) != 1) throw new InvalidField("of", "Unknown", "of: there is no such unit, product, channel or segment.");
        if (note?.Length > 1000) throw new InvalidField("note", "TooLong", "note: at most 1,000 characters.");
        if (from < Earliest || from > company.DayOf(s.Now).AddYears(5)) throw new InvalidField("from", "Day", "from: a day from 2000 to five years ahead.");
        return await TargetQuery.Resolver(s, units);
    }

    private static async Task CheckSeen(Session s, TargetSubject subject, TargetMeasure measure, TargetSource source, int? seen)
    {
        if (seen is null || (await Of(s, subject, measure, source)).FirstOrDefault() is not { } newest || newest.Id == seen) return;
        throw new ChangedMeanwhile(newest.CreatedBy, null, newest.CreatedAt);
    }

    // The one set last first.
    private static async Task<IEnumerable<TargetRow>> Of(Session s, TargetSubject subject, TargetMeasure measure, TargetSource source) =>
        (await TargetQuery.All(s)).Where(t => t.Subject == subject && t.Measure == measure && t.Source == source).OrderByDescending(t => t.Id);

    private async Task<int> Store(
        Session s, Viewer viewer, string what, TargetSubject of, Indicator indicator, TargetSource source, DateOnly fromDay, double? target, string? note, BaselineValue? baseline)
    {
        var (subject, measure) = (Columns(of), (TargetMeasure)indicator);
        var id = await s.Single<int>(Insert, new
        {
            subject.UnitId, subject.ProductId, subject.ChannelId, subject.SegmentId, kind = (int)measure.Kind, metricId = measure.MetricId,
            statistic = measure.IsTopTwo ? (int)IndicatorStatistic.TopTwo : 0, fromDay, target = target ?? 0, isEnd = target is null, source = (int)source, note,
            baselineFrom = baseline?.From, baselineTo = baseline?.To, baselineN = baseline?.N, at = s.Now, by = viewer.Name,
        });
        await Audit.Write(s, viewer, what, "target", id, new { subject, indicator = indicator.Code, fromDay, target, source = source.ToString(), baseline });
        s.Changed(ChangeTopic.Targets);
        return id;
    }

    private async Task<BaselineValue> Baseline(Session s, SetTarget command, UnitTree units)
    {
        var from = command.Baseline?.From ?? command.FromDay.AddYears(-1);
        var to = command.Baseline?.To ?? from.AddDays(BaselineDays);
        if (from < Earliest || to <= from || to.DayNumber - from.DayNumber > LongestBaseline) throw new InvalidField("baseline", "Days", "baseline: one day to two years, the first before the last.");
        if (to > company.DayOf(s.Now)) throw new InvalidField("baseline", "NotOver", "baseline: days that are over; the last before today.");
        var by = command.Subject.Axis is not { } axis ? ByOf(units.Find(command.Subject.Id)!.Kind) : axis switch
        {
            RollupAxis.Product => RollupBy.Product,
            RollupAxis.Channel => RollupBy.Channel,
            RollupAxis.Segment => RollupBy.Segment,
            RollupAxis.Team or RollupAxis.Agent => throw new InvalidField("of", "Unknown", "of: a unit, product, channel or segment."),
        };
        var rows = await RollupQuery.Totals(s, Viewer.System, new RollupFilter(by, command.Indicator.Kind, [command.Indicator.MetricId], from, to));
        var sums = rows.Where(r => r.KeyId == command.Subject.Id).Aggregate(default(IndicatorSums), (sum, r) => sum + r.Sums);
        return sums.N >= ScoreStatistics.MinimumN && IndicatorStatistics.Of(command.Indicator, sums).Value is { } value
            ? new BaselineValue(from, to, sums.N, value)
            : throw new InvalidField("baseline", "NoBaseline", FormattableString.Invariant($"baseline: only {sums.N} answers from {from:yyyy-MM-dd} to {to.AddDays(-1):yyyy-MM-dd}, which is no baseline."));
    }

    private static RollupBy ByOf(UnitKind kind) => kind switch
    {
        UnitKind.Company => RollupBy.Company,
        UnitKind.Region => RollupBy.Region,
        UnitKind.Team => RollupBy.Team,
    };

    private static SubjectColumns Columns(TargetSubject subject) => new(
        subject.Axis is null ? subject.Id : null,
        subject.Axis == RollupAxis.Product ? subject.Id : null,
        subject.Axis == RollupAxis.Channel ? subject.Id : null,
        subject.Axis == RollupAxis.Segment ? subject.Id : null);

    private sealed record SubjectColumns(int? UnitId, int? ProductId, int? ChannelId, int? SegmentId);

    private sealed record BaselineValue(DateOnly From, DateOnly To, long N, double Value);
}

/// <summary>From a day on, a unit, product, channel or segment is to reach this.</summary>
public sealed record SetTarget
{
    public required TargetSubject Subject { get; init; }
    public required Indicator Indicator { get; init; }
    public required DateOnly FromDay { get; init; }

    /// <summary>In the indicator's own unit; not asked for with an own baseline, which is worked out.</summary>
    public double? Target { get; init; }
    public required TargetSource Source { get; init; }

    /// <summary>Of an industry's figure it says where that comes from.</summary>
    public string? Note { get; init; }

    /// <summary>Of an own baseline: which days it is worked out from, the last exclusive; null for the same days last year.</summary>
    public (DateOnly From, DateOnly To)? Baseline { get; init; }

    /// <summary>The id of the newest target there of this source that the user saw, 0 for none; null where that does not matter.</summary>
    public int? SeenId { get; init; }
}

/// <summary>From a day on a source has no number for a unit, product, channel or segment.</summary>
public sealed record EndTarget
{
    public required TargetSubject Subject { get; init; }
    public required Indicator Indicator { get; init; }
    public required TargetSource Source { get; init; }
    public required DateOnly FromDay { get; init; }
    public string? Note { get; init; }

    /// <inheritdoc cref="SetTarget.SeenId"/>
    public int? SeenId { get; init; }
}

/// <summary>From a day on the sources count in this order, everywhere.</summary>
public sealed record SetTargetRule
{
    public required DateOnly FromDay { get; init; }

    /// <summary>Each source once, the one that goes before the others first.</summary>
    public required IReadOnlyList<TargetSource> Order { get; init; }

    /// <summary>The id of the newest rule that the user saw, 0 for none; null where that does not matter.</summary>
    public int? SeenId { get; init; }
}
