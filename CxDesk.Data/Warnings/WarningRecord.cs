namespace CxDesk.Data.Warnings;

/// <summary>How good warnings were in weeks that the model had not seen.</summary>
/// <param name="Weeks">Held out, the last of the history.</param>
/// <param name="Warnings">Given in them.</param>
/// <param name="CameTrue">After which more low scores came than are usual in those hours.</param>
/// <param name="Forecasts">Hours from which was looked ahead.</param>
/// <param name="Held">In how many of these what came lay in the interval.</param>
public readonly record struct WarningRecord(int Weeks, int Warnings, int CameTrue, int Forecasts, int Held)
{
    /// <summary>Share of intervals that held, 0–1.</summary>
    public double? Coverage => Forecasts > 0 ? (double)Held / Forecasts : null;

    public static WarningRecord operator +(WarningRecord a, WarningRecord b) =>
        new(Math.Max(a.Weeks, b.Weeks), a.Warnings + b.Warnings, a.CameTrue + b.CameTrue, a.Forecasts + b.Forecasts, a.Held + b.Held);

    /// <summary>Fits on all but the last weeks, and looks ahead from every hour of those.</summary>
    /// <param name="limit">The average wait from which is warned, seconds.</param>
    public static WarningRecord Of(IReadOnlyList<QueueHour> hours, int weeks, double limit)
    {
        var from = hours.Count - weeks * 168;
        var outlook = new WarningOutlook([.. hours.Take(from)]);
        var record = new WarningRecord { Weeks = weeks };
        var silentUntil = 0;
        foreach (var t in WarningOutlook.Origins(hours).Where(t => t >= from))
        {
            var (forecast, came) = (outlook.Of(hours, t), WarningOutlook.Came(hours, t));
            var held = came >= forecast.Low && came <= forecast.High;
            record = record with { Forecasts = record.Forecasts + 1, Held = record.Held + (held ? 1 : 0) };
            if (t < silentUntil || !Warns(hours[t], forecast, limit)) continue;
            // A warning stands until its hours are over.
            silentUntil = t + WarningOutlook.Ahead;
            record = record with { Warnings = record.Warnings + 1, CameTrue = record.CameTrue + (came > forecast.Usual ? 1 : 0) };
        }
        return record;
    }

    /// <summary>The wait passed its limit, for more than a few, and more low scores are to be expected than usual.</summary>
    public static bool Warns(QueueHour hour, Forecast forecast, double limit) => hour.Contacts >= 5 && hour.Wait > limit && forecast.Mean > forecast.Usual;
}
