using CxDesk.Data.Warnings;
using MathNet.Numerics.Distributions;

namespace CxDesk.Tests.Warnings;

public class WarningOutlookTests
{
    // A low score comes of half of the risk: 20 % in the same hour, 50 % in the next, 30 % in the one after.
    private static readonly double[] Delay = [.2, .5, .3];

    private static readonly Data.People.UnitRow Team = new() { Id = 5, ParentId = 2, Kind = Data.People.UnitKind.Team, Code = "t", Name = "T", IsNoTeam = false, IsActive = true };

    [Fact]
    public void Weights_of_a_known_truth_are_found()
    {
        var random = new Random(1);
        double[] a = [.. Enumerable.Range(0, 4000).Select(_ => 10 * random.NextDouble())], b = [.. a.Select(_ => 5 * random.NextDouble())], none = new double[4000];
        var weights = LagWeights.Fit([.. a.Zip(b, (x, y) => Poisson.Sample(random, 1e-9 + .7 * x + .2 * y))], [a, b, none]);
        Assert.Equal(.7, weights[0], .05);
        Assert.Equal(.2, weights[1], .1);
        Assert.Equal(0, weights[2]);
    }

    // Poisson tables: of mean 10, P(X ≤ 4) = .0293, P(X ≤ 5) = .0671, P(X ≤ 14) = .9165, P(X ≤ 15) = .9513.
    [Fact]
    public void The_interval_is_that_of_the_tables_and_wider_where_counts_vary_more()
    {
        Assert.Equal((5, 15), Overdispersed.Interval(10, 0, .9));
        Assert.Equal((0, 0), Overdispersed.Interval(0, 0, .9));
        var (low, high) = Overdispersed.Interval(10, .3, .9);
        var negative = new NegativeBinomial(1 / .3, 1 / (1 + .3 * 10));
        Assert.True(low < 5 && high > 15);
        Assert.True(negative.CumulativeDistribution(low) > .05 && negative.CumulativeDistribution(low - 1) <= .05);
        Assert.True(negative.CumulativeDistribution(high) >= .95 && negative.CumulativeDistribution(high - 1) < .95);
    }

    [Fact]
    public void The_least_excess_that_holds_what_was_seen_is_taken_and_the_widest_where_too_little_was()
    {
        var random = new Random(2);
        (double, int)[] Seen(double excess) => [.. Enumerable.Range(0, 4000).Select(_ => (10.0, excess > 0 ? Poisson.Sample(random, Gamma.Sample(random, 1 / excess, 1 / (10 * excess))) : Poisson.Sample(random, 10)))];
        Assert.Equal(0, Overdispersed.Calibrated(Seen(0), .9));
        Assert.InRange(Overdispersed.Calibrated(Seen(.28), .9), .2, .4);
        // Of 8 forecasts all held: nine of ten of whatever comes is more than that can tell.
        Assert.Equal(Overdispersed.Calibrated([], .9), Overdispersed.Calibrated([.. Seen(0).Take(8).Select(s => (10.0, 10))], .9));
        Assert.Equal(0, Overdispersed.Calibrated([.. Enumerable.Repeat((10.0, 10), 9)], .9));
    }

    // What the model cannot know: some days people are twice as cross, on others half.
    [Fact]
    public void The_interval_is_calibrated_so_that_it_holds_in_weeks_that_nothing_was_fitted_to()
    {
        var hours = Simulated(7, 20, mood: .3);
        QueueHour[] known = [.. hours.Take(12 * 168)];
        var (outlook, record) = (new WarningOutlook(known), WarningRecord.Of(known, 4, 300));
        Assert.True(record.Excess > 0);
        Assert.InRange(record.Coverage!.Value, .85, .96);
        double Holds(double excess) => WarningOutlook.Origins(hours).Where(t => t >= known.Length)
            .Average(t => outlook.Of(hours, t, excess) is var f && WarningOutlook.Came(hours, t) is var came && came >= f.Low && came <= f.High ? 1.0 : 0);
        Assert.InRange(Holds(record.Excess), .83, .97);
        Assert.True(Holds(0) < .8, $"Without the calibration it would hold {Holds(0)}");
    }

    // The rest of a hundred comes of what is usual anyway, which looks much the same.
    [Fact]
    public void A_minute_of_wait_has_its_price_in_low_scores()
    {
        var queue = QueueWarning.Of(Team, null, Simulated(8, 16), [new WaitChance(60, Chance(60)), new WaitChance(600, Chance(600))], 300);
        Assert.Equal([60, 600], queue.Prices.Select(p => p.Seconds));
        Assert.Equal(50 * Chance(60), queue.Prices[0].Low, 1.0);
        Assert.Equal(50 * Chance(600), queue.Prices[1].Low, 4.0);
        Assert.Equal(1, queue.Delay.Sum(), 1e-9);
        Assert.Equal(queue.Forecast.Mean, queue.Forecast.ByHour.Sum(), 1e-9);
        Assert.Equal(WarningOutlook.Ahead, queue.Forecast.ByHour.Count);
    }

    [Fact]
    public void Of_a_queue_with_a_known_truth_the_delay_is_found_warnings_come_true_and_intervals_hold()
    {
        var hours = Simulated(3, 16);
        var delay = new WarningOutlook(hours).Delay;
        for (var lag = 0; lag < Delay.Length; lag++) Assert.Equal(Delay[lag], delay[lag], .12);
        Assert.True(delay.Skip(3).Sum() < .12);

        var record = WarningRecord.Of(hours, 6, 300);
        Assert.InRange(record.Warnings, 10, 60);
        Assert.True(record.More >= .8 * record.Warnings && record.CameTrue <= record.More && record.CameTrue >= .7 * record.Warnings, $"{record}");
        Assert.InRange(record.Coverage!.Value, .82, .97);
    }

    [Fact]
    public void A_long_wait_lets_expect_more_than_usual_and_a_short_one_does_not()
    {
        var hours = Simulated(4, 12);
        var model = new WarningOutlook(hours);
        var noon = hours.FindLastIndex(h => h.Slot % 24 == 11);
        QueueHour[] calm = [.. hours.Take(noon), hours[noon] with { Contacts = 40, WaitSum = 40 * 100, Risk = 40 * Chance(100) }];
        QueueHour[] rush = [.. hours.Take(noon), hours[noon] with { Contacts = 40, WaitSum = 40 * 700, Risk = 40 * Chance(700) }];
        var (few, many) = (model.Of(calm, noon, 0), model.Of(rush, noon, 0));
        Assert.Equal(few.Usual, many.Usual);
        Assert.True(many.Mean > few.Mean + 4, $"{few} {many}");
        Assert.True(many.Low <= many.Mean && many.Mean <= many.High && many.Mean > many.Usual);
        Assert.True(WarningRecord.Warns(rush[^1], many, 300));
        Assert.False(WarningRecord.Warns(calm[^1], few, 300));
        // What has not happened yet changes nothing.
        Assert.Equal(many.ByHour, model.Of([.. rush, new QueueHour(12, 999, 1, 99, 99)], noon, 0).ByHour);
    }

    [Theory]
    [InlineData(5, 301, 3.5, true)]
    [InlineData(4, 301, 3.5, false)]
    [InlineData(5, 300, 3.5, false)]
    [InlineData(5, 301, 3.4, false)]
    [InlineData(0, 0, 3.5, false)]
    public void A_warning_takes_a_wait_over_the_limit_of_more_than_a_few_and_a_low_score_more_than_usual(int contacts, double wait, double expected, bool warns) =>
        Assert.Equal(warns, WarningRecord.Warns(new QueueHour(12, contacts, contacts * wait, 1, 0), new Forecast(expected, 1, 7, 3), 300));

    [Fact]
    public void Where_waits_do_nothing_intervals_hold_all_the_same()
    {
        var record = WarningRecord.Of(Simulated(5, 12, _ => .1), 4, 300);
        Assert.InRange(record.Coverage!.Value, .82, .99);
    }

    [Fact]
    public void What_the_data_cannot_carry_is_refused()
    {
        var hours = Simulated(6, 12);
        WaitChance[] waits = [new(60, .1)];
        Assert.Null(QueueWarning.Of(Team, null, hours, waits, 300).Refusal);
        Assert.Equal(WarningRefusal.WaitIsNotAnswered, QueueWarning.Of(Team, null, hours, [], 300).Refusal);
        Assert.Equal(WarningRefusal.TooFewWeeks, QueueWarning.Of(Team, null, [.. hours.Select((h, t) => t < 6 * 168 ? new QueueHour(h.Slot, 0, 0, 0, 0) : h)], waits, 300).Refusal);
        Assert.Equal(WarningRefusal.TooFewLow, QueueWarning.Of(Team, null, [.. hours.Select(h => h with { Low = 0 })], waits, 300).Refusal);
    }

    private static double Chance(double wait) => Math.Min(.8, .08 + Math.Max(0, wait - 240) / 1000);

    // Days from eight to eight, forty calls an hour; now and then a rush of some hours, in which the wait grows fourfold.
    private static List<QueueHour> Simulated(int seed, int weeks, Func<double, double>? chance = null, double mood = 0)
    {
        var random = new Random(seed);
        var (hours, risks, rush, cross) = (new List<QueueHour>(), new List<double>(), 1.0, 1.0);
        for (var t = 0; t < weeks * 168; t++)
        {
            var open = t % 24 is >= 8 and < 20;
            if (mood > 0 && t % 24 == 0) cross = Gamma.Sample(random, 1 / mood, 1 / mood);
            rush = random.NextDouble() < .03 ? 4 : 1 + (rush - 1) * .8;
            var contacts = open ? Poisson.Sample(random, 40) : 0;
            double sum = 0, risk = 0, real = 0;
            for (var i = 0; i < contacts; i++)
            {
                var wait = 120 * rush * Math.Exp(.4 * Normal.Sample(random, 0, 1));
                (sum, risk, real) = (sum + wait, risk + Chance(wait), real + (chance ?? Chance)(wait));
            }
            risks.Add(real);
            var mean = .5 * cross * Delay.Select((share, lag) => t >= lag ? share * risks[t - lag] : 0).Sum();
            hours.Add(new QueueHour(t % 168, contacts, sum, risk, mean > 0 ? Poisson.Sample(random, mean) : 0));
        }
        return hours;
    }
}
