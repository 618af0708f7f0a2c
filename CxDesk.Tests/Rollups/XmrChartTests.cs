using CxDesk.Data.Rollups;
using FsCheck;
using FsCheck.Fluent;

namespace CxDesk.Tests.Rollups;

public sealed class XmrChartTests
{
    private static readonly DateOnly First = new(2026, 6, 1);

    private static List<XmrDay> Days(params double?[] values) => [.. values.Select((value, i) => new XmrDay(First.AddDays(i), value is null ? 0 : 100, value))];

    private static XmrBaseline Baseline(double centre = 4, double range = 0.1, long leastN = 5) => new(First.AddDays(-24), First, 24, centre, range, leastN);

    // NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: the flow rates of ten batches.
    [Fact]
    public void Limits_are_those_of_the_handbook()
    {
        double?[] flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
        // Often enough to fill a baseline; forth and back, so that no range is added between the repetitions but the ones there were.
        var back = flow.Reverse().Skip(1).ToArray();
        var ranges = flow.Zip(flow.Skip(1), (a, b) => Math.Abs(b!.Value - a!.Value)).Average();
        var baseline = new XmrBaseline(First, First.AddDays(10), 10, flow.Average()!.Value, ranges, 5);
        Assert.Equal(1.8778, ranges, 1e-4);
        Assert.Equal(50.81, baseline.Centre, 1e-9);
        Assert.Equal(55.8041, baseline.Upper, 0.002);
        Assert.Equal(45.8159, baseline.Lower, 0.002);
        var frozen = XmrChart.Freeze(Days([.. flow, .. back, .. flow.Skip(1)]))!;
        Assert.Equal(XmrChart.BaselineDays, frozen.Days);
    }

    [Fact]
    public void A_day_outside_the_limits_is_special()
    {
        var points = XmrChart.Judge(Baseline(), Days(4.0, 4.2, 3.72, 4.27));
        Assert.Equal([XmrRule.None, XmrRule.None, XmrRule.OutsideLimits, XmrRule.OutsideLimits], points.Select(p => p.Rule));
        Assert.Equal([false, true], points.TakeLast(2).Select(p => p.IsUp));
    }

    [Fact]
    public void The_eighth_in_a_row_on_one_side_is_special_and_the_seventh_is_not()
    {
        var points = XmrChart.Judge(Baseline(), Days(4.1, 3.9, 3.95, 3.9, 3.99, 3.9, 3.9, 3.9, 3.9, 3.9, 4.1));
        Assert.Equal([8, 9], points.Index().Where(p => p.Item.Rule == XmrRule.Run).Select(p => p.Index));
    }

    [Fact]
    public void A_day_without_answers_enough_is_no_point_and_breaks_no_run()
    {
        List<XmrDay> days = [.. Enumerable.Range(0, 9).Select(i => new XmrDay(First.AddDays(i), i == 4 ? 3 : 100, i == 4 ? 1 : 3.9))];
        var points = XmrChart.Judge(Baseline(), days);
        Assert.Equal(XmrRule.None, points[4].Rule);
        Assert.Equal(XmrRule.Run, points[8].Rule);
        Assert.Equal(First.AddDays(8), XmrChart.Signal(Baseline(), days)!.Value.Since);
    }

    [Fact]
    public void The_signal_is_what_the_last_day_says_since_the_first_of_its_row()
    {
        Assert.Null(XmrChart.Signal(Baseline(), Days(3.5, 4.0)));
        Assert.Equal(new XmrSignal(XmrRule.OutsideLimits, false, First.AddDays(1)), XmrChart.Signal(Baseline(), Days(4.0, 3.5, 3.6, null)));
        Assert.Equal(new XmrSignal(XmrRule.OutsideLimits, true, First.AddDays(1)), XmrChart.Signal(Baseline(), Days(3.5, 4.5)));
    }

    [Fact]
    public void A_baseline_takes_the_first_days_that_have_answers_enough_and_asks_as_much_of_the_days_after()
    {
        List<XmrDay> days = [.. Enumerable.Range(0, 60).Select(i => new XmrDay(First.AddDays(i), i % 7 >= 5 ? 20 : 200, 4 + i % 3 * 0.1))];
        var baseline = XmrChart.Freeze(days)!;
        Assert.Equal((24, 100L, First), (baseline.Days, baseline.LeastN, baseline.From));
        Assert.DoesNotContain(days.Where(d => d.Day >= baseline.From && d.Day < baseline.To && d.N >= baseline.LeastN), d => d.N == 20);
        Assert.Null(XmrChart.Freeze(days.Take(30)));
        Assert.Null(XmrChart.Freeze(days.Select(d => d with { Value = 5 })));
    }

    [Fact]
    public void Limits_move_and_stretch_with_the_data()
    {
        var values = Gen.Choose(100, 500).Select(v => v / 100.0).ListOf(XmrChart.BaselineDays);
        Prop.ForAll(values.ToArbitrary(), list =>
        {
            if (XmrChart.Freeze(Days([.. list.Select(v => (double?)v)])) is not { } plain) return true;
            var moved = XmrChart.Freeze(Days([.. list.Select(v => (double?)(3 * v + 7))]))!;
            return Math.Abs(moved.Lower - (3 * plain.Lower + 7)) < 1e-9 && Math.Abs(moved.Upper - (3 * plain.Upper + 7)) < 1e-9 && plain.Lower < plain.Centre;
        }).QuickCheckThrowOnFailure();
    }

    // Limits known; each direction alarms once in about 310 days.
    [Fact]
    public void Stable_days_alarm_as_rarely_as_documented()
    {
        var random = new Random(4);
        var (range, runs, days) = (2 / Math.Sqrt(Math.PI), 400, 0L);
        for (var run = 0; run < runs; run++)
        {
            var values = new List<XmrDay>();
            for (var length = 400; ; length *= 2)
            {
                while (values.Count < length) values.Add(new XmrDay(First.AddDays(values.Count), 100, MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1)));
                var points = XmrChart.Judge(Baseline(0, range), values);
                var alarm = points.Index().FirstOrDefault(p => p.Item is { Rule: not XmrRule.None, IsUp: false }, (-1, default)).Index;
                if (alarm < 0) continue;
                days += alarm + 1;
                break;
            }
        }
        Assert.InRange((double)days / runs, 270, 350);
    }
}
