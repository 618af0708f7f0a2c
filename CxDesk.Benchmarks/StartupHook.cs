using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime;

/// <summary>
/// Runs inside a measured server (DOTNET_STARTUP_HOOKS) before its own first line, and tells what only it can know: the
/// live heap after a collection. .NET looks for a type of this name outside of any namespace.
/// </summary>
internal static class StartupHook
{
    public const string Heap = "heap";
    public const string Answer = "probe:";

    /// <summary>Asks what a counter that goes up and down stands at: <c>count cxdesk.feed.topics</c>.</summary>
    public const string Count = "count ";

    /// <summary>Asks how many methods were compiled so far, those among them that were compiled again because they run often.</summary>
    public const string Compiled = "compiled";

    private static readonly ConcurrentDictionary<string, long> Counts = new();

    public static void Initialize()
    {
        var counters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is UpDownCounter<int> or UpDownCounter<long>) listener.EnableMeasurementEvents(instrument);
            },
        };
        counters.SetMeasurementEventCallback<int>((instrument, by, _, _) => Counts.AddOrUpdate(instrument.Name, by, (_, n) => n + by));
        counters.SetMeasurementEventCallback<long>((instrument, by, _, _) => Counts.AddOrUpdate(instrument.Name, by, (_, n) => n + by));
        counters.Start();
        new Thread(Listen) { IsBackground = true }.Start();
    }

    private static void Listen()
    {
        while (Console.In.ReadLine() is { } asked)
        {
            if (asked.StartsWith(Count, StringComparison.Ordinal)) Console.Out.WriteLine(Answer + Counts.GetValueOrDefault(asked[Count.Length..]).ToString(CultureInfo.InvariantCulture));
            if (asked == Compiled) Console.Out.WriteLine(Answer + JitInfo.GetCompiledMethodCount().ToString(CultureInfo.InvariantCulture));
            if (asked != Heap) continue;
            for (var i = 0; i < 3; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
            Console.Out.WriteLine(Answer + GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
        }
    }
}
