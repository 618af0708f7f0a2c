using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Targets;

/// <summary>What a target is for. An agent is held against their team's.</summary>
public readonly record struct TargetSubject
{
    public RollupAxis? Axis { get; private init; }
    public int Id { get; private init; }

    public static TargetSubject Unit(int id) => new() { Id = id };
    public static TargetSubject Product(int id) => new() { Axis = RollupAxis.Product, Id = id };
    public static TargetSubject Channel(int id) => new() { Axis = RollupAxis.Channel, Id = id };
    public static TargetSubject Segment(int id) => new() { Axis = RollupAxis.Segment, Id = id };

    /// <param name="axis">As stored with gaps: 0 is a unit.</param>
    public static TargetSubject Of(int axis, int id) => new() { Axis = axis == 0 ? null : (RollupAxis)axis, Id = id };
}

/// <summary>What a target is of: two indicators of one metric differ in whether only its top two count.</summary>
public readonly record struct TargetMeasure(RollupKind Kind, int MetricId, bool IsTopTwo = false)
{
    public static implicit operator TargetMeasure(Indicator indicator) => new(indicator.Kind, indicator.MetricId, indicator.Statistic == IndicatorStatistic.TopTwo);
    public static implicit operator TargetMeasure(Metric metric) => new(RollupKind.Score, (int)metric);
}

/// <summary>
/// Which target is in force. Pure. The nearest level that has one decides: a team's own, else its region's, else the
/// company's; a product's or channel's own, else the company's. On that level the rule of the day says which
/// source goes before which; of one source the latest whose first day has come counts, and of two with the same first day
/// the one set last; a source that ended counts no more. So a target never reaches back over days before its own.
/// </summary>
public sealed class TargetResolver(IEnumerable<TargetRow> targets, UnitTree units, TargetRules? rules = null)
{
    private readonly TargetRules _rules = rules ?? TargetRules.None;
    private readonly Dictionary<(TargetSubject, TargetMeasure, DateOnly), double?> _found = [];

    /// <summary>The days on which any target may be another than the day before.</summary>
    public IReadOnlyCollection<DateOnly> Turns { get; } = [.. targets.Select(t => t.FromDay).Concat((rules ?? TargetRules.None).Turns).Distinct()];

    private readonly Dictionary<(TargetSubject, TargetMeasure), ILookup<TargetSource, TargetRow>> _targets = targets
        .GroupBy(t => (t.Subject, t.Measure))
        .ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.FromDay).ThenByDescending(t => t.Id).ToLookup(t => t.Source));

    /// <summary>The target in force on a day; null where there is none on any level.</summary>
    public TargetRow? On(TargetSubject subject, TargetMeasure measure, DateOnly day) =>
        Levels(subject).Select(level => Counting(level, measure, day)).FirstOrDefault(t => t is not null);

    /// <inheritdoc cref="On(TargetSubject, TargetMeasure, DateOnly)"/>
    public TargetRow? On(TargetSubject subject, Indicator indicator, DateOnly day) => On(subject, (TargetMeasure)indicator, day);

    /// <inheritdoc cref="On(TargetSubject, TargetMeasure, DateOnly)"/>
    public TargetRow? On(TargetSubject subject, Metric metric, DateOnly day) => On(subject, (TargetMeasure)metric, day);

    /// <summary>
    /// What each source says on the level that decides, in the order in which they count on that day: the first is the
    /// target in force. Empty where there is none on any level.
    /// </summary>
    public IReadOnlyList<TargetRow> SideBySide(TargetSubject subject, TargetMeasure measure, DateOnly day) =>
        Levels(subject).Select(level => Own(level, measure, day).ToList()).FirstOrDefault(own => own.Count > 0) ?? [];

    /// <summary>
    /// The target of a period: the mean of those in force, each day weighing as many answers as it had,
    /// Σ n·target / Σ n over the days that have a target. Without answers, the one in force on the last day.
    /// </summary>
    /// <param name="answers">How many answers on which day held against whose target.</param>
    public double? Over(IEnumerable<(TargetSubject Subject, DateOnly Day, long N)> answers, TargetSubject own, TargetMeasure measure, DateOnly lastDay)
    {
        var (any, several) = (false, false);
        var (n, sum) = (0L, 0.0);
        double? single = null;
        foreach (var (subject, day, count) in answers.Where(a => a.N > 0))
        {
            any = true;
            if (Found(subject, measure, day) is not { } target) continue;
            several |= single is { } first && first != target;
            single ??= target;
            n += count;
            sum += count * target;
        }
        if (!any) return On(own, measure, lastDay)?.Target;
        // A single target is itself, not what multiplying and dividing leave of it.
        return several ? sum / n : single;
    }

    /// <inheritdoc cref="Over(IEnumerable{ValueTuple{TargetSubject, DateOnly, long}}, TargetSubject, TargetMeasure, DateOnly)"/>
    public double? Over(IEnumerable<(TargetSubject Subject, DateOnly Day, long N)> answers, TargetSubject own, Indicator indicator, DateOnly lastDay) =>
        Over(answers, own, (TargetMeasure)indicator, lastDay);

    /// <inheritdoc cref="Over(IEnumerable{ValueTuple{TargetSubject, DateOnly, long}}, TargetSubject, TargetMeasure, DateOnly)"/>
    public double? Over(IEnumerable<(TargetSubject Subject, DateOnly Day, long N)> answers, TargetSubject own, Metric metric, DateOnly lastDay) =>
        Over(answers, own, (TargetMeasure)metric, lastDay);

    /// <summary>What counts on each subject's own level, from which day until which: days of one number in one piece, none where there is no number.</summary>
    public IEnumerable<TargetSpan> Spans()
    {
        foreach (var ((subject, measure), sources) in _targets)
        {
            var turns = sources.SelectMany(s => s).Select(t => t.FromDay).Concat(_rules.Turns).Distinct().Order().ToList();
            TargetSpan? open = null;
            foreach (var day in turns)
            {
                var now = Counting(subject, measure, day)?.Target;
                if (open?.Target == now) continue;
                if (open is not null) yield return open with { ToDay = day };
                open = now is { } target ? new TargetSpan(subject, measure, day, DateOnly.MaxValue, target) : null;
            }
            if (open is not null) yield return open;
        }
    }

    // Rows of one team ask for the same again and again.
    private double? Found(TargetSubject subject, TargetMeasure measure, DateOnly day) =>
        _found.TryGetValue((subject, measure, day), out var known) ? known : _found[(subject, measure, day)] = On(subject, measure, day)?.Target;

    private TargetRow? Counting(TargetSubject subject, TargetMeasure measure, DateOnly day) => Own(subject, measure, day).FirstOrDefault();

    private IEnumerable<TargetRow> Own(TargetSubject subject, TargetMeasure measure, DateOnly day) =>
        _targets.TryGetValue((subject, measure), out var own)
            ? _rules.On(day).Select(source => own[source].FirstOrDefault(t => t.FromDay <= day)).Where(t => t is { IsEnd: false }).Select(t => t!)
            : [];

    private IEnumerable<TargetSubject> Levels(TargetSubject subject) => subject.Axis is null
        ? units.PathUp(subject.Id).Select(u => TargetSubject.Unit(u.Id))
        : [subject, TargetSubject.Unit(units.Company.Id)];
}

/// <param name="ToDay">The first day on which it counts no more; the last there is while it goes on.</param>
public sealed record TargetSpan(TargetSubject Subject, TargetMeasure Measure, DateOnly FromDay, DateOnly ToDay, double Target);
