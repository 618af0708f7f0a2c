using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Live;

/// <summary>The open cases of a board: how many, how late, and which press most.</summary>
public static class LiveCasesQuery
{
    // A case that waits for the customer has its clock stopped: it is neither late nor due soon.
    private static readonly StatementFamily<Reach> Counts = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) AS {nameof(CountsRow.Unfinished)},
               COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Overdue)},
               COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt >= @now AND c.DueAt <= @soon THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.DueSoon)},
               COALESCE(SUM(CASE WHEN c.Severity = 1 THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Critical)},
               MIN(c.OpenedAt) AS {nameof(CountsRow.OldestAt)}, MAX(c.UpdatedAt) AS {nameof(CountsRow.NewestAt)}
        FROM Cases c WHERE c.Status < 4 AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly StatementFamily<Reach> Urgent = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT c.Id AS {nameof(LiveUrgentCase.CaseId)}, c.Severity, c.DueAt,
               CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END AS {nameof(LiveUrgentCase.Overdue)},
               o.Name AS {nameof(LiveUrgentCase.Owner)}, u.Name AS {nameof(LiveUrgentCase.Region)}, p.Name AS {nameof(LiveUrgentCase.Product)}
        FROM Cases c JOIN Units u ON u.Id = c.RegionId JOIN Products p ON p.Id = c.ProductId LEFT JOIN People o ON o.Id = c.OwnerId
        WHERE c.Status < 4 AND {RowPolicy.Cases(reach, "c")}
        ORDER BY CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 0 ELSE 1 END, c.Severity, c.DueAt, c.Value12m DESC, c.Id
        {d.Limit("@limit")}
        """);

    private sealed record CountsRow
    {
        public required int Unfinished { get; init; }
        public required int Overdue { get; init; }
        public required int DueSoon { get; init; }
        public required int Critical { get; init; }
        public required DateTimeOffset? OldestAt { get; init; }
        public required DateTimeOffset? NewestAt { get; init; }
    }

    /// <param name="calendar">Whose next business hour is "soon".</param>
    internal static async Task<LiveCases> Read(Session session, Viewer viewer, BusinessCalendar calendar)
    {
        var counts = await session.Single<CountsRow>(Counts[viewer.Reach], RowPolicy.Parameters(viewer, new
        {
            now = session.Now,
            soon = calendar.Deadline(session.Now, TimeSpan.FromHours(1)),
        }));
        return new LiveCases
        {
            Open = counts.Unfinished,
            Overdue = counts.Overdue,
            DueSoon = counts.DueSoon,
            Critical = counts.Critical,
            OldestAt = counts.OldestAt,
            NewestAt = counts.NewestAt,
            Urgent = await session.Query<LiveUrgentCase>(Urgent[viewer.Reach], RowPolicy.Parameters(viewer, new { now = session.Now, limit = 3 })),
        };
    }
}
