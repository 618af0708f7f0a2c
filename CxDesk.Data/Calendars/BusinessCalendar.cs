using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using NodaTime;

namespace CxDesk.Data.Calendars;

/// <summary>
/// Local working hours of one day. When <paramref name="To"/> is not after <paramref name="From"/> they end on the
/// next day: 22:00–06:00 is a night, 00:00–00:00 the whole day.
/// </summary>
public readonly record struct BusinessHours(TimeOnly From, TimeOnly To)
{
    public static readonly BusinessHours WholeDay = new(TimeOnly.MinValue, TimeOnly.MinValue);

    public static BusinessHours Between(int fromHour, int toHour) =>
        new(new TimeOnly(fromHour, 0), new TimeOnly(toHour % 24, 0));
}

/// <summary>Hours that recur every week on one day; a day may have several.</summary>
public readonly record struct WeekdayHours(DayOfWeek Day, BusinessHours Hours);

/// <summary>A date on which other hours hold than its weekday says.</summary>
public sealed class CalendarException
{
    private CalendarException(DateOnly date, bool keepsWeekday, IReadOnlyList<BusinessHours> hours)
    {
        Date = date;
        KeepsWeekday = keepsWeekday;
        Hours = hours;
    }

    public DateOnly Date { get; }

    /// <summary>True when <see cref="Hours"/> come on top of the weekday's own, false when they replace them.</summary>
    public bool KeepsWeekday { get; }

    public IReadOnlyList<BusinessHours> Hours { get; }

    /// <summary>A holiday: takes away the hours that begin on the date.</summary>
    public static CalendarException Closed(DateOnly date) => new(date, false, []);

    /// <summary>Only these hours begin on the date: a short day, or a make-up working day (调休).</summary>
    public static CalendarException Instead(DateOnly date, params BusinessHours[] hours) => new(date, false, [.. hours]);

    /// <summary>These hours begin on the date as well as the weekday's own.</summary>
    public static CalendarException Also(DateOnly date, params BusinessHours[] hours) => new(date, true, [.. hours]);
}

/// <summary>
/// When a place works: hours by weekday and exceptions by date, in one time zone. Immutable and safe to share.
/// Hours belong to the date they begin on. Hours that overlap count once.
/// </summary>
public sealed class BusinessCalendar
{
    private static readonly ConcurrentDictionary<string, BusinessCalendar> Standards = new(StringComparer.Ordinal);

    private readonly LocalSpan[][] _week;
    private readonly Dictionary<int, LocalSpan[]> _exceptions = [];

    /// <param name="zone">The zone whose local time the hours are in.</param>
    /// <param name="week">At least one entry: a calendar that is empty in every ordinary week reaches no deadline.</param>
    /// <param name="exceptions">At most one for a date.</param>
    /// <exception cref="ArgumentException">The week is empty, or a date has two exceptions.</exception>
    public BusinessCalendar(
        DateTimeZone zone, IEnumerable<WeekdayHours> week, IEnumerable<CalendarException>? exceptions = null)
    {
        Zone = zone;
        var byDay = week.ToLookup(entry => entry.Day, entry => entry.Hours);
        if (byDay.Count == 0)
            throw new ArgumentException("The calendar has no working hours in its week, so no deadline is ever reached.", nameof(week));

        // DateOnly day 0 is a Monday, so day number modulo 7 finds the weekday.
        _week = [.. Enumerable.Range(0, 7).Select(day => Merge(byDay[(DayOfWeek)((day + 1) % 7)]))];

        foreach (var exception in exceptions ?? [])
        {
            var day = exception.Date.DayNumber;
            IEnumerable<BusinessHours> weekday = exception.KeepsWeekday ? byDay[exception.Date.DayOfWeek] : [];
            if (!_exceptions.TryAdd(day, Merge(weekday.Concat(exception.Hours))))
                throw new ArgumentException($"The calendar has two exceptions for {exception.Date:yyyy-MM-dd}.", nameof(exceptions));
        }
    }

    public DateTimeZone Zone { get; }

    /// <summary>The stored version that this is; null where nothing is stored.</summary>
    public int? Id { get; init; }

    /// <summary>Its number among the versions of its region; 0 where nothing is stored.</summary>
    public int Version { get; init; }

    /// <summary>The days that are not like their weekday, with their names, as far as those are known.</summary>
    public IReadOnlyDictionary<DateOnly, CalendarDay> Days { get; init; } = ReadOnlyDictionary<DateOnly, CalendarDay>.Empty;

    /// <summary>Monday to Friday 9–18, no holidays: what holds until a region has a calendar of its own.</summary>
    /// <param name="zoneId">An IANA zone id, such as Asia/Shanghai.</param>
    /// <exception cref="ArgumentException">The zone is not known.</exception>
    public static BusinessCalendar Standard(string zoneId) =>
        Standards.GetOrAdd(zoneId, id => MondayToFriday(id, BusinessHours.Between(9, 18)));

    /// <summary>The same hours from Monday to Friday, and none at the weekend.</summary>
    /// <exception cref="ArgumentException">The zone is not known, or no hours are given.</exception>
    public static BusinessCalendar MondayToFriday(string zoneId, params BusinessHours[] hours) =>
        new(ZoneOf(zoneId),
            from day in Enumerable.Range((int)DayOfWeek.Monday, 5)
            from span in hours
            select new WeekdayHours((DayOfWeek)day, span));

    /// <summary>The zone of an IANA id.</summary>
    /// <exception cref="ArgumentException">The zone is not known.</exception>
    public static DateTimeZone ZoneOf(string zoneId) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId)
        ?? throw new ArgumentException($"'{zoneId}' is not an IANA time zone.", nameof(zoneId));

    /// <summary>The merged hours that begin on a day (<see cref="DateOnly.DayNumber"/>), in order.</summary>
    internal LocalSpan[] HoursOf(int day) =>
        _exceptions.Count > 0 && _exceptions.TryGetValue(day, out var hours) ? hours : _week[day % 7];

    private static LocalSpan[] Merge(IEnumerable<BusinessHours> hours)
    {
        var merged = new List<LocalSpan>();
        foreach (var span in hours.Select(LocalSpan.Of).OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            else
                merged.Add(span);
        }

        return [.. merged];
    }
}

/// <summary>Local ticks since the midnight of the day the hours begin on; <c>To</c> may lie in the next day.</summary>
internal readonly record struct LocalSpan(long From, long To)
{
    public static LocalSpan Of(BusinessHours hours) =>
        new(hours.From.Ticks, hours.To > hours.From ? hours.To.Ticks : hours.To.Ticks + TimeSpan.TicksPerDay);
}
