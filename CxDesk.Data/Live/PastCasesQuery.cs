using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Live;

/// <summary>
/// The open cases of a board as they were at an instant, from the history of cases: what <see cref="LiveCasesQuery"/> said
/// then. Names are today's.
/// </summary>
public static class PastCasesQuery
{
    private static readonly StatementFamily<Reach> Counts = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) AS {nameof(CountsRow.Unfinished)}, COALESCE(SUM(CASE WHEN c.Severity = 1 THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Critical)},
            COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt < @at THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Overdue)},
            COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt >= @at AND c.DueAt < @soon THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.DueSoon)},
            MIN(c.OpenedAt) AS {nameof(CountsRow.OldestAt)}, MAX(c.FromAt) AS {nameof(CountsRow.NewestAt)}
        FROM ({Open}) c WHERE {BoardSubject.Condition} AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly StatementFamily<Reach> Urgent = new(RowPolicy.Reaches, (d, reach) => $"""
        SELECT c.Id AS {nameof(LiveUrgentCase.CaseId)}, c.Breach, c.Severity, c.OpenedAt, c.DueAt, c.Overdue,
               o.Name AS {nameof(LiveUrgentCase.Owner)}, CASE WHEN c.OwnerId IS NULL THEN 0 ELSE 1 END AS {nameof(LiveUrgentCase.IsTaken)},
               (SELECT MAX(e.HappenedAt) FROM CaseEvents e WHERE e.CaseId = c.Id AND c.OwnerId IS NOT NULL AND e.HappenedAt <= @at
                 AND e.Event IN ('claimed', 'assigned', 'handedOver')) AS {nameof(LiveUrgentCase.OwnerSince)}, COALESCE({UnitHistory.NameOf("c.RegionId")}, u.Name) AS {nameof(LiveUrgentCase.Region)}, p.Name AS {nameof(LiveUrgentCase.Product)}
        FROM (
            SELECT c.Id, c.Breach, c.Severity, c.OpenedAt, c.DueAt, CASE WHEN c.Status < 3 AND c.DueAt < @at THEN 1 ELSE 0 END AS Overdue, c.Value12m, c.OwnerId, c.RegionId, c.ProductId
            FROM ({Open}) c WHERE {BoardSubject.Condition} AND {RowPolicy.Cases(reach, "c")}
        ) c JOIN Units u ON u.Id = c.RegionId JOIN Products p ON p.Id = c.ProductId LEFT JOIN People o ON o.Id = c.OwnerId
        WHERE (@onlyCalling = 0 OR c.OwnerId IS NULL AND (c.Overdue = 1 OR c.Severity = 1))
        ORDER BY c.Overdue DESC, c.Severity, c.DueAt, c.Value12m DESC, c.Id {d.Limit("@most")}
        """);

    // What was open then, by when it ceased to be so.
    private const string Open = """
        SELECT h.CaseId AS Id, h.FromAt, h.Status, h.Severity, h.OpenedAt, h.DueAt, h.OwnerId, h.RegionId, h.TeamId, h.ProductId, h.Value12m, h.Breach
        FROM CaseHistory h WHERE h.Status < 4 AND h.ToAt > @at AND h.FromAt <= @at
        """;

    private static readonly StatementFamily<Reach> ResolvedSince = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) FROM (
            SELECT h.CaseId AS Id, h.OwnerId, h.RegionId, h.TeamId, h.ProductId
            FROM CaseHistory h WHERE h.ResolvedAt >= @since AND h.FromAt <= @at AND h.ToAt > @at
        ) c WHERE {BoardSubject.Condition} AND {RowPolicy.Cases(reach, "c")}
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
    public static async Task<LiveCases> Read(Session session, Viewer viewer, BoardSubject of, DateTimeOffset at, BusinessCalendar calendar)
    {
        // Up to and with that instant.
        var soon = calendar.Deadline(at, TimeSpan.FromHours(1)).AddMilliseconds(1);
        var counts = await session.Single<CountsRow>(Counts[viewer.Reach], RowPolicy.Parameters(viewer, new { at, soon, of.RegionId, of.TeamId, of.ProductId }));
        return new LiveCases
        {
            Open = counts.Unfinished,
            Overdue = counts.Overdue,
            DueSoon = counts.DueSoon,
            Critical = counts.Critical,
            OldestAt = counts.OldestAt,
            NewestAt = counts.NewestAt,
            Urgent = counts.Unfinished == 0 ? [] : await UrgentCases.Of(await First(UrgentCases.Most, onlyCalling: false), async () => (await First(1, onlyCalling: true)).FirstOrDefault()),
        };

        Task<IReadOnlyList<LiveUrgentCase>> First(int most, bool onlyCalling) => session.Query<LiveUrgentCase>(
            Urgent[viewer.Reach], RowPolicy.Parameters(viewer, new { at, most, onlyCalling = onlyCalling ? 1 : 0, of.RegionId, of.TeamId, of.ProductId }));
    }

    /// <summary>Cases that had been resolved from an instant on, and not reopened by the other.</summary>
    public static Task<long> Resolved(Session session, Viewer viewer, BoardSubject of, DateTimeOffset since, DateTimeOffset at) =>
        session.Single<long>(ResolvedSince[viewer.Reach], RowPolicy.Parameters(viewer, new { since, at, of.RegionId, of.TeamId, of.ProductId }));
}
