using NodaTime;
using NodaTime.TimeZones;

namespace CxDesk.Data.Calendars;

/// <summary>A stretch of business time that a deadline counted, in UTC.</summary>
public readonly record struct BusinessSegment(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>
/// Counts business time over a <see cref="BusinessCalendar"/>. Minutes are elapsed minutes, so a working day in which
/// clocks change is an hour shorter or longer. A local time that a clock change skips means the end of the skipped hour,
/// one that occurs twice the earlier. All results are in UTC.
/// </summary>
/// <remarks>
/// Works in UTC ticks, day by day: deadlines are computed in bulk while answers stream in, so the loop allocates nothing.
/// </remarks>
public static class BusinessClock
{
    private const int LastDay = 3_652_058;

    /// <summary>The instant at which this much business time has passed since the start.</summary>
    /// <remarks>
    /// A deadline that lands on the end of working hours is that end, not the next opening. No time at all gives the
    /// start itself. Counting a and then b equals counting a + b.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or the deadline lies beyond the year 9999.</exception>
    public static DateTimeOffset Deadline(this BusinessCalendar calendar, DateTimeOffset start, TimeSpan businessTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(businessTime, TimeSpan.Zero);
        return Count(calendar, start, businessTime, null);
    }

    /// <inheritdoc cref="Deadline(BusinessCalendar, DateTimeOffset, TimeSpan)"/>
    public static DateTimeOffset Deadline(this BusinessCalendar calendar, DateTimeOffset start, int minutes) =>
        calendar.Deadline(start, TimeSpan.FromMinutes(minutes));

    /// <summary>The segments that <see cref="Deadline(BusinessCalendar, DateTimeOffset, int)"/> counts, in order; their lengths sum to the target.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or the deadline lies beyond the year 9999.</exception>
    public static IReadOnlyList<BusinessSegment> Segments(this BusinessCalendar calendar, DateTimeOffset start, int minutes) =>
        calendar.Segments(start, TimeSpan.FromMinutes(minutes));

    /// <inheritdoc cref="Segments(BusinessCalendar, DateTimeOffset, int)"/>
    public static IReadOnlyList<BusinessSegment> Segments(this BusinessCalendar calendar, DateTimeOffset start, TimeSpan businessTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(businessTime, TimeSpan.Zero);
        var segments = new List<BusinessSegment>();
        Count(calendar, start, businessTime, segments);
        return segments;
    }

    /// <summary>Business time between two instants; zero when <paramref name="to"/> is not after <paramref name="from"/>.</summary>
    public static TimeSpan Elapsed(this BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        long begin = from.UtcTicks, end = to.UtcTicks, elapsed = 0;
        if (end <= begin)
            return TimeSpan.Zero;

        var offsets = new Offsets(calendar.Zone);
        for (var day = offsets.DayOf(begin) - 1; day <= LastDay; day++)
        {
            var floor = Spill(calendar, day);
            foreach (var hours in HoursOf(calendar, day))
            {
                var opens = Math.Max(begin, offsets.ToUtc(day, Math.Max(hours.From, floor)));
                if (opens >= end)
                    return new TimeSpan(elapsed);
                elapsed += Math.Max(0, Math.Min(end, offsets.ToUtc(day, Math.Max(hours.To, floor))) - opens);
            }

            // A day without hours must still end the walk.
            if (offsets.ToUtc(day, 0) >= end)
                break;
        }

        return new TimeSpan(elapsed);
    }

    /// <summary>The instant this many business minutes before a deadline: when to warn.</summary>
    /// <remarks>A warning that lands on the beginning of working hours is that beginning, so that somebody is there.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The minutes are negative, or the warning lies before the year 1.</exception>
    public static DateTimeOffset Warning(this BusinessCalendar calendar, DateTimeOffset deadline, int minutesBefore)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutesBefore);
        long end = deadline.UtcTicks, left = minutesBefore * TimeSpan.TicksPerMinute;
        if (left == 0)
            return deadline.ToUniversalTime();

        var offsets = new Offsets(calendar.Zone);
        for (var day = Math.Min(LastDay, offsets.DayOf(end) + 1); day >= 0; day--)
        {
            var floor = Spill(calendar, day);
            var hours = HoursOf(calendar, day);
            for (var i = hours.Length - 1; i >= 0; i--)
            {
                var opens = offsets.ToUtc(day, Math.Max(hours[i].From, floor));
                var length = Math.Min(end, offsets.ToUtc(day, Math.Max(hours[i].To, floor))) - opens;
                if (length >= left)
                    return Utc(opens + length - left);
                left -= Math.Max(0, length);
            }
        }

        throw new ArgumentOutOfRangeException(nameof(minutesBefore), minutesBefore, "The warning lies before the year 1.");
    }

    /// <summary>Where a deadline moves when the case waited: later by the business time of the pause, and by no more.</summary>
    /// <remarks>Since counting is additive this equals counting target and pauses from the start; fold it over several pauses.</remarks>
    public static DateTimeOffset AfterPause(
        this BusinessCalendar calendar, DateTimeOffset deadline, DateTimeOffset pausedAt, DateTimeOffset resumedAt) =>
        calendar.Deadline(deadline, calendar.Elapsed(pausedAt, resumedAt));

    private static DateTimeOffset Count(
        BusinessCalendar calendar, DateTimeOffset start, TimeSpan businessTime, List<BusinessSegment>? segments)
    {
        long begin = start.UtcTicks, left = businessTime.Ticks;
        if (left == 0)
            return start.ToUniversalTime();

        var offsets = new Offsets(calendar.Zone);
        for (var day = offsets.DayOf(begin) - 1; day <= LastDay; day++)
        {
            var floor = Spill(calendar, day);
            foreach (var hours in HoursOf(calendar, day))
            {
                var opens = Math.Max(begin, offsets.ToUtc(day, Math.Max(hours.From, floor)));
                var length = offsets.ToUtc(day, Math.Max(hours.To, floor)) - opens;
                if (length <= 0)
                    continue;
                var counted = Math.Min(length, left);
                segments?.Add(new BusinessSegment(Utc(opens), Utc(opens + counted)));
                if (counted == left)
                    return Utc(opens + counted);
                left -= counted;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(businessTime), businessTime, "The deadline lies beyond the year 9999.");
    }

    private static LocalSpan[] HoursOf(BusinessCalendar calendar, int day) => day < 0 ? [] : calendar.HoursOf(day);

    // How far into the day the hours of the day before reach, in ticks; what they cover is not counted again.
    private static long Spill(BusinessCalendar calendar, int day) =>
        HoursOf(calendar, day - 1) is [.., var last] ? last.To - TimeSpan.TicksPerDay : 0;

    private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);

    // Converts local to UTC ticks. Remembers the offset period it is in: far from a clock change that is a subtraction.
    private struct Offsets(DateTimeZone zone)
    {
        private long _safeFrom = long.MaxValue;
        private long _safeTo = long.MinValue;
        private long _offset;

        public int DayOf(long utc)
        {
            Load(utc);
            return (int)Math.Clamp((utc + _offset) / TimeSpan.TicksPerDay, 0, LastDay);
        }

        public long ToUtc(int day, long ticksOfDay)
        {
            var local = day * TimeSpan.TicksPerDay + ticksOfDay;
            if (local - _offset is var near && near >= _safeFrom && near < _safeTo)
                return near;

            // Hours may begin before, or end after, what a DateTime holds; nobody works there.
            if (local < TimeSpan.TicksPerDay * 2 || local > (LastDay - 2) * TimeSpan.TicksPerDay)
                return Math.Clamp(local, 0, DateTime.MaxValue.Ticks);

            var exact = zone.ResolveLocal(LocalDateTime.FromDateTime(new DateTime(local)), EarlierOrEndOfGap)
                .ToDateTimeUtc().Ticks;
            Load(exact);
            return exact;
        }

        private static readonly ZoneLocalMappingResolver EarlierOrEndOfGap =
            Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

        // Two days from either end of the period no local time is skipped or doubled (offsets stay within 18 hours).
        private void Load(long utc)
        {
            var period = zone.GetZoneInterval(Instant.FromDateTimeUtc(new DateTime(utc, DateTimeKind.Utc)));
            _offset = period.WallOffset.Ticks;
            _safeFrom = (period.HasStart ? period.Start.ToDateTimeUtc().Ticks : 0) + 2 * TimeSpan.TicksPerDay;
            _safeTo = (period.HasEnd ? period.End.ToDateTimeUtc().Ticks : DateTime.MaxValue.Ticks) - 2 * TimeSpan.TicksPerDay;
        }
    }
}
