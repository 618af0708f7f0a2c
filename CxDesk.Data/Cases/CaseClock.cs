namespace CxDesk.Data.Cases;

/// <summary>How a case's deadline and its next escalation follow from its clock. Pure.</summary>
public static class CaseClock
{
    /// <summary>Business minutes between two levels of the hierarchy, after the first at the deadline.</summary>
    public const int MinutesBetweenLevels = 4 * 60;

    /// <summary>When an unattended case climbs next: at its deadline, then one level every further four business hours.</summary>
    /// <param name="level">The levels climbed so far.</param>
    public static DateTimeOffset NextEscalation(BusinessCalendar calendar, DateTimeOffset dueAt, int level) =>
        calendar.Deadline(dueAt, level * MinutesBetweenLevels);
}
