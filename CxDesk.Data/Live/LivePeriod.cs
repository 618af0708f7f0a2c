namespace CxDesk.Data.Live;

/// <summary>The days and instants that a window means at a moment.</summary>
internal sealed record LivePeriod
{
    /// <summary>First day counted, of the company's zone.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last that is counted.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The day of the moment.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>First day of the trend.</summary>
    public required DateOnly TrendFrom { get; init; }

    /// <summary>First day of the equally long time before; only where a change is asked for, else that of the window.</summary>
    public required DateOnly BeforeFrom { get; init; }

    /// <summary>First day that is needed of all.</summary>
    public DateOnly ReadFrom => BeforeFrom < TrendFrom ? BeforeFrom : TrendFrom;

    /// <summary>Of the hour only: what came after this instant is counted.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>The days of the trend, oldest first.</summary>
    public IEnumerable<DateOnly> TrendDays => Enumerable.Range(0, To.DayNumber - TrendFrom.DayNumber).Select(TrendFrom.AddDays);

    /// <param name="isHeld">Today is not shown yet: several days end with yesterday.</param>
    public static LivePeriod Of(LiveWindow window, Company company, DateTimeOffset now, bool withBefore = false, bool isHeld = false)
    {
        var today = company.DayOf(now);
        var to = isHeld && window.Days() > 1 ? today : today.AddDays(1);
        return new LivePeriod
        {
            From = to.AddDays(-window.Days()),
            BeforeFrom = to.AddDays(-window.Days() * (withBefore ? 2 : 1)),
            To = to,
            Today = today,
            TrendFrom = to.AddDays(-window.TrendDays()),
            Since = window == LiveWindow.Hour ? now.AddHours(-1) : null,
        };
    }

    /// <summary>One point a day, oldest first; null for a day without any.</summary>
    public IReadOnlyList<double?> Trend<T>(IEnumerable<T> rows, Func<T, DateOnly?> dayOf, Func<IReadOnlyList<T>, double?> point)
    {
        var byDay = rows.ToLookup(dayOf);
        return [.. TrendDays.Select(day => byDay[day].ToList()).Select(found => found.Count == 0 ? null : point(found))];
    }
}
