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

    /// <summary>The last whole hour.</summary>
    public required QueueHour Now { get; init; }
    public Forecast Forecast { get; init; }
    public WarningRecord Record { get; init; }
    public bool IsWarning { get; init; }

    /// <param name="hours">Every hour of the history, oldest first, the last being now.</param>
    /// <param name="isKnown">Whether what a wait does is known at all.</param>
    public static QueueWarning Of(UnitRow team, UnitRow? region, IReadOnlyList<QueueHour> hours, bool isKnown, double limit)
    {
        var first = hours.TakeWhile(h => h.Contacts == 0).Count();
        var weeks = (hours.Count - first) / 168;
        var queue = new QueueWarning { Team = team, Region = region, Now = hours[^1] };
        if (!isKnown) return queue with { Refusal = WarningRefusal.WaitIsNotAnswered };
        if (weeks < WarningQuery.LeastWeeks) return queue with { Refusal = WarningRefusal.TooFewWeeks };
        if (hours.Sum(h => h.Low) < WarningQuery.LeastLow) return queue with { Refusal = WarningRefusal.TooFewLow };
        QueueHour[] known = [.. hours.Skip(first)];
        var forecast = new WarningOutlook(known).Of(known, known.Length - 1);
        return queue with
        {
            Forecast = forecast, Record = WarningRecord.Of(known, WarningQuery.HeldOutWeeks, limit), IsWarning = WarningRecord.Warns(known[^1], forecast, limit),
        };
    }
}
