using CxDesk.Data.Calendars;

namespace CxDesk.Data.Cases;

/// <summary>A stretch of business time between the start of a case's clock and its deadline.</summary>
/// <param name="IsPause">The case waited for the customer: not counted.</param>
public readonly record struct ClockStretch(DateTimeOffset From, DateTimeOffset To, bool IsPause)
{
    public TimeSpan Length => To - From;
}

/// <summary>A time in which a case waited for the customer.</summary>
public readonly record struct CasePause(DateTimeOffset From, DateTimeOffset To);

/// <summary>How a case's deadline and its next escalation follow from its clock. Pure.</summary>
public static class CaseClock
{
    /// <summary>When an unattended case climbs next; null when its policy has no further level for it.</summary>
    /// <param name="level">The levels climbed so far.</param>
    public static DateTimeOffset? NextEscalation(BusinessCalendar calendar, DateTimeOffset dueAt, int level, CaseTiming timing) =>
        level < timing.EscalationSteps.Count ? calendar.Deadline(dueAt, timing.EscalationSteps[level]) : null;

    /// <summary>When the owner is to be warned of a deadline: so many business minutes before it; null for never.</summary>
    public static DateTimeOffset? Warning(BusinessCalendar calendar, DateTimeOffset dueAt, CaseTiming timing) =>
        timing.WarnMinutesBefore is { } minutes ? calendar.Warning(dueAt, minutes) : null;

    /// <summary>When the customer must have been answered; null where the policy asks for no first response.</summary>
    public static DateTimeOffset? FirstResponse(BusinessCalendar calendar, DateTimeOffset clockFrom, CaseTiming timing) =>
        timing.FirstResponseMinutes is { } minutes ? calendar.Deadline(clockFrom, minutes) : null;

    /// <summary>Business time left until a deadline; negative when it is over. While the customer is waited for it stands.</summary>
    public static TimeSpan Left(BusinessCalendar calendar, DateTimeOffset dueAt, DateTimeOffset? waitingSince, DateTimeOffset now)
    {
        var at = waitingSince ?? now;
        return at <= dueAt ? calendar.Elapsed(at, dueAt) : -calendar.Elapsed(dueAt, at);
    }

    /// <summary>The ended pauses of a clock, as the timeline of its case tells them, in order.</summary>
    public static IReadOnlyList<CasePause> Pauses(IEnumerable<CaseEventRow> events, DateTimeOffset clockFrom) =>
    [
        .. from e in events
           let since = e.Detail.WaitingSince
           where since >= clockFrom && e.HappenedAt >= clockFrom
           orderby since
           select new CasePause(since.Value, e.HappenedAt),
    ];

    /// <summary>What pauses add to a target: the whole business minutes of each that lies in the clock's time.</summary>
    public static int PausedMinutes(BusinessCalendar calendar, DateTimeOffset clockFrom, IEnumerable<CasePause> pauses) =>
        pauses.Where(pause => pause.From >= clockFrom).Sum(pause => (int)calendar.Elapsed(pause.From, pause.To).TotalMinutes);

    /// <summary>
    /// The business minutes of a case that becomes more urgent: those of its new severity from then on, and never more than
    /// it had left. Else a case of days ago would be overdue the moment it is raised.
    /// </summary>
    /// <param name="before">The business minutes given so far.</param>
    /// <param name="after">Those of the new severity.</param>
    public static int RaisedMinutes(
        BusinessCalendar calendar, DateTimeOffset clockFrom, int pausedMinutes, DateTimeOffset? waitingSince, int before, int after, DateTimeOffset at)
    {
        var stopped = waitingSince is { } since && since < at ? since : at;
        var used = (int)calendar.Elapsed(clockFrom, stopped).TotalMinutes - pausedMinutes;
        return Math.Min(before, Math.Max(0, used) + after);
    }

    /// <summary>
    /// The working of a deadline: business time from the start of the clock on, cut where the case waited, until the
    /// target is used up. What is counted sums to the target.
    /// </summary>
    /// <param name="pauses">In order, without overlap. A pause takes out its whole business minutes, as the deadline does.</param>
    public static IReadOnlyList<ClockStretch> Working(
        BusinessCalendar calendar, DateTimeOffset clockFrom, int targetMinutes, IEnumerable<CasePause> pauses)
    {
        var stretches = new List<ClockStretch>();
        var (from, left) = (clockFrom, TimeSpan.FromMinutes(targetMinutes));
        foreach (var pause in pauses)
        {
            var ran = calendar.Elapsed(from, pause.From);
            Add(from, ran < left ? ran : left, isPause: false);
            left = ran < left ? left - ran : TimeSpan.Zero;
            var paused = TimeSpan.FromMinutes((int)calendar.Elapsed(pause.From, pause.To).TotalMinutes);
            Add(pause.From, paused, isPause: true);
            from = calendar.Deadline(pause.From, paused);
        }
        Add(from, left, isPause: false);
        return stretches;

        void Add(DateTimeOffset begin, TimeSpan businessTime, bool isPause) =>
            stretches.AddRange(calendar.Segments(begin, businessTime).Select(s => new ClockStretch(s.From, s.To, isPause)));
    }
}
