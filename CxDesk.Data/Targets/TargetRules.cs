namespace CxDesk.Data.Targets;

/// <summary>
/// Which of the three sources counts where several have a number, from which day on. Pure. The latest rule whose first day
/// has come holds, of two with the same first day the one set last; before the first of them management goes before the
/// own baseline, and that before the industry.
/// </summary>
public sealed class TargetRules(IEnumerable<TargetRuleRow> rules)
{
    public static readonly IReadOnlyList<TargetSource> First = [TargetSource.Management, TargetSource.OwnBaseline, TargetSource.Industry];
    public static readonly TargetRules None = new([]);

    private readonly (DateOnly FromDay, IReadOnlyList<TargetSource> Order)[] _rules =
        [.. rules.OrderByDescending(r => r.FromDay).ThenByDescending(r => r.Id).Select(r => (r.FromDay, r.Order))];

    /// <summary>The days on which another order may begin.</summary>
    public IEnumerable<DateOnly> Turns => _rules.Select(r => r.FromDay);

    /// <summary>The sources in the order in which they count on a day.</summary>
    public IReadOnlyList<TargetSource> On(DateOnly day)
    {
        foreach (var (from, order) in _rules)
            if (from <= day) return order;
        return First;
    }
}

/// <summary>From a day on the sources count in this order.</summary>
public sealed record TargetRuleRow
{
    public required int Id { get; init; }
    public required DateOnly FromDay { get; init; }
    public required TargetSource Source1 { get; init; }
    public required TargetSource Source2 { get; init; }
    public required TargetSource Source3 { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }

    public IReadOnlyList<TargetSource> Order => [Source1, Source2, Source3];
}
