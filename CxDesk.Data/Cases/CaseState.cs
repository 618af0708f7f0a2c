using CxDesk.Data.Calendars;

namespace CxDesk.Data.Cases;

/// <summary>What a case's life changes, as it stands in its row, and how its clock moves. Pure.</summary>
internal sealed record CaseState
{
    public required long Id { get; init; }
    public required int RegionId { get; init; }
    public required int TeamId { get; init; }
    public required long? CustomerId { get; init; }
    public required string? OwnerName { get; init; }
    public required string ProductName { get; init; }

    public required CaseStatus Status { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required DateTimeOffset ClockFrom { get; init; }
    public required int TargetMinutes { get; init; }
    public required int PausedMinutes { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What the deadline was counted by.</summary>
    public required int? CalendarId { get; init; }
    public required DateTimeOffset? WaitingSince { get; init; }
    public required DateTimeOffset? WaitingUntil { get; init; }
    public required string? WaitingReason { get; init; }
    public required int? OwnerId { get; init; }
    public required int ProductId { get; init; }
    public required int Breach { get; init; }
    public required int EscalationLevel { get; init; }
    public required int? EscalatedToId { get; init; }
    public required DateTimeOffset? NextEscalationAt { get; init; }
    public required DateTimeOffset? FirstResponseAt { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required bool? ResolvedInTime { get; init; }
    public required int? ElapsedMinutes { get; init; }
    public required string? RootCause { get; init; }
    public required ContactOutcome? ContactOutcome { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int RowVersion { get; init; }

    public CaseState Responded(DateTimeOffset at) => this with { FirstResponseAt = FirstResponseAt ?? at };

    public CaseState Paused(DateTimeOffset at, string reason, DateTimeOffset? until) =>
        this with { WaitingSince = at, WaitingReason = reason, WaitingUntil = until, NextEscalationAt = null };

    /// <summary>Ends a pause: the deadline moves by the whole business minutes of the pause and by no more. Without one nothing changes.</summary>
    public CaseState Unpaused(BusinessCalendar calendar, TimeSpan climbStep, DateTimeOffset at)
    {
        if (WaitingSince is not { } since) return this;
        var paused = PausedMinutes + (int)calendar.Elapsed(since, at).TotalMinutes;
        return (this with { PausedMinutes = paused, WaitingSince = null, WaitingUntil = null, WaitingReason = null }).Timed(calendar, climbStep);
    }

    /// <summary>Gives an open case another severity, and the deadline that this had meant from the start.</summary>
    public CaseState Judged(BusinessCalendar calendar, TimeSpan climbStep, CaseSeverity severity) =>
        (this with { Severity = severity, TargetMinutes = CaseRules.TargetMinutes(severity) }).Timed(calendar, climbStep);

    /// <summary>
    /// Ends an unpaused clock. Hit or miss and elapsed time are those of the first resolution for ever; how a later one
    /// did stands in its event.
    /// </summary>
    public CaseState Ended(BusinessCalendar calendar, DateTimeOffset at, out bool inTime, out int elapsed)
    {
        inTime = at <= DueAt;
        elapsed = Math.Max(0, (int)calendar.Elapsed(ClockFrom, at).TotalMinutes - PausedMinutes);
        return this with
        {
            ResolvedAt = at,
            ResolvedInTime = ResolvedInTime ?? inTime,
            ElapsedMinutes = ElapsedMinutes ?? elapsed,
            NextEscalationAt = null,
        };
    }

    /// <summary>Starts the clock anew with the policy's target: a new breach may come, the old one is over.</summary>
    public CaseState Restarted(BusinessCalendar calendar, TimeSpan climbStep, DateTimeOffset at) => (this with
    {
        ClockFrom = at,
        TargetMinutes = CaseRules.TargetMinutes(Severity),
        PausedMinutes = 0,
        Breach = Breach + 1,
        EscalationLevel = 0,
        EscalatedToId = null,
        ResolvedAt = null,
        ClosedAt = null,
        RootCause = null,
        ContactOutcome = null,
    }).Timed(calendar, climbStep);

    private CaseState Timed(BusinessCalendar calendar, TimeSpan climbStep)
    {
        var due = calendar.Deadline(ClockFrom, TargetMinutes + PausedMinutes);
        return this with { DueAt = due, CalendarId = calendar.Id, NextEscalationAt = WaitingSince is null ? CaseClock.NextEscalation(calendar, due, EscalationLevel, climbStep) : null };
    }
}
