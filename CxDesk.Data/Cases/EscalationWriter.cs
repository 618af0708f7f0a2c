using System.Text.Json;
using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <param name="Cases">How many cases climbed.</param>
/// <param name="Levels">How many levels they climbed together: more than cases after downtime.</param>
/// <param name="People">How many people were told.</param>
public readonly record struct SweepResult(int Cases, int Levels, int People);

/// <summary>
/// Lets overdue cases climb the hierarchy, each level of each breach once: (case, breach, level) is unique in the
/// database, and a case is only moved from the very version that was read. So a sweep may run ten thousand times, late,
/// or on two nodes at once. The owner stays; the manager who gets the case becomes a watcher and is told, once a sweep.
/// </summary>
public sealed class EscalationWriter(Db db, Company company, RegionCalendars calendars, PolicyBook policies)
{
    private const int BatchSize = 1000;

    private static readonly Statement FirstDue = new(d => $"""
        SELECT Id FROM Cases WHERE NextEscalationAt <= @now ORDER BY NextEscalationAt {d.Limit("@count")}
        """);

    private static readonly Statement Due = new(d => $"""
        SELECT Id, Status, Severity, DueAt, OwnerId, ResponsibleId, RegionId, TeamId, Breach, EscalationLevel, EscalatedToId, NextEscalationAt, RuleVersion, RuleKey,
            CalendarId, RowVersion
        FROM Cases
        WHERE NextEscalationAt <= @now
        ORDER BY NextEscalationAt {d.Limit("@count")}
        """);

    private static readonly Statement Move = new("""
        UPDATE Cases SET EscalationLevel = @level, EscalatedToId = @toId, NextEscalationAt = @nextAt, UpdatedAt = @now, RowVersion = @newVersion
        WHERE Id = @id AND RowVersion = @oldVersion
        """);

    private static readonly Statement Record = new("""
        INSERT INTO Escalations (CaseId, Breach, Level, ToPersonId, Reason, EscalatedAt) VALUES (@caseId, @breach, @level, @toId, @reason, @at)
        """);

    private static readonly Statement Watch = new("""
        INSERT INTO CaseWatchers (CaseId, PersonId)
        SELECT c.Id, @personId FROM Cases c
        WHERE c.Id = @caseId AND NOT EXISTS (SELECT 1 FROM CaseWatchers w WHERE w.CaseId = @caseId AND w.PersonId = @personId)
        """);

    /// <summary>Moves every case that is due. A sweep that finds none is one index seek.</summary>
    public async Task<SweepResult> Sweep(CancellationToken cancel = default)
    {
        if (await db.Read(s => s.First<long?>(FirstDue, new { now = db.Now, count = 1 }), cancel) is null) return default;
        var (cases, levels, news) = (0, 0, CombinedNews.None);
        while (true)
        {
            var batch = await db.Write(s => Batch(s, news), cancel);
            cases += batch.Cases;
            levels += batch.Levels;
            news = batch.News;
            if (!batch.IsFull) return new SweepResult(cases, levels, news.People);
        }
    }

    private async Task<BatchResult> Batch(Session session, CombinedNews before)
    {
        var due = await session.Query<DueCase>(Due, new { now = session.Now, count = BatchSize });
        var line = await ReportingLines.On(session, company.DayOf(session.Now));
        var (cases, levels, news) = (0, 0, before);
        foreach (var item in due)
        {
            var steps = await Steps(session, item, line);
            if (!Apply(session, item, steps)) continue;     // somebody changed the case since it was read; the next sweep looks again
            cases++;
            foreach (var step in steps.Where(s => s.Climb is not null))
            {
                levels++;
                if (step.Climb!.ToId is { } toId)
                    news = news.Add(toId, NoticeEvent.CaseEscalated, $"escalated/{item.Id}/{item.Breach}/{step.Level}", item.Id, item.Severity == CaseSeverity.Critical,
                        new NoticeDetail { Level = step.Level, Breach = item.Breach });
            }
        }
        await news.Tell(session, before);
        if (cases > 0) session.Changed(ChangeTopic.Cases);
        return new BatchResult(cases, levels, news, IsFull: due.Count == BatchSize && cases > 0);
    }

    /// <summary>The levels that are due now, in order: more than one when nobody swept for a while.</summary>
    private async Task<List<Step>> Steps(Session session, DueCase item, ReportingLine line)
    {
        var steps = new List<Step>();
        if (!item.Status.IsTimed()) return [new Step(null, item.EscalationLevel, item.EscalatedToId, null)];
        // The case's own, by which its deadline was counted: until it is retimed, its steps are too.
        var calendar = await calendars.Of(session, item.RegionId, item.CalendarId);
        var timing = await policies.Timing(session, item.RuleVersion, item.RuleKey, item.Severity);
        DateTimeOffset? at = item.NextEscalationAt;
        var (level, escalatedTo) = (item.EscalationLevel, item.EscalatedToId);
        while (at <= session.Now)
        {
            var climb = line.Above(item.TeamId, item.RegionId, item.OwnerId ?? item.ResponsibleId, escalatedTo);
            if (climb is not null) level++;
            if (climb?.ToId is { } toId) escalatedTo = toId;
            at = climb?.ToId is null ? null : CaseClock.NextEscalation(calendar, item.DueAt, level, timing);
            steps.Add(new Step(climb, level, escalatedTo, at));
        }
        // Nobody stands above the last one: nothing is left to wait for.
        if (at is not null && line.Above(item.TeamId, item.RegionId, item.OwnerId ?? item.ResponsibleId, escalatedTo) is null)
            steps[^1] = steps[^1] with { NextAt = null };
        return steps;
    }

    private static bool Apply(Session session, DueCase item, List<Step> steps)
    {
        var last = steps[^1];
        var climbs = steps.Count(s => s.Climb is not null);
        // Without a climb only the appointment goes; nobody's edit is made stale by that.
        var moved = session.Prepare(Move, "level", "toId", "nextAt", "now", "newVersion", "id", "oldVersion")
            .Set(last.Level, last.EscalatedToId, last.NextAt, session.Now, item.RowVersion + climbs, item.Id, item.RowVersion)
            .Execute();
        if (moved == 0) return false;
        CaseHistory.Keep(session, item.Id, session.Now);
        var version = item.RowVersion;
        foreach (var step in steps)
        {
            if (step.Climb is not { } climb) continue;
            var reason = JsonSerializer.Serialize(new { climb.Unit, climb.PassedOver }, CaseEventLog.Json);
            session.Prepare(Record, "caseId", "breach", "level", "toId", "reason", "at")
                .Set(item.Id, item.Breach, step.Level, climb.ToId, reason, session.Now).Execute();
            if (climb.ToId is { } toId)
                session.Prepare(Watch, "caseId", "personId").Set(item.Id, toId).Execute();
            CaseEventLog.Add(session, item.Id, ++version, session.Now, CaseEventName.Escalated, Viewer.System,
                detail: new CaseEventDetail { Level = step.Level, To = climb.ToName, Unit = climb.Unit, PassedOver = climb.PassedOver });
        }
        return true;
    }

    /// <param name="Climb">Null when nobody stands above, so that the case only stops climbing.</param>
    private sealed record Step(Climb? Climb, int Level, int? EscalatedToId, DateTimeOffset? NextAt);

    private sealed record BatchResult(int Cases, int Levels, CombinedNews News, bool IsFull);

    private sealed record DueCase
    {
        public required long Id { get; init; }
        public required CaseStatus Status { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required int? OwnerId { get; init; }
        public required int? ResponsibleId { get; init; }
        public required int RegionId { get; init; }
        public required int TeamId { get; init; }
        public required int Breach { get; init; }
        public required int EscalationLevel { get; init; }
        public required int? EscalatedToId { get; init; }
        public required DateTimeOffset NextEscalationAt { get; init; }
        public required int RuleVersion { get; init; }
        public required string? RuleKey { get; init; }
        public required int? CalendarId { get; init; }
        public required int RowVersion { get; init; }
    }
}
