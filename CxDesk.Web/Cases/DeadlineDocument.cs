using CxDesk.Data.Cases;

namespace CxDesk.Web.Cases;

/// <summary>GET /cases/{id}/deadline: why a case is due when it is. Times are UTC, days those of the zone.</summary>
public sealed record DeadlineDocument
{
    public required string Id { get; init; }
    public required string TimeZone { get; init; }

    /// <summary>The version of the region's calendar; 0 where none is stored and the standard week holds.</summary>
    public required int CalendarVersion { get; init; }
    public required int PolicyVersion { get; init; }
    public required DateTimeOffset ClockFrom { get; init; }
    public required int TargetMinutes { get; init; }
    public required int PausedMinutes { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset? WaitingSince { get; init; }

    /// <summary>What is counted sums to the target.</summary>
    public required IEnumerable<DeadlineLine> Lines { get; init; }
    public required FirstResponseDocument? FirstResponse { get; init; }

    public static DeadlineDocument Of(CaseDeadline deadline) => new()
    {
        Id = deadline.Case.Reference,
        TimeZone = deadline.Calendar.Zone.Id,
        CalendarVersion = deadline.Calendar.Version,
        PolicyVersion = deadline.Case.PolicyVersion,
        ClockFrom = deadline.Case.ClockFrom,
        TargetMinutes = deadline.Case.TargetMinutes,
        PausedMinutes = deadline.Case.PausedMinutes,
        DueAt = deadline.Case.DueAt,
        WaitingSince = deadline.Case.WaitingSince,
        Lines = deadline.Working.Lines.Select(DeadlineLine.Of),
        FirstResponse = deadline.FirstResponse is { } first
            ? new FirstResponseDocument(deadline.Case.FirstResponseMinutes!.Value, deadline.Case.FirstResponseDueAt!.Value, deadline.Case.FirstResponseAt,
                deadline.Case.FirstResponseInTime, first.Lines.Select(DeadlineLine.Of))
            : null,
    };
}

public sealed record FirstResponseDocument(int TargetMinutes, DateTimeOffset DueAt, DateTimeOffset? RespondedAt, bool? InTime, IEnumerable<DeadlineLine> Lines);

/// <param name="Kind">counted, pause, holiday, dayOff, clockChange.</param>
/// <param name="Minutes">Business minutes that are counted or paused; null for the rest.</param>
/// <param name="Name">What the calendar calls the day.</param>
/// <param name="Offsets">The zone's offsets before and after a change of clocks, as in +01:00.</param>
public sealed record DeadlineLine(string Kind, DateOnly Day, DateOnly LastDay, DateTimeOffset From, DateTimeOffset To, double? Minutes, string? Name, IReadOnlyList<string>? Offsets)
{
    public static DeadlineLine Of(WorkingLine line) => new(CaseEventLog.Stored(line.Kind), line.Day, line.LastDay, line.From.ToUniversalTime(), line.To.ToUniversalTime(),
        line.Kind is WorkingKind.Counted or WorkingKind.Pause ? line.Length.TotalMinutes : null, line.Special?.Name,
        line.Kind == WorkingKind.ClockChange ? [Offset(line.OffsetBefore), Offset(line.OffsetAfter)] : null);

    private static string Offset(TimeSpan offset) => $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
}
