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
}

/// <summary>
/// Which target is in force. Pure. The nearest level that has one decides: a team's own, else its region's, else the
/// company's; a product's or channel's own, else the company's. On that level management goes before the own baseline,
/// and that before the industry; of one source the latest whose first day has come counts, and of two with the same
/// first day the one set last. So a target never reaches back over days before its own.
/// </summary>
public sealed class TargetResolver(IEnumerable<TargetRow> targets, UnitTree units)
{
    private readonly Dictionary<(TargetSubject, Metric), TargetRow[]> _targets = targets
        .GroupBy(t => (t.Subject, t.Metric))
        .ToDictionary(g => g.Key, g => g.OrderByDescending(t => t.Source).ThenByDescending(t => t.FromDay).ThenByDescending(t => t.Id).ToArray());

    /// <summary>The target in force on a day; null where there is none on any level.</summary>
    public TargetRow? On(TargetSubject subject, Metric metric, DateOnly day) =>
        Levels(subject).Select(level => Own(level, metric, day)).FirstOrDefault(t => t is not null);

    /// <summary>
    /// The target of a period: the mean of those in force, each day weighing as many answers as it had,
    /// Σ n·target / Σ n over the days that have a target. Without answers, the one in force on the last day.
    /// </summary>
    /// <param name="answers">How many answers on which day held against whose target.</param>
    public double? Over(IEnumerable<(TargetSubject Subject, DateOnly Day, long N)> answers, TargetSubject own, Metric metric, DateOnly lastDay)
    {
        var (any, several) = (false, false);
        var (n, sum) = (0L, 0.0);
        double? single = null;
        foreach (var (subject, day, count) in answers.Where(a => a.N > 0))
        {
            any = true;
            if (On(subject, metric, day)?.Target is not { } target) continue;
            several |= single is { } first && first != target;
            single ??= target;
            n += count;
            sum += count * target;
        }
        if (!any) return On(own, metric, lastDay)?.Target;
        // A single target is itself, not what multiplying and dividing leave of it.
        return several ? sum / n : single;
    }

    private TargetRow? Own(TargetSubject subject, Metric metric, DateOnly day) =>
        _targets.TryGetValue((subject, metric), out var own) ? own.FirstOrDefault(t => t.FromDay <= day) : null;

    private IEnumerable<TargetSubject> Levels(TargetSubject subject) => subject.Axis is null
        ? units.PathUp(subject.Id).Select(u => TargetSubject.Unit(u.Id))
        : [subject, TargetSubject.Unit(units.Company.Id)];
}
