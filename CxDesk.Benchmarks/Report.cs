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
}
