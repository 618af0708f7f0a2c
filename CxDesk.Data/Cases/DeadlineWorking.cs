using CxDesk.Data.Calendars;
using NodaTime;

namespace CxDesk.Data.Cases;

public enum WorkingKind
{
    /// <summary>Business time that counts towards the target.</summary>
    Counted,

    /// <summary>Business time in which the case waited for the customer.</summary>
    Pause,

    /// <summary>Days on which nobody works though the week says otherwise; they have a name.</summary>
    Holiday,

    /// <summary>Days on which the week has no hours.</summary>
    DayOff,

    /// <summary>Clocks go forward or back.</summary>
    ClockChange,
}

/// <summary>One line of a deadline's working.</summary>
public sealed record WorkingLine
{
    public required WorkingKind Kind { get; init; }

    /// <summary>Of days that are skipped the first midnight and the one after the last; of a clock change twice its instant.</summary>
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>Local day of <see cref="From"/>.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The last of several days that are skipped.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>What the calendar calls the day: a holiday, a short day, a make-up working day.</summary>
    public CalendarDay? Special { get; init; }

    public TimeSpan OffsetBefore { get; init; }
    public TimeSpan OffsetAfter { get; init; }

    /// <summary>Business time of what is counted or paused.</summary>
    public TimeSpan Length => Kind is WorkingKind.Counted or WorkingKind.Pause ? To - From : TimeSpan.Zero;
}

/// <summary>Lines that are shown one by one, or, where there are several ordinary days, folded into one.</summary>
/// <param name="WorkingDays">How many whole working days are folded; 0 for lines that stand for themselves.</param>
public sealed record WorkingBlock(IReadOnlyList<WorkingLine> Lines, int WorkingDays)
{
    public bool IsFolded => WorkingDays > 0;

    /// <summary>Business time that counts.</summary>
    public TimeSpan Counted => DeadlineWorking.Sum(Lines);
}

/// <summary>
/// The working of a deadline, from the start of the clock on: what was counted, where the case waited, which days were
/// skipped and why, and where clocks changed. What is counted sums to the target. Pure.
/// </summary>
public sealed record DeadlineWorking
{
    private const int FewestFolded = 3;

    public required IReadOnlyList<WorkingLine> Lines { get; init; }
    public required IReadOnlyList<WorkingBlock> Blocks { get; init; }

    /// <summary>Where the counting ends.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public TimeSpan Counted => Sum(Lines);
    public TimeSpan Paused => new(Lines.Where(line => line.Kind == WorkingKind.Pause).Sum(line => line.Length.Ticks));

    /// <param name="pauses">In order, without overlap.</param>
    public static DeadlineWorking Of(BusinessCalendar calendar, DateTimeOffset clockFrom, int targetMinutes, IReadOnlyList<CasePause> pauses)
    {
        var stretches = CaseClock.Working(calendar, clockFrom, targetMinutes, pauses);
        var end = stretches.Count > 0 ? stretches[^1].To : clockFrom;
        // A pause may begin when the target is used up: it ends after the deadline that it moves.
        var due = calendar.Deadline(clockFrom, targetMinutes + CaseClock.PausedMinutes(calendar, clockFrom, pauses));
        var lines = stretches.Select(stretch => Line(calendar, stretch))
            .Concat(Skipped(calendar, clockFrom, end))
            .Concat(ClockChanges(calendar, clockFrom, end))
            .OrderBy(line => line.From).ThenBy(line => line.To)
            .ToList();
        return new DeadlineWorking { Lines = lines, Blocks = Fold(calendar, lines), DueAt = due };
    }

    internal static TimeSpan Sum(IEnumerable<WorkingLine> lines) => new(lines.Where(line => line.Kind == WorkingKind.Counted).Sum(line => line.Length.Ticks));

    private static WorkingLine Line(BusinessCalendar calendar, ClockStretch stretch)
    {
        var day = DayOf(calendar, stretch.From);
        return new WorkingLine
        {
            Kind = stretch.IsPause ? WorkingKind.Pause : WorkingKind.Counted, From = stretch.From, To = stretch.To, Day = day, LastDay = day,
            Special = calendar.Days.GetValueOrDefault(day) is { Kind: not CalendarDayKind.Holiday } special ? special : null,
        };
    }

    // Days without hours, those that follow one another for the same reason in one line.
    private static IEnumerable<WorkingLine> Skipped(BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        WorkingLine? open = null;
        var last = DayOf(calendar, to);
        for (var day = DayOf(calendar, from); day <= last; day = day.AddDays(1))
        {
            if (calendar.HoursOf(day.DayNumber).Length > 0) continue;
            var holiday = calendar.Days.GetValueOrDefault(day) is { Kind: CalendarDayKind.Holiday } named ? named : null;
            if (open is not null && open.LastDay.AddDays(1) == day && open.Special?.Name == holiday?.Name)
            {
                open = open with { LastDay = day, To = StartOf(calendar, day.AddDays(1)) };
                continue;
            }
            if (open is not null) yield return open;
            open = new WorkingLine
            {
                Kind = holiday is null ? WorkingKind.DayOff : WorkingKind.Holiday, From = StartOf(calendar, day), To = StartOf(calendar, day.AddDays(1)),
                Day = day, LastDay = day, Special = holiday,
            };
        }
        if (open is not null) yield return open;
    }

    private static IEnumerable<WorkingLine> ClockChanges(BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) yield break;
        Offset? before = null;
        foreach (var period in calendar.Zone.GetZoneIntervals(Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to)))
        {
            if (before is { } offset && offset != period.WallOffset)
            {
                var at = period.Start.ToDateTimeOffset();
                var day = DayOf(calendar, at);
                yield return new WorkingLine
                {
                    Kind = WorkingKind.ClockChange, From = at, To = at, Day = day, LastDay = day,
                    OffsetBefore = offset.ToTimeSpan(), OffsetAfter = period.WallOffset.ToTimeSpan(),
                };
            }
            before = period.WallOffset;
        }
    }

    // Ordinary days that are counted from end to end, and the days off between them.
    private static List<WorkingBlock> Fold(BusinessCalendar calendar, List<WorkingLine> lines)
    {
        var blocks = new List<WorkingBlock>();
        var run = new List<WorkingLine>();
        var whole = lines.GroupBy(line => line.Day).Where(day => IsWhole(calendar, day.Key, [.. day])).Select(day => day.Key).ToHashSet();
        foreach (var line in lines)
        {
            if (whole.Contains(line.Day) || line.Kind == WorkingKind.DayOff && run.Count > 0)
            {
                run.Add(line);
                continue;
            }
            Close();
            blocks.Add(new WorkingBlock([line], 0));
        }
        Close();
        return blocks;

        void Close()
        {
            // A day off at the end lies between nothing.
            var after = run.Count > 0 && run[^1].Kind == WorkingKind.DayOff ? run[^1] : null;
            if (after is not null) run.RemoveAt(run.Count - 1);
            var days = run.Where(line => line.Kind == WorkingKind.Counted).Select(line => line.Day).Distinct().Count();
            if (days >= FewestFolded) blocks.Add(new WorkingBlock([.. run], days));
            else blocks.AddRange(run.Select(line => new WorkingBlock([line], 0)));
            if (after is not null) blocks.Add(new WorkingBlock([after], 0));
            run.Clear();
        }
    }

    private static bool IsWhole(BusinessCalendar calendar, DateOnly day, List<WorkingLine> lines) =>
        lines.All(line => line is { Kind: WorkingKind.Counted, Special: null })
        && Sum(lines) == calendar.Elapsed(StartOf(calendar, day), StartOf(calendar, day.AddDays(1)));

    private static DateOnly DayOf(BusinessCalendar calendar, DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(calendar.Zone).Date.ToDateOnly();

    private static DateTimeOffset StartOf(BusinessCalendar calendar, DateOnly day) =>
        calendar.Zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();
}
