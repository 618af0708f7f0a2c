using CxDesk.Data.Calendars;
using CxDesk.Data.Policies;

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

    /// <summary>
    /// When to remind the owner: before <see cref="DueAt"/>, then at it; of a case that waits, when its wait is over. It may lie in
    /// the past where the time became shorter.
    /// </summary>
    public required DateTimeOffset? NextWarningAt { get; init; }
    public required int? FirstResponseMinutes { get; init; }
    public required DateTimeOffset? FirstResponseDueAt { get; init; }
    public required DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>Fixed for ever by the first response; null before it, and where none was asked for.</summary>
    public required bool? FirstResponseInTime { get; init; }
    public required int RuleVersion { get; init; }
    public required string? RuleKey { get; init; }

    /// <summary>Somebody chose the severity: no rule changes it any more.</summary>
    public required bool SeverityByHand { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required bool? ResolvedInTime { get; init; }
    public required int? ElapsedMinutes { get; init; }
    public required string? RootCause { get; init; }
    public required ContactOutcome? ContactOutcome { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int RowVersion { get; init; }

    /// <summary>The customer was answered. Only the first time counts, and whether that was in time never changes.</summary>
    public CaseTally Tally => new(RegionId, TeamId, Status, Severity, DueAt);

    public CaseState Responded(DateTimeOffset at) => FirstResponseAt is not null ? this : this with
    {
        FirstResponseAt = at,
        FirstResponseInTime = FirstResponseDueAt is { } due ? at <= due : null,
    };

    public CaseState Paused(DateTimeOffset at, string reason, DateTimeOffset? until) =>
        this with { WaitingSince = at, WaitingReason = reason, WaitingUntil = until, NextEscalationAt = null, NextWarningAt = until };

    /// <summary>Ends a pause: the deadline moves by the whole business minutes of the pause and by no more. Without one nothing changes.</summary>
    public CaseState Unpaused(BusinessCalendar calendar, CaseTiming timing, DateTimeOffset at)
    {
        if (WaitingSince is not { } since) return this;
        var paused = PausedMinutes + (int)calendar.Elapsed(since, at).TotalMinutes;
        return (this with { PausedMinutes = paused, WaitingSince = null, WaitingUntil = null, WaitingReason = null }).Timed(calendar, timing);
    }

    /// <summary>
    /// Gives an open case another severity by hand. More urgent, it gets the time of that severity from then on and never
    /// more than it had left, as when a further answer raises it; less urgent, all the time of that severity from the start.
    /// </summary>
    /// <param name="timing">Of the new severity.</param>
    public CaseState Judged(BusinessCalendar calendar, CaseTiming timing, CaseSeverity severity, DateTimeOffset at)
    {
        var judged = this with { Severity = severity, SeverityByHand = true, TargetMinutes = Given(TargetMinutes, timing.TargetMinutes) };
        if (FirstResponseAt is null && timing.FirstResponseMinutes is { } minutes)
        {
            var response = FirstResponseMinutes is { } before ? Given(before, minutes) : minutes;
            judged = judged with { FirstResponseMinutes = response, FirstResponseDueAt = calendar.Deadline(ClockFrom, response) };
        }
        return judged.Timed(calendar, timing);

        int Given(int before, int after) => severity < Severity
            ? CaseClock.RaisedMinutes(calendar, ClockFrom, PausedMinutes, WaitingSince, before, after, at)
            : Math.Max(before, after);
    }

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
            NextWarningAt = null,
        };
    }

    /// <summary>Starts the clock anew with the time that the policy gives: a new breach may come, the old one is over.</summary>
    public CaseState Restarted(BusinessCalendar calendar, CaseTiming timing, PolicyRestart restart, DateTimeOffset at) => (this with
    {
        ClockFrom = at,
        TargetMinutes = restart.Minutes(timing.TargetMinutes, ResolvedAt is { } resolved ? calendar.Elapsed(resolved, DueAt) : TimeSpan.Zero),
        PausedMinutes = 0,
        Breach = Breach + 1,
        EscalationLevel = 0,
        EscalatedToId = null,
        ResolvedAt = null,
        ClosedAt = null,
        RootCause = null,
        ContactOutcome = null,
    }).Timed(calendar, timing);

    /// <summary>Counts an open case anew by another calendar; the levels it has climbed stay.</summary>
    public CaseState Retimed(BusinessCalendar calendar, CaseTiming timing, IReadOnlyList<CasePause> pauses)
    {
        var timed = (this with { PausedMinutes = CaseClock.PausedMinutes(calendar, ClockFrom, pauses) }).Timed(calendar, timing);
        return timed with
        {
            FirstResponseDueAt = FirstResponseAt is null && FirstResponseMinutes is { } minutes ? calendar.Deadline(ClockFrom, minutes) : FirstResponseDueAt,
            // What has nothing to climb any more does not begin again, and one deadline is warned of once.
            NextEscalationAt = NextEscalationAt is null ? null : timed.NextEscalationAt,
            NextWarningAt = NextWarningAt is null && timed.DueAt == DueAt ? null : timed.NextWarningAt,
        };
    }

    /// <summary>
    /// Puts an open case under another policy. Its time changes by as much as the policy's did, so that what a rise of its
    /// severity had given it stays; an answer once given was in time or not by the time that held then.
    /// </summary>
    /// <param name="calendar">The one that the case goes by.</param>
    /// <param name="before">What the old policy gave to its rule and severity.</param>
    /// <param name="after">What the new one gives to those it has now; null: its rule is off, it keeps its time and falls silent.</param>
    public CaseState Rejudged(BusinessCalendar calendar, int version, string? ruleKey, CaseSeverity severity, CaseTiming before, CaseTiming? after)
    {
        var judged = this with { RuleVersion = version, RuleKey = ruleKey, Severity = severity };
        if (after is null) return judged with { NextEscalationAt = null, NextWarningAt = null };
        var (response, open) = (FirstResponseMinutes, FirstResponseAt is null);
        if (open && before.FirstResponseMinutes != after.FirstResponseMinutes)
            response = after.FirstResponseMinutes is { } minutes ? Math.Max(1, (response ?? minutes) + minutes - (before.FirstResponseMinutes ?? minutes)) : null;
        judged = (judged with
        {
            TargetMinutes = Math.Max(1, TargetMinutes + after.TargetMinutes - before.TargetMinutes),
            FirstResponseMinutes = response,
            FirstResponseDueAt = response == FirstResponseMinutes ? FirstResponseDueAt : response is { } given ? calendar.Deadline(ClockFrom, given) : null,
        }).Timed(calendar, after);
        // One deadline is warned of once.
        return NextWarningAt is null && judged.DueAt == DueAt && before.WarnMinutesBefore == after.WarnMinutesBefore ? judged with { NextWarningAt = null } : judged;
    }

    private CaseState Timed(BusinessCalendar calendar, CaseTiming timing)
    {
        var due = calendar.Deadline(ClockFrom, TargetMinutes + PausedMinutes);
        return this with
        {
            DueAt = due,
            CalendarId = calendar.Id,
            NextEscalationAt = WaitingSince is null ? CaseClock.NextEscalation(calendar, due, EscalationLevel, timing) : null,
            NextWarningAt = WaitingSince is null ? CaseClock.Warning(calendar, due, timing) : WaitingUntil,
        };
    }
}
