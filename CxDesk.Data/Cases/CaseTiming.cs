namespace CxDesk.Data.Cases;

/// <summary>How much time a policy gives a case, all in business minutes.</summary>
public sealed record CaseTiming
{
    /// <summary>From the start of the clock until somebody has answered the customer; null: not asked for.</summary>
    public int? FirstResponseMinutes { get; init; }

    /// <summary>From the start of the clock to the deadline.</summary>
    public required int TargetMinutes { get; init; }

    /// <summary>The owner is warned so long before the deadline; null: never.</summary>
    public int? WarnMinutesBefore { get; init; }

    /// <summary>After the deadline, when the case climbs to level 1, 2, …; rising. Empty: it never climbs.</summary>
    public IReadOnlyList<int> EscalationSteps { get; init; } = [];

    /// <summary>For a case whose rule is switched off: it keeps its time, and nothing warns or climbs.</summary>
    public CaseTiming Silent() => this with { WarnMinutesBefore = null, EscalationSteps = [] };
}
