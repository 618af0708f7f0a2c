using CxDesk.Data.Calendars;

namespace CxDesk.Data.Cases;

/// <summary>A stretch of business time between the start of a case's clock and its deadline.</summary>
/// <param name="IsPause">The case waited for the customer: not counted.</param>
public readonly record struct ClockStretch(DateTimeOffset From, DateTimeOffset To, bool IsPause)
{
    public TimeSpan Length => To - From;
}

/// <summary>How a case's deadline and its next escalation follow from its clock. Pure.</summary>
public static class CaseClock
{
    /// <summary>When an unattended case climbs next: at its deadline, then one level after every further step.</summary>
    /// <param name="level">The levels climbed so far.</param>
    /// <param name="step">Business time between two levels.</param>
    public static DateTimeOffset NextEscalation(BusinessCalendar calendar, DateTimeOffset dueAt, int level, TimeSpan step) =>
        calendar.Deadline(dueAt, level * step);

    /// <summary>Business time left until a deadline; negative when it is over. While the customer is waited for it stands.</summary>
    public static TimeSpan Left(BusinessCalendar calendar, DateTimeOffset dueAt, DateTimeOffset? waitingSince, DateTimeOffset now)
    {
        var at = waitingSince ?? now;
        return at <= dueAt ? calendar.Elapsed(at, dueAt) : -calendar.Elapsed(dueAt, at);
    }

    /// <summary>
    /// The working of a deadline: business time from the start of the clock on, cut where the case waited, until the
    /// target is used up. What is counted sums to the target.
    /// </summary>
    /// <param name="pauses">In order, without overlap. A pause takes out its whole business minutes, as the deadline does.</param>
    public static IReadOnlyList<ClockStretch> Working(
        BusinessCalendar calendar, DateTimeOffset clockFrom, int targetMinutes, IEnumerable<(DateTimeOffset From, DateTimeOffset To)> pauses)
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
