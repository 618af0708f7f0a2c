namespace CxDesk.Data.Warnings;

/// <summary>How good warnings were in weeks that the model had not seen.</summary>
/// <param name="Weeks">Held out, the last of the history.</param>
/// <param name="Warnings">Given in them.</param>
/// <param name="CameTrue">After which more low scores came than usual, and as many as were said: what came lay in the interval.</param>
/// <param name="Forecasts">Hours from which was looked ahead.</param>
/// <param name="Held">In how many of these what came lay in the interval.</param>
public readonly record struct WarningRecord(int Weeks, int Warnings, int CameTrue, int Forecasts, int Held)
{
    /// <summary>Share of intervals that held, 0–1.</summary>
    public double? Coverage => Forecasts > 0 ? (double)Held / Forecasts : null;

    /// <summary>After how many warnings more low scores came than usual, however many.</summary>
    public int More { get; init; }

    /// <summary>By how much counts vary more than a Poisson: what all held out weeks together ask for.</summary>
    public double Excess { get; init; }

    public static WarningRecord operator +(WarningRecord a, WarningRecord b) =>
        new(Math.Max(a.Weeks, b.Weeks), a.Warnings + b.Warnings, a.CameTrue + b.CameTrue, a.Forecasts + b.Forecasts, a.Held + b.Held) { More = a.More + b.More };

    /// <summary>
    /// Fits on all but the last weeks, and looks ahead from every hour of those. How wide the intervals are is calibrated on
    /// these weeks too, but each is judged by a width that only the others asked for, the even ones for the odd: what is
    /// printed is no praise of itself.
    /// </summary>
    /// <param name="limit">The average wait from which is warned, seconds.</param>
    public static WarningRecord Of(IReadOnlyList<QueueHour> hours, int weeks, double limit)
    {
        var from = hours.Count - weeks * 168;
        var outlook = new WarningOutlook([.. hours.Take(from)]);
        (int At, double Mean, int Came)[] seen = [.. WarningOutlook.Origins(hours).Where(t => t >= from).Select(t => (t, outlook.Means(hours, t).Sum(), WarningOutlook.Came(hours, t)))];
        double Asked(Func<int, bool> isOf) => Overdispersed.Calibrated([.. seen.Where(s => isOf((s.At - from) / 168 % 2)).Select(s => (s.Mean, s.Came))], WarningOutlook.Held);
        double[] excess = [Asked(week => week == 1), Asked(week => week == 0)];
        var record = new WarningRecord { Weeks = weeks, Excess = Asked(_ => true) };
        var silentUntil = 0;
        foreach (var (t, _, came) in seen)
        {
            var forecast = outlook.Of(hours, t, excess[(t - from) / 168 % 2]);
            var held = came >= forecast.Low && came <= forecast.High;
            record = record with { Forecasts = record.Forecasts + 1, Held = record.Held + (held ? 1 : 0) };
            if (t < silentUntil || !Warns(hours[t], forecast, limit)) continue;
            // A warning stands until its hours are over.
            silentUntil = t + WarningOutlook.Ahead;
            var more = came > forecast.Usual;
            record = record with { Warnings = record.Warnings + 1, CameTrue = record.CameTrue + (more && held ? 1 : 0), More = record.More + (more ? 1 : 0) };
        }
        return record;
    }

    /// <summary>The wait passed its limit, for more than a few, and, rounded, at least one low score more than usual is to be expected.</summary>
    public static bool Warns(QueueHour hour, Forecast forecast, double limit) => hour.Contacts >= 5 && hour.Wait > limit && forecast.Mean >= forecast.Usual + .5;
}
