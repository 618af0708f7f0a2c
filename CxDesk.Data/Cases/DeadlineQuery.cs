using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>Reads why a case is due when it is, as far as the viewer may see the case.</summary>
public sealed class DeadlineQuery(Db db, RegionCalendars calendars)
{
    private static readonly StatementFamily<Reach> One = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT c.Id AS {nameof(DeadlineRow.Id)}, c.Status AS {nameof(DeadlineRow.Status)}, c.Severity AS {nameof(DeadlineRow.Severity)},
            c.ClockFrom AS {nameof(DeadlineRow.ClockFrom)}, c.TargetMinutes AS {nameof(DeadlineRow.TargetMinutes)},
            c.PausedMinutes AS {nameof(DeadlineRow.PausedMinutes)}, c.DueAt AS {nameof(DeadlineRow.DueAt)}, c.Breach AS {nameof(DeadlineRow.Breach)},
            c.WaitingSince AS {nameof(DeadlineRow.WaitingSince)}, c.RegionId AS {nameof(DeadlineRow.RegionId)}, r.Name AS {nameof(DeadlineRow.RegionName)},
            c.CalendarId AS {nameof(DeadlineRow.CalendarId)}, c.RuleVersion AS {nameof(DeadlineRow.PolicyVersion)},
            c.FirstResponseMinutes AS {nameof(DeadlineRow.FirstResponseMinutes)}, c.FirstResponseDueAt AS {nameof(DeadlineRow.FirstResponseDueAt)},
            c.FirstResponseAt AS {nameof(DeadlineRow.FirstResponseAt)}, c.FirstResponseInTime AS {nameof(DeadlineRow.FirstResponseInTime)},
            c.ResolvedAt AS {nameof(DeadlineRow.ResolvedAt)}, c.ResolvedInTime AS {nameof(DeadlineRow.ResolvedInTime)},
            c.ElapsedMinutes AS {nameof(DeadlineRow.ElapsedMinutes)}
        FROM Cases c JOIN Units r ON r.Id = c.RegionId
        WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")}
        """);

    /// <returns>Null where there is no such case, or none that the viewer may see.</returns>
    public Task<CaseDeadline?> Read(Viewer viewer, long caseId, CancellationToken cancel = default) => db.Read<CaseDeadline?>(async s =>
    {
        if (await s.First<DeadlineRow>(One[viewer.Reach], RowPolicy.Parameters(viewer, new { caseId })) is not { } row) return null;
        var calendar = await calendars.Of(s, row.RegionId, row.CalendarId);
        return CaseDeadline.Of(row, calendar, await CaseEventLog.Pauses(s, caseId, row.ClockFrom));
    }, cancel);
}

/// <summary>A case's deadline with all that it follows from.</summary>
public sealed record CaseDeadline
{
    public required DeadlineRow Case { get; init; }

    /// <summary>What the deadline was counted by.</summary>
    public required BusinessCalendar Calendar { get; init; }

    public required DeadlineWorking Working { get; init; }

    /// <summary>Null where no first response is asked for.</summary>
    public required DeadlineWorking? FirstResponse { get; init; }

    public static CaseDeadline Of(DeadlineRow row, BusinessCalendar calendar, IReadOnlyList<CasePause> pauses) => new()
    {
        Case = row,
        Calendar = calendar,
        Working = DeadlineWorking.Of(calendar, row.ClockFrom, row.TargetMinutes, pauses),
        FirstResponse = row.FirstResponseDueAt is not null && row.FirstResponseMinutes is { } minutes ? DeadlineWorking.Of(calendar, row.ClockFrom, minutes, []) : null,
    };
}

public sealed record DeadlineRow
{
    public required long Id { get; init; }
    public required CaseStatus Status { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required DateTimeOffset ClockFrom { get; init; }
    public required int TargetMinutes { get; init; }
    public required int PausedMinutes { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required int Breach { get; init; }
    public required DateTimeOffset? WaitingSince { get; init; }
    public required int RegionId { get; init; }
    public required string RegionName { get; init; }
    public required int? CalendarId { get; init; }
    public required int PolicyVersion { get; init; }
    public required int? FirstResponseMinutes { get; init; }
    public required DateTimeOffset? FirstResponseDueAt { get; init; }
    public required DateTimeOffset? FirstResponseAt { get; init; }
    public required bool? FirstResponseInTime { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required bool? ResolvedInTime { get; init; }
    public required int? ElapsedMinutes { get; init; }

    public string Reference => CaseReference.Of(Id);
}
