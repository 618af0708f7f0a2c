using System.Globalization;
using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;
using MathNet.Numerics.Distributions;

namespace CxDesk.Benchmarks;

using Colour = CxDesk.Data.Rollups.Standing;

/// <summary>
/// How often a tile turns red though nothing is wrong: data that never change, a target at the true mean or a little under
/// it, months of business days of ten hours, looked at every minute. Ours beside what boards usually do (red where the value
/// is under the target) and beside the fixed 95 % interval. Then how soon a true drop is found. Fails over one wrong red a
/// tile and month.
/// </summary>
internal static class RedsBenchmark
{
    private const int Minutes = 600, DaysAMonth = 30;

    /// <summary>More than this is a broken promise.</summary>
    private const double Most = 1;

    private static readonly Stable[] Kinds =
    [
        new("csat", Metric.Csat, [(1, .05), (2, .10), (3, .10), (4, .30), (5, .45)]),
        new("nps", Metric.Nps, [(3, .25), (8, .30), (9, .45)]),
        new("ces", Metric.Ces, [(1, .02), (2, .03), (3, .05), (4, .10), (5, .20), (6, .25), (7, .35)]),
        new("wait", null, []),
    ];

    public static Task Run()
    {
        Console.WriteLine("wrong reds per tile and month, target at the true mean and 0.1 σ under it (for a wait, over it); ambers of ours beside");
        Console.WriteLine($"{"",-6}{"a day",6} {"target",-7}{"window",-7}{"ours",8}{"amber",8}{"value < target",16}{"95 % interval",15}{"months",8}");
        var worst = 0.0;
        foreach (var kind in Kinds)
            foreach (var perDay in (int[])[20, 100, 500, 2000])
                foreach (var slack in (double[])[0, 0.1])
                    worst = Math.Max(worst, Turns(kind, perDay, slack, months: 24));
        Report.AtMost("reds: wrong ones a tile and month, the worst of all", worst, Most, "a month");
        Console.WriteLine();
        Console.WriteLine("hours of business until a true drop is red (csat, from the opening of a day on; middle of 41 runs; – : not within 10 days)");
        Console.WriteLine($"{"a day",6}{"drop",7}{"today",9}{"7d",9}{"30d",9}");
        foreach (var perDay in (int[])[100, 500, 2000])
            foreach (var drop in (double[])[0.1, 0.25, 0.5])
                Found(perDay, drop);
        return Task.CompletedTask;
    }

    private static double Turns(Stable kind, int perDay, double slack, int months)
    {
        var target = kind.Mean - (kind.Metric is null ? -1 : 1) * slack * kind.Deviation;
        var floor = new Floor(kind, perDay, target, new Random(perDay + (int)(slack * 1000) + kind.Name.Length));
        for (var day = 0; day < Floor.Before; day++) floor.Day(judge: false);
        for (var day = 0; day < months * DaysAMonth; day++) floor.Day(judge: true);
        foreach (var tile in floor.Tiles)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind.Name,-6}{perDay,6} {(slack == 0 ? "at" : "beyond"),-7}{tile.Name,-7}{tile.Ours.Turned / (double)months,8:N2}{tile.Amber.Turned / (double)months,8:N2}{tile.Plain.Turned / (double)months,16:N1}{tile.Fixed.Turned / (double)months,15:N1}{months,8}"));
        return floor.Tiles.Max(tile => tile.Ours.Turned / (double)months);
    }

    private static void Found(int perDay, double drop)
    {
        var hours = new List<double>[] { [], [], [] };
        for (var run = 0; run < 41; run++)
        {
            var floor = new Floor(Kinds[0], perDay, Kinds[0].Mean, new Random(run));
            for (var day = 0; day < Floor.Before; day++) floor.Day(judge: false);
            // So many who would have given a 5 give a 1.
            floor.Drop = drop / 4;
            for (var day = 0; day < 10; day++) floor.Day(judge: true);
            for (var i = 0; i < 3; i++) hours[i].Add(floor.Tiles[i + 1].FirstRed is { } minute ? minute / 60.0 : double.PositiveInfinity);
        }
        var middle = hours.Select(h => h.Order().ElementAt(h.Count / 2)).Select(h => double.IsInfinity(h) ? "–" : h.ToString("N1", CultureInfo.InvariantCulture)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perDay,6}{drop,7:N2}{middle[0],9}{middle[1],9}{middle[2],9}"));
    }

    /// <summary>What never changes: the shares of the answers; a wait is exponential with a mean of 300 seconds.</summary>
    private sealed record Stable(string Name, Metric? Metric, (int Value, double Share)[] Answers)
    {
        public double Mean => Metric is null ? 300 : Answers.Sum(a => a.Share * Worth(a.Value));
        public double Deviation => Metric is null ? 300 : Math.Sqrt(Answers.Sum(a => a.Share * Math.Pow(Worth(a.Value) - Mean, 2)));

        private double Worth(int value) => Metric == CxDesk.Data.Rollups.Metric.Nps ? value >= 9 ? 100 : value <= 6 ? -100 : 0 : value;

        public double Draw(Random random, double drop)
        {
            if (Metric is null) return -300 * Math.Log(1 - random.NextDouble());
            var dice = random.NextDouble();
            if (dice > 1 - drop) return Answers[0].Value;
            foreach (var (value, share) in Answers)
                if ((dice -= share) < 0) return value;
            return Answers[^1].Value;
        }
    }

    /// <summary>The four tiles of one subject, and the chart of its days.</summary>
    private sealed class Floor(Stable kind, int perDay, double target, Random random)
    {
        /// <summary>Days for the baseline and the longest window.</summary>
        public const int Before = 30;

        private readonly List<Sums> _days = [];
        private readonly List<XmrDay> _chart = [];
        private XmrBaseline? _baseline;
        private XmrSignal? _signal;
        private int _judged;

        public double Drop { get; set; }
        public Tile[] Tiles { get; } = [new("hour", 0), new("today", 1), new("7d", 7), new("30d", 30)];

        public void Day(bool judge)
        {
            var arrivals = new int[Minutes];
            for (var i = Poisson.Sample(random, perDay); i > 0; i--) arrivals[random.Next(Minutes)]++;
            var before = Tiles.Select(tile => _days.TakeLast(tile.Days - 1).Aggregate(default(Sums), (sum, day) => sum + day)).ToArray();
            var (byMinute, today, hour) = (new Sums[Minutes], default(Sums), default(Sums));
            for (var minute = 0; minute < Minutes; minute++)
            {
                for (var i = 0; i < arrivals[minute]; i++) byMinute[minute] += Sums.Of(kind, kind.Draw(random, Drop));
                today += byMinute[minute];
                hour += byMinute[minute];
                if (minute >= 60) hour -= byMinute[minute - 60];
                var changed = arrivals[minute] > 0;
                if (!judge) continue;
                _judged++;
                if (changed || (minute >= 60 && arrivals[minute - 60] > 0)) Look(Tiles[0], hour, Certainty.Hour);
                for (var i = 1; changed && i < Tiles.Length; i++) Look(Tiles[i], before[i] + today, Certainty.Days);
            }
            _days.Add(today);
            if (_days.Count > Before) _days.RemoveAt(0);
            Chart(today);
        }

        private void Chart(Sums day)
        {
            _chart.Add(new XmrDay(DateOnly.FromDayNumber(1).AddDays(_chart.Count == 0 ? 0 : _chart[^1].Day.DayNumber), day.N, day.N == 0 ? null : day.Value(kind)));
            if (_chart.Count > Before) _chart.RemoveAt(0);
            _baseline ??= XmrChart.Freeze(_chart);
            _signal = _baseline is null ? null : XmrChart.Signal(_baseline, _chart);
        }

        private void Look(Tile tile, in Sums sums, Certainty certainty)
        {
            if (sums.N == 0) return;
            var verdict = kind.Metric is { } metric
                ? FigureVerdict.OfScore(metric, sums.Scores, target, certainty, _signal)
                : FigureVerdict.OfMeasure(sums.Measure, target, certainty, _signal);
            tile.Ours.Set(verdict.Standing == Colour.Bad);
            tile.Amber.Set(verdict.Standing == Colour.Watch);
            if (verdict.Standing == Colour.Bad) tile.FirstRed ??= _judged;
            var (value, fixedRed) = kind.Metric is { } score
                ? (sums.Value(kind), ScoreStatistics.Of(score, sums.Scores).Against(target) == Colour.Bad)
                : (sums.Value(kind), sums.N >= ScoreStatistics.MinimumN && sums.Value(kind) - 1.96 * sums.Error > target);
            tile.Plain.Set(kind.Metric is null ? value > target : value < target);
            tile.Fixed.Set(fixedRed);
        }
    }

    private sealed class Tile(string name, int days)
    {
        public string Name => name;
        public int Days => days;
        public Light Ours { get; } = new();
        public Light Amber { get; } = new();
        public Light Plain { get; } = new();
        public Light Fixed { get; } = new();
        public int? FirstRed { get; set; }
    }

    private sealed class Light
    {
        private bool _on;

        /// <summary>How often it went on.</summary>
        public int Turned { get; private set; }

        public void Set(bool on)
        {
            if (on && !_on) Turned++;
            _on = on;
        }
    }

    /// <summary>Counts of answers by value, or Σx and Σx² of a measure.</summary>
    private readonly record struct Sums(ScoreSums Scores, double X, double XX, long Waits)
    {
        public static Sums Of(Stable kind, double value) => kind.Metric is null
            ? new(default, value, value * value, 1)
            : new(ScoreSums.Of((int)value), 0, 0, 0);

        public long N => Scores.N + Waits;
        public MeasureSums Measure => new(MeasureUnit.Seconds, Waits, X, XX);
        public double Error => Math.Sqrt((XX - X * X / Waits) / (Waits - 1) / Waits);
        public double Value(Stable kind) => kind.Metric is { } metric ? ScoreStatistics.Of(metric, Scores).Value!.Value : X / Waits;

        public static Sums operator +(Sums a, Sums b) => new(a.Scores + b.Scores, a.X + b.X, a.XX + b.XX, a.Waits + b.Waits);

        public static Sums operator -(Sums a, Sums b) => new(a.Scores - b.Scores, a.X - b.X, a.XX - b.XX, a.Waits - b.Waits);
    }
}
