using System.Diagnostics;
using CxDesk.Data.Drivers;

namespace CxDesk.Benchmarks;

/// <summary>
/// Relative weights with 1,000 bootstrap draws over 100,000 answers that rate 12 attributes. The floor is the bare sum of
/// products of every two columns, one loop on one thread, as often as there are draws.
/// </summary>
internal static class DriversBenchmark
{
    private const int Answers = 100_000, Attributes = 12, FloorDraws = 20, LimitSeconds = 10;

    public static Task Run()
    {
        var table = Table();
        DriverAnalysis.Of(table, draws: 16, threads: Environment.ProcessorCount);       // warm
        var began = Stopwatch.GetTimestamp();
        var told = 0;
        var found = DriverAnalysis.Of(table, DriverAnalysis.Draws, Environment.ProcessorCount, new Count(() => Interlocked.Increment(ref told)));
        var took = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        var alone = DriverAnalysis.Of(table, DriverAnalysis.Draws / 10);
        var one = Stopwatch.GetElapsedTime(began) * 10;
        var floor = Floor(table) * ((double)DriverAnalysis.Draws / FloorDraws);

        Report.Figure("drivers: answers", found.N, "");
        Report.Figure("drivers: attributes, draws", Attributes, $", {found.Draws:N0}");
        Report.Figure("drivers: R², and what the weights add up to", found.RSquared.Value, $"= {found.Drivers.Sum(d => d.Weight.Value):0.000000}", "0.000000");
        Report.Figure("drivers: times that progress was told", told, "");
        Report.Figure("drivers: one thread", one.TotalSeconds, "s", "N2");
        Report.Figure("floor: bare sums of products, one thread", floor.TotalSeconds, "s", "N2");
        Report.Ratio("drivers: all threads", took, floor);
        Report.AtMost("drivers: 1,000 draws, all threads", took.TotalSeconds, LimitSeconds, "s");
        GC.KeepAlive(alone);
        return Task.CompletedTask;
    }

    private static DriverTable Table()
    {
        var random = new Random(5);
        double Rating(double felt) => Math.Clamp(Math.Round(3.5 + felt), 1, 5);
        double Noise() => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
        var moods = Enumerable.Range(0, Answers).Select(_ => Noise()).ToArray();
        return new DriverTable
        {
            Attributes = [.. Enumerable.Range(1, Attributes).Select(j => new DriverAttribute(j, $"a{j}", $"a{j}", 1, 5))],
            Ratings = [.. Enumerable.Range(1, Attributes).Select(j => moods.Select(m => Rating(m * (.4 + j * .1) + Noise())).ToArray())],
            Outcome = [.. moods.Select(m => Rating(1.5 * m + Noise()))],
            Rated = Answers, LeftOut = [],
        };
    }

    private static TimeSpan Floor(DriverTable table)
    {
        double[][] columns = [.. table.Ratings, table.Outcome];
        var sum = 0.0;
        var began = Stopwatch.GetTimestamp();
        for (var draw = 0; draw < FloorDraws; draw++)
            for (var j = 0; j < columns.Length; j++)
                for (var k = j; k < columns.Length; k++)
                {
                    var (a, b) = (columns[j], columns[k]);
                    var products = 0.0;
                    for (var i = 0; i < a.Length; i++) products += a[i] * b[i];
                    sum += products;
                }
        GC.KeepAlive(sum);
        return Stopwatch.GetElapsedTime(began);
    }

    private sealed class Count(Action told) : IProgress<double>
    {
        public void Report(double value) => told();
    }
}
