using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>A stored answer that is low enough for a case.</summary>
public sealed record LowAnswer
{
    public required long AnswerId { get; init; }

    /// <summary>When the case opens and its clock starts, which is not when the customer answered.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    public required int RegionId { get; init; }
    public required int TeamId { get; init; }
    public required int? AgentId { get; init; }
    public required int ProductId { get; init; }
    public required long? CustomerId { get; init; }
    public required decimal? Value12m { get; init; }
    public required CaseJudgement Judgement { get; init; }
}

/// <param name="Joined">True when the customer had an open case already, which now holds this answer too.</param>
public readonly record struct OpenedCase(long CaseId, bool Joined);

/// <summary>
/// Gives a low answer its case, in the transaction that stores the answer. A customer has one open case at most; two
/// writers that open one at once meet at a unique index, and the second, run again by <see cref="Db.Write"/>, joins.
/// </summary>
public sealed class CaseOpener(RegionCalendars calendars, CaseResponsibility responsibility)
{
    private static readonly Statement FindOpen = new("""
        SELECT Id, Severity, ClockFrom, PausedMinutes, RegionId, EscalationLevel, NextEscalationAt, RowVersion, TargetMinutes, WaitingSince,
            CalendarId
        FROM Cases WHERE CustomerId = @customerId AND Status < 4
        """);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Cases (Status, Severity, OpenedAt, ClockFrom, TargetMinutes, DueAt, ResponsibleId, RegionId, TeamId, AgentId, ProductId,
            CustomerId, AnswerId, Value12m, RuleVersion, RuleInputs, NextEscalationAt, UpdatedAt, CalendarId)
        {d.Output("Id")}
        VALUES (1, @severity, @openedAt, @openedAt, @targetMinutes, @dueAt, @responsibleId, @regionId, @teamId, @agentId, @productId,
            @customerId, @answerId, @value12m, @ruleVersion, @ruleInputs, @dueAt, @openedAt, @calendarId)
        {d.Returning("Id")}
        """);

    private static readonly Statement Attach = new("INSERT INTO CaseAnswers (AnswerId, CaseId) VALUES (@answerId, @caseId)");

    private static readonly Statement Raise = new("""
        UPDATE Cases SET Severity = @severity, TargetMinutes = @targetMinutes, DueAt = @dueAt, NextEscalationAt = @nextEscalationAt,
            RuleVersion = @ruleVersion, RuleInputs = @ruleInputs
        WHERE Id = @caseId
        """);

    private static readonly Statement TakeVersion = new("""
        UPDATE Cases SET Value12m = COALESCE(@value12m, Value12m), UpdatedAt = @at, RowVersion = RowVersion + 1
        WHERE Id = @caseId AND RowVersion = @version AND Status < 4
        """);

    /// <summary>Opens a case for the answer, or joins it to the customer's open one, whose severity may rise and never falls.</summary>
    public async ValueTask<OpenedCase> OpenOrJoin(Session session, LowAnswer answer)
    {
        OpenCase? open;
        do
        {
            open = answer.CustomerId is { } customerId ? Find(session, customerId) : null;
        }
        while (open is not null && !Touch(session, answer, open));
        if (open is not null) await Join(session, answer, open);
        var caseId = open?.Id ?? await Open(session, answer);
        session.Prepare(Attach, "answerId", "caseId").Set(answer.AnswerId, caseId).Execute();
        session.Changed(ChangeTopic.Cases);
        return new OpenedCase(caseId, open is not null);
    }

    // False on SQL Server where somebody changed or resolved the case since it was read; true holds it until the commit.
    private static bool Touch(Session session, LowAnswer answer, OpenCase open) =>
        session.Prepare(TakeVersion, "value12m", "at", "caseId", "version").Set(answer.Value12m, answer.OpenedAt, open.Id, open.RowVersion).Execute() > 0;

    private async ValueTask<long> Open(Session session, LowAnswer answer)
    {
        var judgement = answer.Judgement;
        var calendar = await calendars.Of(session, answer.RegionId);
        var due = calendar.Deadline(answer.OpenedAt, judgement.TargetMinutes);
        var caseId = session.Prepare(Insert, "severity", "openedAt", "targetMinutes", "dueAt", "responsibleId", "regionId", "teamId",
                "agentId", "productId", "customerId", "answerId", "value12m", "ruleVersion", "ruleInputs", "calendarId")
            .Set(judgement.Severity, answer.OpenedAt, judgement.TargetMinutes, due,
                await responsibility.Of(session, answer.TeamId, answer.OpenedAt), answer.RegionId, answer.TeamId,
                answer.AgentId, answer.ProductId, answer.CustomerId, answer.AnswerId, answer.Value12m ?? 0m, judgement.RuleVersion, judgement.Inputs.ToJson(), calendar.Id)
            .Id() ?? throw new InvalidOperationException("A case was stored without an id.");
        CaseEventLog.Add(session, caseId, 1, answer.OpenedAt, CaseEventName.Opened, Viewer.System,
            detail: new CaseEventDetail { AnswerId = answer.AnswerId, Severity = new Shift(null, CaseEventLog.Stored(judgement.Severity)), DueAt = due });
        return caseId;
    }

    private async ValueTask Join(Session session, LowAnswer answer, OpenCase open)
    {
        var judgement = answer.Judgement;
        var detail = new CaseEventDetail { AnswerId = answer.AnswerId };
        var severity = CaseRules.Joined(open.Severity, judgement.Severity);
        if (severity != open.Severity)
        {
            // By the calendar that the rest of its time was counted by: a change of calendars moves all of it at once.
            var calendar = await calendars.Of(session, open.RegionId, open.CalendarId);
            var target = RaisedTarget(calendar, open, judgement.TargetMinutes, answer.OpenedAt);
            var due = calendar.Deadline(open.ClockFrom, target + open.PausedMinutes);
            session.Prepare(Raise, "severity", "targetMinutes", "dueAt", "nextEscalationAt", "ruleVersion", "ruleInputs", "caseId")
                .Set(severity, target, due, open.Climbs ? CaseClock.NextEscalation(calendar, due, open.EscalationLevel, calendars.ClimbStep) : null,
                    judgement.RuleVersion, judgement.Inputs.ToJson(), open.Id)
                .Execute();
            detail = detail with { Severity = new Shift(CaseEventLog.Stored(open.Severity), CaseEventLog.Stored(severity)), DueAt = due };
        }
        CaseEventLog.Add(session, open.Id, open.RowVersion + 1, answer.OpenedAt, CaseEventName.Joined, Viewer.System, detail: detail);
    }

    /// <summary>
    /// A case that becomes more urgent gets the time of its new severity from then on, and never more than it had left: else
    /// a case of days ago would be overdue the moment another answer joins it.
    /// </summary>
    private static int RaisedTarget(BusinessCalendar calendar, OpenCase open, int target, DateTimeOffset joinedAt)
    {
        var stopped = open.WaitingSince is { } since && since < joinedAt ? since : joinedAt;
        var used = (int)calendar.Elapsed(open.ClockFrom, stopped).TotalMinutes - open.PausedMinutes;
        return Math.Min(open.TargetMinutes, Math.Max(0, used) + target);
    }

    private static OpenCase? Find(Session session, long customerId)
    {
        using var reader = session.Prepare(FindOpen, "customerId").Set(customerId).Read();
        return reader.Read()
            ? new OpenCase(reader.GetInt64(0), (CaseSeverity)Convert.ToInt32(reader.GetValue(1)), Time.Parse(reader.GetValue(2)),
                reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), !reader.IsDBNull(6), reader.GetInt32(7),
                reader.GetInt32(8), reader.IsDBNull(9) ? null : Time.Parse(reader.GetValue(9)), reader.IsDBNull(10) ? null : reader.GetInt32(10))
            : null;
    }

    private sealed record OpenCase(
        long Id, CaseSeverity Severity, DateTimeOffset ClockFrom, int PausedMinutes, int RegionId, int EscalationLevel, bool Climbs, int RowVersion,
        int TargetMinutes, DateTimeOffset? WaitingSince, int? CalendarId);
}
