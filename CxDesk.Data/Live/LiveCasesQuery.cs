using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Live;

/// <summary>
/// The open cases of a board: how many, how late, and which press most. Units are counted by their tallies; what somebody
/// sees beside them is their own and few.
/// </summary>
public static class LiveCasesQuery
{
    // Fewer open cases than these are read to find the oldest; among more, the order of age soon comes to one.
    private const int Few = 5_000;

    // A case that waits for the customer has its clock stopped: it is neither late nor due soon.
    private static readonly StatementFamily<CaseSource> Own = new(
        CaseLook.Sources.Where(source => source.Lead is CaseLead.Board or CaseLead.Region or CaseLead.Team or CaseLead.Product or CaseLead.Owner), (d, source) => $"""
        SELECT COUNT(*) AS {nameof(CountsRow.Unfinished)}, COALESCE(SUM(CASE WHEN c.Severity = 1 THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Critical)},
            COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Overdue)},
            COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt >= @now AND c.DueAt < @soon THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.DueSoon)},
            MIN(c.OpenedAt) AS {nameof(CountsRow.OldestAt)}, MAX(c.UpdatedAt) AS {nameof(CountsRow.NewestAt)}
        FROM {CaseLook.From(d, source.Lead)}c.Status IN (1, 2, 3) AND {RowPolicy.Part(source.Part, "c")} AND {CaseLook.Conditions}
        """);

    private static readonly StatementFamily<CasePartKind> Watched = new([CasePartKind.Watched, CasePartKind.WatchedOutside], (_, part) => $"""
        SELECT COUNT(*) AS {nameof(CountsRow.Unfinished)}, COALESCE(SUM(CASE WHEN c.Severity = 1 THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Critical)},
            COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.Overdue)},
            COALESCE(SUM(CASE WHEN c.Status < 3 AND c.DueAt >= @now AND c.DueAt < @soon THEN 1 ELSE 0 END), 0) AS {nameof(CountsRow.DueSoon)},
            MIN(c.OpenedAt) AS {nameof(CountsRow.OldestAt)}, MAX(c.UpdatedAt) AS {nameof(CountsRow.NewestAt)}
        FROM CaseWatchers w CROSS JOIN Cases c WHERE w.PersonId = @policyPerson AND c.Id = w.CaseId AND c.Status < 4 AND {RowPolicy.Part(part, "c")} AND {CaseLook.Conditions}
        """);

    private static readonly StatementFamily<Reach> Oldest = new([Reach.All, Reach.Units], (d, reach) => $"""
        SELECT c.OpenedAt FROM Cases c{By(d, "IX_Cases_OpenSince")} WHERE c.Status < 4 AND {OfUnits(reach)} AND {CaseLook.Conditions} ORDER BY c.OpenedAt {d.Limit("1")}
        """);

    private static readonly StatementFamily<Reach> Newest = new([Reach.All, Reach.Units], (d, reach) => $"""
        SELECT c.UpdatedAt FROM Cases c{By(d, "IX_Cases_Touched")} WHERE c.Status < 4 AND {OfUnits(reach)} AND {CaseLook.Conditions} ORDER BY c.UpdatedAt DESC {d.Limit("1")}
        """);

    private static readonly StatementFamily<Reach> Urgent = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT c.Id AS {nameof(LiveUrgentCase.CaseId)}, c.Breach, c.Severity, c.OpenedAt, c.DueAt,
               CASE WHEN c.Status < 3 AND c.DueAt < @now THEN 1 ELSE 0 END AS {nameof(LiveUrgentCase.Overdue)},
               o.Name AS {nameof(LiveUrgentCase.Owner)}, CASE WHEN c.OwnerId IS NULL THEN 0 ELSE 1 END AS {nameof(LiveUrgentCase.IsTaken)},
               (SELECT MAX(e.HappenedAt) FROM CaseEvents e WHERE e.CaseId = c.Id AND c.OwnerId IS NOT NULL
                 AND e.Event IN ('claimed', 'assigned', 'handedOver')) AS {nameof(LiveUrgentCase.OwnerSince)}, u.Name AS {nameof(LiveUrgentCase.Region)}, p.Name AS {nameof(LiveUrgentCase.Product)}
        FROM Cases c JOIN Units u ON u.Id = c.RegionId JOIN Products p ON p.Id = c.ProductId LEFT JOIN People o ON o.Id = c.OwnerId
        WHERE c.Id IN @ids AND {RowPolicy.Cases(reach, "c")}
        """);

    // Once it is told how many cases there are, SQLite would rather sort all that are open.
    private static string By(SqlDialect d, string index) => d == SqlDialect.Sqlite ? $" INDEXED BY {index}" : "";

    // The plus keeps to the order of age: it soon comes to one.
    private static string OfUnits(Reach reach) => reach == Reach.All ? "1 = 1" : "(+c.RegionId IN @policyRegions OR +c.TeamId IN @policyTeams)";

    private sealed record CountsRow
    {
        public required int Unfinished { get; init; }
        public required int Overdue { get; init; }
        public required int DueSoon { get; init; }
        public required int Critical { get; init; }
        public required DateTimeOffset? OldestAt { get; init; }
        public required DateTimeOffset? NewestAt { get; init; }
    }

    /// <param name="of">Whose cases.</param>
    /// <param name="calendar">Whose next business hour is "soon".</param>
    internal static async Task<LiveCases> Read(Session session, Viewer viewer, BoardSubject of, BusinessCalendar calendar)
    {
        var look = CaseLook.AtAll(viewer, session.Now) with { RegionId = of.RegionId, TeamId = of.TeamId, ProductId = of.ProductId };
        // Up to and with that instant.
        var soon = calendar.Deadline(session.Now, TimeSpan.FromHours(1)).AddMilliseconds(1);
        List<CountsRow> counts = [];
        var parts = RowPolicy.CaseParts(viewer);
        var tallied = look.IsTallied ? parts.Where(CaseCounting.IsUnit).ToList() : [];
        if (tallied.Count > 0) counts.Add(await OfUnits(session, look, tallied, soon));
        foreach (var part in parts.Except(tallied)) counts.Add(await OfPart(session, look, part, soon));
        return new LiveCases
        {
            Open = counts.Sum(count => count.Unfinished),
            Overdue = counts.Sum(count => count.Overdue),
            DueSoon = counts.Sum(count => count.DueSoon),
            Critical = counts.Sum(count => count.Critical),
            OldestAt = counts.Min(count => count.OldestAt),
            NewestAt = counts.Max(count => count.NewestAt),
            Urgent = await UrgentCases.Of(await First(session, look), () => Calling(session, look)),
        };
    }

    private static async Task<CountsRow> OfUnits(Session session, CaseLook look, IReadOnlyList<CasePart> parts, DateTimeOffset soon)
    {
        var counting = new CaseCounting(session, look, new CaseRanges(session, look));
        var tallies = await counting.Tallies();
        var (overdue, dueSoon) = (tallies.Overdue, 0);
        List<CountsRow> read = [];
        foreach (var part in parts)
        {
            overdue += await counting.DueBetween(part, counting.StartOfDay, look.Now);
            dueSoon += await counting.DueBetween(part, look.Now, soon);
            if (tallies.Open is > 0 and <= Few) read.Add(await OfPart(session, look, part, soon));
        }
        var walk = tallies.Open > Few;
        return new CountsRow
        {
            Unfinished = tallies.Open,
            Overdue = overdue,
            DueSoon = dueSoon,
            Critical = tallies.Critical,
            OldestAt = walk ? await session.First<DateTimeOffset?>(Oldest[look.Viewer.Reach], look.Parameters(new { })) : read.Min(row => row.OldestAt),
            NewestAt = walk ? await session.First<DateTimeOffset?>(Newest[look.Viewer.Reach], look.Parameters(new { })) : read.Max(row => row.NewestAt),
        };
    }

    private static Task<CountsRow> OfPart(Session session, CaseLook look, CasePart part, DateTimeOffset soon)
    {
        var (lead, key) = look.Lead(part, CaseStatus.New);
        return session.Single<CountsRow>(part.IsWatched ? Watched[part.Kind] : Own[new CaseSource(part.Kind, lead)],
            look.Parameters(new { partId = part.UnitId, lead = key, soon }));
    }

    private static async Task<IReadOnlyList<LiveUrgentCase>> First(Session session, CaseLook look)
    {
        var ids = new List<long>();
        foreach (var overdue in (bool[])[true, false])
            if (ids.Count < UrgentCases.Most) ids.AddRange(await Ids(session, look, look.Filter with { Overdue = overdue }, UrgentCases.Most - ids.Count));
        return await OfIds(session, look, ids);
    }

    private static async Task<LiveUrgentCase?> Calling(Session session, CaseLook look)
    {
        var nobodys = look.Filter with { Owner = CaseBoardFilter.None };
        foreach (var filter in (CaseBoardFilter[])[nobodys with { Overdue = true }, nobodys with { Severities = [CaseSeverity.Critical] }])
            if (await Ids(session, look, filter, 1) is { Count: > 0 } ids) return (await OfIds(session, look, ids)).FirstOrDefault();
        return null;
    }

    private static async Task<IReadOnlyList<long>> Ids(Session session, CaseLook look, CaseBoardFilter filter, int most) =>
        [.. (await new CaseRanges(session, look with { Filter = filter }).Next([CaseStatus.New, CaseStatus.InProgress, CaseStatus.Waiting], CaseSort.Urgency, most, null)).Select(place => place.Id)];

    private static async Task<IReadOnlyList<LiveUrgentCase>> OfIds(Session session, CaseLook look, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0) return [];
        var rows = (await session.Query<LiveUrgentCase>(Urgent[look.Viewer.Reach], look.Parameters(new { ids }))).ToDictionary(row => row.CaseId);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }
}
