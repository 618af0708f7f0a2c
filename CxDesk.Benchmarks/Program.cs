using CxDesk.Benchmarks;

#pragma warning disable RS0030 // The wall clock enters here: everything else takes a TimeProvider.
var time = TimeProvider.System;
#pragma warning restore RS0030
if (args is [BareHost.Name])
{
    await BareHost.Run(time);
    return 0;
}

// dotnet run -c Release --project CxDesk.Benchmarks [-- NAME [SIZE…]]
var sizes = args.Select(a => int.TryParse(a, out var size) ? size : 0).Where(size => size > 0).ToList();
(string Name, Func<Task> Run)[] benchmarks =
[
    ("intake", IntakeBenchmark.Run),
    ("batch", BatchBenchmark.Run),
    ("rehearsal", RehearsalBenchmark.Run),
    ("board", () => BoardBenchmark.Run(sizes)),
    ("sweep", SweepBenchmark.Run),
    ("gaps", () => GapsBenchmark.Run(sizes)),
    ("clock", ClockBenchmark.Run),
    ("wall", WallBenchmark.Run),
    ("past", WallBenchmark.RunPast),
    ("walls", () => WallsBenchmark.Run(sizes, time)),
    ("reds", RedsBenchmark.Run),
    ("paint", () => PaintBenchmark.Run(time)),
    ("fanout", () => FanoutBenchmark.Run(time)),
    ("drivers", DriversBenchmark.Run),
    ("scorecards", () => ScorecardsBenchmark.Run(args.Contains("rebuild"))),
];

// Takes half an hour: only who asks for it gets it.
(string Name, Func<Task> Run) soak = ("soak", () => SoakBenchmark.Run(sizes, time));

var chosen = benchmarks.Where(b => args.Length == 0 || args.Contains(b.Name)).Concat(args.Contains(soak.Name) ? [soak] : []).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"usage: CxDesk.Benchmarks [{string.Join(" | ", benchmarks.Append(soak).Select(b => b.Name))}]");
    return 2;
}
Report.Machine();
foreach (var (_, run) in chosen) await run();
Report.Machine();
return Report.AllMet ? 0 : 1;
