namespace CxDesk.Data.Calendars;

/// <summary>What a day is that is not like its weekday.</summary>
public enum CalendarDayKind
{
    /// <summary>Nobody works.</summary>
    Holiday,

    /// <summary>Other hours than the weekday's, fewer as a rule.</summary>
    ShortDay,

    /// <summary>A day that is made up for (调休), on which people work though the week says no.</summary>
    WorkingDay,
}

/// <summary>A day of a calendar that is not like its weekday, with the name that people know it by.</summary>
public sealed record CalendarDay
{
    public required DateOnly Date { get; init; }
    public required CalendarDayKind Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>
    /// What a short day works. Of a working day too, or nothing: then it works as the first weekday does that works at all,
    /// whichever hours the calendar has by then.
    /// </summary>
    public IReadOnlyList<BusinessHours> Hours { get; init; } = [];

    public bool Equals(CalendarDay? other) =>
        other is not null && (Date, Kind, Name) == (other.Date, other.Kind, other.Name) && Hours.SequenceEqual(other.Hours);

    public override int GetHashCode() => HashCode.Combine(Date, Kind, Name);

    internal CalendarException In(IReadOnlyList<WeekdayHours> week) => Kind switch
    {
        CalendarDayKind.Holiday => CalendarException.Closed(Date),
        CalendarDayKind.ShortDay => CalendarException.Instead(Date, [.. Hours]),
        CalendarDayKind.WorkingDay => CalendarException.Instead(Date, [.. Hours.Count > 0 ? Hours : OrdinaryHours(week)]),
    };

    /// <summary>The hours of the first day from Monday on that has any.</summary>
    internal static IEnumerable<BusinessHours> OrdinaryHours(IReadOnlyList<WeekdayHours> week) => week
        .GroupBy(entry => ((int)entry.Day + 6) % 7)
        .OrderBy(day => day.Key)
        .First()
        .Select(entry => entry.Hours);
}
