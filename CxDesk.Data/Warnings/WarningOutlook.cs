namespace CxDesk.Data.Warnings;

/// <summary>
/// How minutes of wait become low scores of one queue, and when. Low scores of an hour are expected as Σ β_l·(risk of l
/// hours before) + γ·(what is usual at this hour of the week), β and γ by <see cref="LagWeights"/>: the risk is what the
/// waits let expect, the lags are how late people answer. In hours to come as many call as usual, times how busy it is
/// now, at the usual risk and what is left of today's: both fade by the hour as they did before. Pure.
/// </summary>
public sealed class WarningOutlook
{
    /// <summary>How many hours a low score may come after the wait.</summary>
    public const int Lags = 6;

    /// <summary>How many hours are looked ahead.</summary>
    public const int Ahead = 4;

    /// <summary>The share of outcomes that an interval is to hold.</summary>
    public const double Held = .9;

    private const int Week = 168;

    private readonly double[] _contacts, _risk, _low, _weights;
    private readonly double _keepsRisk, _keepsBusy;

    /// <param name="hours">Every hour of the past, one after the other, oldest first.</param>
    public WarningOutlook(IReadOnlyList<QueueHour> hours)
    {
        (_contacts, _risk, _low) = (Usual(hours, h => h.Contacts), Usual(hours, h => h.Risk), Usual(hours, h => h.Low));
        double[][] inputs = [.. Enumerable.Range(0, Lags + 1).Select(lag => Enumerable.Range(0, hours.Count).Select(t => t < lag ? 0 : hours[t - lag].Risk).ToArray()),
            [.. hours.Select(h => _low[h.Slot])]];
        _weights = LagWeights.Fit([.. hours.Select(h => h.Low)], inputs);
        _keepsRisk = Kept(hours, h => h.Contacts > 0 ? h.Risk / h.Contacts - UsualRate(h.Slot) : null, h => h.Contacts);
        _keepsBusy = Kept(hours, h => _contacts[h.Slot] > 0 ? h.Contacts / _contacts[h.Slot] - 1 : null, h => _contacts[h.Slot]);
    }

    /// <summary>How many hours after the wait its low scores come, as shares of all that come of it.</summary>
    public IReadOnlyList<double> Delay => _weights.Take(Lags + 1).Sum() is var all && all > 0 ? [.. _weights.Take(Lags + 1).Select(w => w / all)] : new double[Lags + 1];

    /// <summary>Low scores that one contact brings who would surely give one if everybody answered: not all do.</summary>
    public double Answered => _weights.Take(Lags + 1).Sum();

    /// <summary>Hours from which a forecast can be judged: with what comes before and after, and with contacts.</summary>
    public static IEnumerable<int> Origins(IReadOnlyList<QueueHour> hours) => Enumerable.Range(Lags, Math.Max(0, hours.Count - Lags - Ahead)).Where(t => hours[t].Contacts > 0);

    /// <summary>Low scores that came in the hours after one.</summary>
    public static int Came(IReadOnlyList<QueueHour> hours, int origin) => Enumerable.Range(origin + 1, Ahead).Sum(t => hours[t].Low);

    /// <summary>Low scores to expect in the <see cref="Ahead"/> hours after one.</summary>
    /// <param name="hours">Up to that hour at least; what comes after it is not looked at.</param>
    /// <param name="excess">How much more than a Poisson it varies, found where the model had not seen what came: <see cref="WarningRecord"/>.</param>
    public Forecast Of(IReadOnlyList<QueueHour> hours, int origin, double excess)
    {
        var means = Means(hours, origin);
        var (low, high) = Overdispersed.Interval(means.Sum(), excess, Held);
        return new Forecast(means.Sum(), low, high, Usual(hours, origin)) { ByHour = means };
    }

    /// <summary>Low scores that usually come in the hours after one.</summary>
    public double Usual(IReadOnlyList<QueueHour> hours, int origin) => Enumerable.Range(1, Ahead).Sum(k => _low[(hours[origin].Slot + k) % Week]);

    /// <summary>Low scores to expect in each of the hours after one.</summary>
    public double[] Means(IReadOnlyList<QueueHour> hours, int origin)
    {
        var now = hours[origin];
        var rate = now.Contacts > 0 ? now.Risk / now.Contacts - UsualRate(now.Slot) : 0;
        var busy = _contacts[now.Slot] > 0 ? now.Contacts / _contacts[now.Slot] - 1 : 0;
        var means = new double[Ahead];
        Span<double> risk = stackalloc double[Ahead + 1];
        for (var k = 1; k <= Ahead; k++)
        {
            var slot = (now.Slot + k) % Week;
            (rate, busy) = (rate * _keepsRisk, busy * _keepsBusy);
            risk[k] = _contacts[slot] * Math.Max(0, 1 + busy) * Math.Clamp(UsualRate(slot) + rate, 0, 1);
            means[k - 1] = _weights[^1] * _low[slot];
            for (var lag = 0; lag <= Lags; lag++)
                means[k - 1] += _weights[lag] * (k > lag ? risk[k - lag] : origin + k - lag >= 0 ? hours[origin + k - lag].Risk : 0);
        }
        return means;
    }

    private double UsualRate(int slot) => _contacts[slot] > 0 ? _risk[slot] / _contacts[slot] : 0;

    // By hour of the week, drawn to the same hour of all days as if two weeks had been so.
    private static double[] Usual(IReadOnlyList<QueueHour> hours, Func<QueueHour, double> of)
    {
        double[] sums = new double[Week], weeks = new double[Week];
        foreach (var hour in hours) (sums[hour.Slot], weeks[hour.Slot]) = (sums[hour.Slot] + of(hour), weeks[hour.Slot] + 1);
        return [.. Enumerable.Range(0, Week).Select(slot =>
        {
            var same = Enumerable.Range(0, 7).Select(day => day * 24 + slot % 24);
            var of24 = same.Sum(s => weeks[s]) is var n && n > 0 ? same.Sum(s => sums[s]) / n : 0;
            return (sums[slot] + 2 * of24) / (weeks[slot] + 2);
        })];
    }

    // How much of what sets an hour apart from its usual is there an hour later: weighted regression through nothing.
    private static double Kept(IReadOnlyList<QueueHour> hours, Func<QueueHour, double?> apart, Func<QueueHour, double> weight)
    {
        double product = 0, squares = 0;
        for (var t = 1; t < hours.Count; t++)
        {
            if (apart(hours[t - 1]) is not { } before || apart(hours[t]) is not { } after) continue;
            var w = Math.Sqrt(weight(hours[t - 1]) * weight(hours[t]));
            (product, squares) = (product + w * before * after, squares + w * before * before);
        }
        return squares > 0 ? Math.Clamp(product / squares, 0, .98) : 0;
    }
}

/// <param name="Mean">Low scores to expect.</param>
/// <param name="Low">Least of the 90 % interval.</param>
/// <param name="High">Most of it.</param>
/// <param name="Usual">Low scores that usually come in these hours of the week.</param>
public readonly record struct Forecast(double Mean, int Low, int High, double Usual)
{
    /// <summary>When they come: the mean of each hour ahead.</summary>
    public IReadOnlyList<double> ByHour { get; init; } = [];
}
