using CxDesk.Data.Calendars;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace CxDesk.Tests.Calendars;

/// <summary>Laws of the clock over random calendars, zones and clock changes: five of them, 20,000 cases each.</summary>
public sealed class BusinessClockProperties
{
    private const int Cases = 20_000;

    private static readonly string[] Zones =
        ["UTC", "Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Africa/Cairo"];

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<BusinessHours> Hours =
        from start in Gen.Choose(0, 95)
        from end in Gen.Choose(0, 95)
        select new BusinessHours(TimeOnly.MinValue.AddMinutes(start * 15), TimeOnly.MinValue.AddMinutes(end * 15));

    private static readonly Gen<WeekdayHours> Entry =
        from day in Gen.Choose(0, 6)
        from hours in Hours
        select new WeekdayHours((DayOfWeek)day, hours);

    private static readonly Gen<CalendarException> Exception =
        from day in Gen.Choose(0, 364)
        from kind in Gen.Choose(0, 2)
        from hours in Hours.ArrayOf(2)
        let date = DateOnly.FromDateTime(Epoch.DateTime).AddDays(day)
        select kind switch
        {
            0 => CalendarException.Closed(date),
            1 => CalendarException.Instead(date, hours),
            _ => CalendarException.Also(date, hours),
        };

    internal static readonly Gen<Situation> Situations =
        from zone in Gen.Elements(Zones)
        from size in Gen.Choose(1, 8)
        from week in Entry.ArrayOf(size)
        from exceptions in Exception.ArrayOf(20)
        from start in Starts(zone)
        from minutes in Gen.Choose(0, 72 * 60)
        from more in Gen.Choose(0, 24 * 60)
        select new Situation(zone, week, [.. exceptions.DistinctBy(exception => exception.Date)], start, minutes, more);

    // Any minute of the year; every other time one of the week around a change of clocks, where the zone has any.
    private static Gen<DateTimeOffset> Starts(string zone)
    {
        var changes = BusinessCalendar.ZoneOf(zone)
            .GetZoneIntervals(Instant.FromDateTimeOffset(Epoch), Instant.FromDateTimeOffset(Epoch.AddYears(1)))
            .Skip(1).Select(period => period.Start.ToDateTimeOffset()).ToArray();
        var any = Gen.Choose(0, 365 * 24 * 60).Select(minutes => Epoch.AddMinutes(minutes));
        return changes.Length == 0 ? any : Gen.OneOf(any,
            from change in Gen.Elements(changes)
            from minutes in Gen.Choose(-5 * 24 * 60, 2 * 24 * 60)
            select change.AddMinutes(minutes));
    }

    internal sealed record Situation(
        string Zone, WeekdayHours[] Week, CalendarException[] Exceptions, DateTimeOffset Start, int Minutes, int More)
    {
        public BusinessCalendar Calendar => new(BusinessCalendar.ZoneOf(Zone), Week, Exceptions);
    }

    private static void Holds(Func<Situation, BusinessCalendar, bool> law) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases),
            Prop.ForAll(Situations.ToArbitrary(), situation => law(situation, situation.Calendar)));

    [Fact]
    [Trait("Behaviour", "4")]
    public void Elapsed_to_the_deadline_is_the_target() =>
        Holds((s, calendar) => calendar.Elapsed(s.Start, calendar.Deadline(s.Start, s.Minutes)) == TimeSpan.FromMinutes(s.Minutes));

    [Fact]
    [Trait("Behaviour", "4")]
    public void Counting_in_two_steps_equals_counting_at_once() =>
        Holds((s, calendar) =>
            calendar.Deadline(calendar.Deadline(s.Start, s.Minutes), s.More) == calendar.Deadline(s.Start, s.Minutes + s.More));

    [Fact]
    [Trait("Behaviour", "5")]
    public void Segments_are_in_order_apart_and_sum_to_the_target() =>
        Holds((s, calendar) =>
        {
            var segments = calendar.Segments(s.Start, s.Minutes);
            return segments.Sum(segment => segment.Length.Ticks) == s.Minutes * TimeSpan.TicksPerMinute
                && segments.All(segment => segment.Length > TimeSpan.Zero && segment.From >= s.Start)
                && segments.Zip(segments.Skip(1)).All(pair => pair.First.To <= pair.Second.From)
                && (segments.Count == 0 || segments[^1].To == calendar.Deadline(s.Start, s.Minutes));
        });

    [Fact]
    [Trait("Behaviour", "9")]
    public void Warning_lies_its_business_minutes_before_the_deadline() =>
        Holds((s, calendar) => calendar.Elapsed(calendar.Warning(s.Start, s.Minutes), s.Start) == TimeSpan.FromMinutes(s.Minutes));

    [Fact]
    [Trait("Behaviour", "1")]
    public void Later_starts_and_longer_targets_never_end_earlier() =>
        Holds((s, calendar) =>
        {
            var due = calendar.Deadline(s.Start, s.Minutes);
            return calendar.Deadline(s.Start.AddMinutes(s.More), s.Minutes) >= due
                && calendar.Deadline(s.Start, s.Minutes + s.More) >= due
                && calendar.Elapsed(s.Start, due.AddMinutes(s.More)) >= TimeSpan.FromMinutes(s.Minutes);
        });
}
