using CxDesk.Data.Cases;

namespace CxDesk.Data.Policies;

/// <summary>
/// A case desk in memory that takes answers as intake does: a customer has one open case at most, which further answers
/// join and may make more urgent. A rehearsed case ends when the real case that holds the answer which opened it was
/// resolved; where no case holds it, or that is still open, it does not end. Pure.
/// </summary>
internal sealed class RehearsedDesk
{
    private readonly Dictionary<long, Case> _open = [];
    private readonly List<Case> _opened = [];

    // All cases of before that do not end are one: their severity is not counted.
    private readonly Case _endless = new();
    private int _joined;

    /// <summary>A case that the customer had before the first answer.</summary>
    public void Had(long customerId, DateTimeOffset? resolvedAt) => _open[customerId] = resolvedAt is null ? _endless : new Case { EndsAt = resolvedAt };

    /// <param name="endsAt">When the real case that holds the answer was resolved.</param>
    public void Take(long? customerId, DateTimeOffset receivedAt, CaseSeverity severity, int teamId, DateTimeOffset? endsAt)
    {
        if (customerId is { } known && _open.TryGetValue(known, out var open) && (open.EndsAt is null || open.EndsAt > receivedAt))
        {
            _joined++;
            if (severity < open.Severity) open.Severity = severity;
            return;
        }
        var opened = new Case { Severity = severity, TeamId = teamId, EndsAt = endsAt > receivedAt ? endsAt : null };
        _opened.Add(opened);
        if (customerId is { } id) _open[id] = opened;
    }

    public RehearsedCases Sum() => new(
        _opened.Count, _joined, [.. Enum.GetValues<CaseSeverity>().Select(s => _opened.Count(c => c.Severity == s))],
        _opened.CountBy(c => c.TeamId).ToDictionary());

    private sealed class Case
    {
        public CaseSeverity Severity { get; set; } = CaseSeverity.Low;
        public int TeamId { get; init; }
        public DateTimeOffset? EndsAt { get; init; }
    }
}
