using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <param name="Cases">How many cases go by another calendar now.</param>
/// <param name="Moved">Whose deadline that moved.</param>
public readonly record struct RetimeResult(int Cases, int Moved);

/// <summary>
/// Counts the deadline of every open case anew that was counted by another calendar than its region's present one, from
/// what is stored: where its clock starts, its target, its pauses. Resolved and closed cases keep what they were judged
/// by. A case says itself by which calendar it goes, so that a run may stop anywhere and the next one goes on from there,
/// and two at once do the work once. A run writes one audit line, with its first cases: how many are behind, and which
/// calendars they get. So no crash loses it; the run that goes on after one writes its own of what is left.
/// </summary>
public sealed class CaseRetimer(Db db, Company company, RegionCalendars calendars, PolicyBook policies)
{
    private const int BatchSize = 500;

    // Ids of calendars rise with their versions. A case without one goes by the first of its region.
    private static readonly Statement Outdated = new($"""
        SELECT k.UnitId AS {nameof(OutdatedRow.RegionId)}, k.Present AS {nameof(OutdatedRow.CalendarId)}
        FROM (SELECT UnitId, MIN(Id) AS Oldest, MAX(Id) AS Present FROM Calendars GROUP BY UnitId) k
        WHERE k.Oldest < k.Present
            AND (EXISTS (SELECT 1 FROM Cases c WHERE c.Status < 4 AND c.RegionId = k.UnitId AND c.CalendarId < k.Present)
                OR EXISTS (SELECT 1 FROM Cases c WHERE c.Status < 4 AND c.RegionId = k.UnitId AND c.CalendarId IS NULL))
        ORDER BY k.UnitId
        """);

    private static readonly Statement Behind = new($"""
        SELECT k.UnitId AS {nameof(BehindRow.RegionId)}, k.Present AS {nameof(BehindRow.CalendarId)}, v.Version AS {nameof(BehindRow.Version)},
            (SELECT COUNT(*) FROM Cases c WHERE c.Status < 4 AND c.RegionId = k.UnitId AND c.CalendarId < k.Present)
                + (SELECT COUNT(*) FROM Cases c WHERE c.Status < 4 AND c.RegionId = k.UnitId AND c.CalendarId IS NULL) AS {nameof(BehindRow.Cases)}
        FROM (SELECT UnitId, MIN(Id) AS Oldest, MAX(Id) AS Present FROM Calendars GROUP BY UnitId) k JOIN Calendars v ON v.Id = k.Present
        WHERE k.Oldest < k.Present
        ORDER BY k.UnitId
        """);

    private static readonly Statement WithOlder = new(d => $"""
        {CaseWriter.SelectStates}
        WHERE c.Status < 4 AND c.RegionId = @regionId AND c.CalendarId < @calendarId
        ORDER BY c.CalendarId, c.Id {d.Limit("@most")}
        """);

    private static readonly Statement WithNone = new(d => $"""
        {CaseWriter.SelectStates}
        WHERE c.Status < 4 AND c.RegionId = @regionId AND c.CalendarId IS NULL
        ORDER BY c.Id {d.Limit("@most")}
        """);

    private static readonly Statement PauseEvents = new($"""
        SELECT CaseId AS {nameof(PauseRow.CaseId)}, HappenedAt AS {nameof(PauseRow.HappenedAt)}, Detail AS {nameof(PauseRow.Detail)}
        FROM CaseEvents WHERE CaseId IN @ids AND Detail LIKE '%"waitingSince"%' ORDER BY CaseId, HappenedAt, Id
        """);

    // The deadlines stand where they were: nobody's edit is made stale by that.
    private static readonly Statement Stamp = new("""
        UPDATE Cases SET CalendarId = @CalendarId, PausedMinutes = @PausedMinutes, NextEscalationAt = @NextEscalationAt, NextWarningAt = @NextWarningAt
        WHERE Id = @Id AND RowVersion = @RowVersion
        """);

    /// <summary>Works until nothing is left to do; batch by batch, each a transaction of its own.</summary>
    public async Task<RetimeResult> Run(CancellationToken cancel = default)
    {
        // Looked at before it is written: this runs every minute, and mostly there is nothing to do.
        if (await db.Read(s => EffectiveCalendars.AreBehind(s, company), cancel)) await db.Write(s => EffectiveCalendars.Refresh(s, company, Viewer.System), cancel);
        var (cases, moved) = (0, 0);
        IReadOnlySet<int> audited = new HashSet<int>();
        while (true)
        {
            if ((await db.Read(s => s.Query<OutdatedRow>(Outdated), cancel)).Count == 0) return new RetimeResult(cases, moved);
            (var batch, audited) = await db.Write(s => Batch(s, audited), cancel);
            cases += batch.Cases;
            moved += batch.Moved;
        }
    }

    /// <param name="audited">The calendars of which this run has an audit line; one that came while it ran gets its own.</param>
    private async Task<(RetimeResult, IReadOnlySet<int> Audited)> Batch(Session session, IReadOnlySet<int> audited)
    {
        var regions = await session.Query<OutdatedRow>(Outdated);
        var behind = regions.All(region => audited.Contains(region.CalendarId)) ? []
            : (await session.Query<BehindRow>(Behind)).Where(row => row.Cases > 0 && !audited.Contains(row.CalendarId)).ToList();
        var (cases, moved) = (0, 0);
        foreach (var region in regions)
        {
            var left = BatchSize - cases;
            if (left == 0) break;
            var states = await Open(session, region, left);
            var pauses = (await session.Query<PauseRow>(PauseEvents, new { ids = states.Select(s => s.Id) })).ToLookup(p => p.CaseId, p => p.ToPause());
            var calendar = await calendars.Of(session, region.RegionId, region.CalendarId);
            foreach (var state in states)
            {
                cases++;
                if (await Retime(session, state, calendar, [.. pauses[state.Id]])) moved++;
            }
        }
        if (cases == 0) return (default, audited);
        if (behind.Count > 0)
            await Audit.Write(session, Viewer.System, "casesRecomputed", "cases", "open",
                new { cases = behind.Sum(row => row.Cases), calendars = behind.Select(row => new { row.RegionId, row.Version, row.Cases }) });
        session.Changed(ChangeTopic.Cases);
        return (new RetimeResult(cases, moved), audited.Union(behind.Select(row => row.CalendarId)).ToHashSet());
    }

    private static async Task<IReadOnlyList<CaseState>> Open(Session session, OutdatedRow region, int most)
    {
        var older = await session.Query<CaseState>(WithOlder, new { regionId = region.RegionId, calendarId = region.CalendarId, most });
        if (older.Count == most) return older;
        return [.. older, .. await session.Query<CaseState>(WithNone, new { regionId = region.RegionId, most = most - older.Count })];
    }

    /// <returns>Whether the deadline moved.</returns>
    private async Task<bool> Retime(Session session, CaseState state, BusinessCalendar calendar, IReadOnlyList<CasePause> pauses)
    {
        var next = state.Retimed(calendar, await policies.Timing(session, state.RuleVersion, state.RuleKey, state.Severity), pauses);
        if (next.DueAt == state.DueAt && next.FirstResponseDueAt == state.FirstResponseDueAt)
        {
            await session.Execute(Stamp, next);
            return false;
        }
        next = next with { UpdatedAt = session.Now, RowVersion = state.RowVersion + 1 };
        // None changed: on SQL Server somebody changed the case since it was read, and the next batch takes it.
        if (!await CaseWriter.Store(session, state, next)) return false;
        CaseEventLog.Add(session, next.Id, next.RowVersion, session.Now, CaseEventName.Recomputed, Viewer.System,
            detail: new CaseEventDetail { DueWas = state.DueAt, DueAt = next.DueAt, CalendarVersion = calendar.Version });
        return true;
    }

    private sealed record OutdatedRow
    {
        public required int RegionId { get; init; }
        public required int CalendarId { get; init; }
    }

    private sealed record BehindRow
    {
        public required int RegionId { get; init; }
        public required int CalendarId { get; init; }
        public required int Version { get; init; }
        public required int Cases { get; init; }
    }

    private sealed record PauseRow
    {
        public required long CaseId { get; init; }
        public required DateTimeOffset HappenedAt { get; init; }
        public required string Detail { get; init; }

        public CasePause ToPause() => new(CaseEventLog.Read(Detail).WaitingSince!.Value, HappenedAt);
    }
}
