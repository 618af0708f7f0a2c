using System.Diagnostics;
using System.Globalization;
using CxDesk.Data.Calendars;
using NodaTime;

namespace CxDesk.Benchmarks;

/// <summary>
/// A deadline of 72 business hours over a calendar with lunch, holidays and make-up days, in a zone that changes its clocks.
/// The floor does the least that any answer must: one look for the offset of the start and one for that of the end.
/// </summary>
internal static class ClockBenchmark
{
    private const int Runs = 7, Deadlines = 100_000, Minutes = 72 * 60;

    public static Task Run()
    {
        var calendar = Calendar();
        var starts = Enumerable.Range(0, 1000).Select(i => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i * 523.0)).ToArray();
        var floor = Measure(starts, start => Floor(calendar, start));
        var deadline = Measure(starts, start => calendar.Deadline(start, Minutes).UtcTicks);
        Say("deadline of 72 business hours", deadline);
        Say("floor: the offsets at both ends", floor);
        Report.Ratio("deadline of 72 business hours", deadline.Each, floor.Each);
        return Task.CompletedTask;
    }

    private static BusinessCalendar Calendar() => new CalendarDocument
    {
        Zone = "Europe/Berlin",
        Hours = [.. from day in Enumerable.Range(1, 5) from hours in (BusinessHours[])[BusinessHours.Between(9, 12), BusinessHours.Between(13, 18)] select new WeekdayHours((DayOfWeek)day, hours)],
        Days = ShippedHolidays.All.First(set => set.Code == "cn").Days,
    }.ToCalendar(null, 0);

    private static long Floor(BusinessCalendar calendar, DateTimeOffset start)
    {
        var from = calendar.Zone.GetUtcOffset(Instant.FromDateTimeOffset(start));
        var to = calendar.Zone.GetUtcOffset(Instant.FromDateTimeOffset(start.AddDays(12)));
        return start.UtcTicks + from.Ticks - to.Ticks;
    }

    private static (TimeSpan Each, double Bytes) Measure(DateTimeOffset[] starts, Func<DateTimeOffset, long> work)
    {
        var sum = 0L;
        foreach (var start in starts) sum += work(start);      // warm
        var (times, bytes) = (new List<TimeSpan>(), 0L);
        for (var run = 0; run < Runs; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Deadlines; i++) sum += work(starts[i % starts.Length]);
            times.Add(Stopwatch.GetElapsedTime(began));
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        GC.KeepAlive(sum);
        return (Report.Median(times) / Deadlines, (double)bytes / Deadlines);
    }

    private static void Say(string what, (TimeSpan Each, double Bytes) measured) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} {measured.Each.TotalMicroseconds,12:N3} µs, {measured.Bytes:N1} bytes allocated"));
}
