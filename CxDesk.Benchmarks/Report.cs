using System.Globalization;

namespace CxDesk.Benchmarks;

/// <summary>How a figure is printed: always beside its floor, measured in the same run.</summary>
internal static class Report
{
    public static void Machine()
    {
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        Console.WriteLine($"{Environment.ProcessorCount} processors, load {load}, .NET {Environment.Version}");
    }

    public static void Rate(string what, long count, TimeSpan took, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} {count / took.TotalSeconds,12:N0} {unit} a second"));

    public static void Ratio(string what, TimeSpan took, TimeSpan floor) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} {took / floor,12:N2} times the floor"));

    /// <summary>The middle one, since a machine has moods.</summary>
    public static TimeSpan Median(IEnumerable<TimeSpan> runs)
    {
        var sorted = runs.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>How many, the middle one and the one that nineteen of twenty stay under; beside a floor, p95 against its p95.</summary>
    public static void Times(string what, IReadOnlyCollection<TimeSpan> times, IReadOnlyCollection<TimeSpan>? floor = null) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-60} n {times.Count,5:N0}  p50 {Share(times, .5).TotalMilliseconds,9:N3} ms  p95 {Share(times, .95).TotalMilliseconds,9:N3} ms{(floor is null ? "" : $"{Share(times, .95) / Share(floor, .95),9:N2} times the floor")}"));

    /// <summary>False once a figure missed its limit.</summary>
    public static bool AllMet { get; private set; } = true;

    public static void Figure(string what, double value, string unit, string format = "N0") =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} {value.ToString(format, CultureInfo.InvariantCulture),12} {unit}"));

    /// <summary>How many, the middle one, and the one that this share stays under.</summary>
    public static void Delays(string what, Delays delays, double share) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-60} n {delays.Count,9:N0}  p50 {delays.Under(.5).TotalMilliseconds,9:N1} ms  p{share * 100:N0} {delays.Under(share).TotalMilliseconds,9:N1} ms"));

    public static void AtMost(string what, double value, double limit, string unit) => Met(what, value, unit, "at most", limit, value <= limit);

    public static void AtLeast(string what, double value, double limit, string unit) => Met(what, value, unit, "at least", limit, value >= limit);

    private static void Met(string what, double value, string unit, string side, double limit, bool met)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} {value,12:N2} {unit}; {side} {limit:0.##}: {(met ? "met" : "MISSED")}"));
        AllMet &= met;
    }

    public static TimeSpan Share(IEnumerable<TimeSpan> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
