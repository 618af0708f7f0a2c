using CxDesk.Data.People;

namespace CxDesk.Data.Warnings;

/// <summary>Why nothing is said of a queue.</summary>
public enum WarningRefusal
{
    /// <summary>Fewer weeks of it than <see cref="WarningQuery.LeastWeeks"/>.</summary>
    TooFewWeeks,

    /// <summary>Fewer low scores than <see cref="WarningQuery.LeastLow"/>.</summary>
    TooFewLow,

    /// <summary>Too few answers came with a wait to tell what a wait does.</summary>
    WaitIsNotAnswered,
}

/// <summary>A queue now.</summary>
public sealed record QueueWarning
{
    public required UnitRow Team { get; init; }
    public required UnitRow? Region { get; init; }

    /// <summary>Null where more is known than this.</summary>
    public WarningRefusal? Refusal { get; init; }

    /// <summary>The sixty minutes until now.</summary>
    public required QueueHour Now { get; init; }
    public Forecast Forecast { get; init; } = new(0, 0, 0, 0);
    public WarningRecord Record { get; init; }
    public bool IsWarning { get; init; }

    /// <summary>How many low scores a hundred contacts bring that waited so long.</summary>
    public IReadOnlyList<WaitPrice> Prices { get; init; } = [];

    /// <summary>When they come: the share in the hour of the wait, in the next, and so on; they add up to 1.</summary>
    public IReadOnlyList<double> Delay { get; init; } = [];

    /// <param name="hours">Every hour of the history, oldest first, the last being now.</param>
    /// <param name="waits">The waits, in seconds, that low scores are told of; none where what a wait does is not known.</param>
    public static QueueWarning Of(UnitRow team, UnitRow? region, IReadOnlyList<QueueHour> hours, IReadOnlyList<WaitChance> waits, double limit)
    {
        var first = hours.TakeWhile(h => h.Contacts == 0).Count();
        var weeks = (hours.Count - first) / 168;
        var queue = new QueueWarning { Team = team, Region = region, Now = hours[^1] };
        if (weeks < WarningQuery.LeastWeeks) return queue with { Refusal = WarningRefusal.TooFewWeeks };
        if (waits.Count == 0) return queue with { Refusal = WarningRefusal.WaitIsNotAnswered };
        if (hours.Sum(h => h.Low) < WarningQuery.LeastLow) return queue with { Refusal = WarningRefusal.TooFewLow };
        QueueHour[] known = [.. hours.Skip(first)];
        var (outlook, record) = (new WarningOutlook(known), WarningRecord.Of(known, WarningQuery.HeldOutWeeks, limit));
        var forecast = outlook.Of(known, known.Length - 1, record.Excess);
        return queue with
        {
            Forecast = forecast, Record = record, IsWarning = WarningRecord.Warns(known[^1], forecast, limit), Delay = outlook.Delay,
            Prices = [.. waits.Select(w => new WaitPrice(w.Seconds, 100 * outlook.Answered * w.Chance))],
        };
    }
}

/// <summary>The chance of a low score of who waited so long and answered, 0–1.</summary>
public readonly record struct WaitChance(int Seconds, double Chance);

/// <summary>Low scores that a hundred contacts bring, the silent among them, that waited so long.</summary>
public readonly record struct WaitPrice(int Seconds, double Low);
