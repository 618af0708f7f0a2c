using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <summary>A stored answer for which the policy wants a case.</summary>
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
        SELECT Id, Severity, ClockFrom, PausedMinutes, RegionId, EscalationLevel, RowVersion, TargetMinutes, WaitingSince, FirstResponseMinutes,
            FirstResponseDueAt, FirstResponseAt, CalendarId, TeamId, Status, DueAt
        FROM Cases WHERE CustomerId = @customerId AND Status < 4
        """);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Cases (Status, Severity, OpenedAt, ClockFrom, TargetMinutes, DueAt, OwnerId, ResponsibleId, RegionId, TeamId, AgentId, ProductId,
            CustomerId, AnswerId, Value12m, RuleVersion, RuleKey, RuleInputs, NextEscalationAt, NextWarningAt, FirstResponseMinutes, FirstResponseDueAt,
            UpdatedAt, CalendarId)
        {d.Output("Id")}
        VALUES (@status, @severity, @openedAt, @openedAt, @targetMinutes, @dueAt, @ownerId, @responsibleId, @regionId, @teamId, @agentId, @productId,
            @customerId, @answerId, @value12m, @ruleVersion, @ruleKey, @ruleInputs, @nextEscalationAt, @nextWarningAt, @firstResponseMinutes, @firstResponseDueAt,
            @openedAt, @calendarId)
        {d.Returning("Id")}
        """);

    private static readonly string[] InsertParameters =
    [
        "status", "severity", "openedAt", "targetMinutes", "dueAt", "ownerId", "responsibleId", "regionId", "teamId", "agentId", "productId",
        "customerId", "answerId",
        "value12m", "ruleVersion", "ruleKey", "ruleInputs", "nextEscalationAt", "nextWarningAt", "firstResponseMinutes", "firstResponseDueAt",
        "calendarId",
    ];

    private static readonly string[] RaiseParameters =
    [
        "severity", "targetMinutes", "dueAt", "nextEscalationAt", "nextWarningAt", "firstResponseMinutes", "firstResponseDueAt", "ruleVersion",
        "ruleKey", "ruleInputs", "caseId",
    ];

    private static readonly Statement Attach = new("INSERT INTO CaseAnswers (AnswerId, CaseId) VALUES (@answerId, @caseId)");

    private static readonly Statement Raise = new("""
        UPDATE Cases SET Severity = @severity, TargetMinutes = @targetMinutes, DueAt = @dueAt, NextEscalationAt = @nextEscalationAt,
            NextWarningAt = CASE WHEN WaitingSince IS NULL THEN @nextWarningAt ELSE NextWarningAt END,
            FirstResponseMinutes = @firstResponseMinutes, FirstResponseDueAt = @firstResponseDueAt,
            RuleVersion = @ruleVersion, RuleKey = @ruleKey, RuleInputs = @ruleInputs
        WHERE Id = @caseId
        """);

    private static readonly Statement RegionOf = new("SELECT ParentId FROM Units WHERE Id = @teamId AND Kind = 3 AND IsActive = 1");

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
        CaseSearch.Index(session, caseId);
        session.Changed(ChangeTopic.Cases);
        return new OpenedCase(caseId, open is not null);
    }

    // False on SQL Server where somebody changed or resolved the case since it was read; true holds it until the commit.
    private static bool Touch(Session session, LowAnswer answer, OpenCase open) =>
        session.Prepare(TakeVersion, "value12m", "at", "caseId", "version").Set(answer.Value12m, answer.OpenedAt, open.Id, open.RowVersion).Execute() > 0;

    private async ValueTask<long> Open(Session session, LowAnswer answer)
    {
        var judgement = answer.Judgement;
        var timing = judgement.Timing;
        var (regionId, teamId) = await Place(session, answer);
        var owner = judgement.Owner is { Kind: OwnerKind.Person, PersonId: { } personId }
            && await PossibleOwner.Find(session, personId, regionId, calendars.DayOf(answer.OpenedAt)) is { HasAccess: true } fit ? fit : null;
        var calendar = await calendars.Of(session, regionId);
        var due = calendar.Deadline(answer.OpenedAt, timing.TargetMinutes);
        var caseId = session.Prepare(Insert, InsertParameters)
            .Set(owner is null ? CaseStatus.New : CaseStatus.InProgress, judgement.Severity, answer.OpenedAt, timing.TargetMinutes, due, owner?.Id,
                await responsibility.Of(session, teamId, answer.OpenedAt), regionId, teamId, answer.AgentId, answer.ProductId, answer.CustomerId,
                answer.AnswerId, answer.Value12m ?? 0m, judgement.RuleVersion, judgement.RuleKey, judgement.Inputs.ToJson(),
                CaseClock.NextEscalation(calendar, due, 0, timing), CaseClock.Warning(calendar, due, timing), timing.FirstResponseMinutes,
                CaseClock.FirstResponse(calendar, answer.OpenedAt, timing), calendar.Id)
            .Id() ?? throw new InvalidOperationException("A case was stored without an id.");
        CaseHistory.Keep(session, caseId, answer.OpenedAt, isNew: true);
        CaseTallies.Shift(session, null, new CaseTally(regionId, teamId, owner is null ? CaseStatus.New : CaseStatus.InProgress, judgement.Severity, due));
        CaseEventLog.Add(session, caseId, 1, answer.OpenedAt, CaseEventName.Opened, Viewer.System, detail: new CaseEventDetail
        {
            AnswerId = answer.AnswerId,
            Severity = new Shift(null, CaseEventLog.Stored(judgement.Severity)),
            DueAt = due,
            Owner = owner is null ? null : new Shift(null, owner.Name),
        });
        if (owner is not null) await NoticeWriter.Tell(session, owner.Id, NoticeEvent.CaseAssigned, $"assigned/{caseId}/1/{owner.Id}", caseId, new NoticeDetail { By = Viewer.System.Name, Breach = 1 });
        return caseId;
    }

    /// <summary>Where the case is worked on: in the team that gave the service, or in the one whose queue the policy names.</summary>
    private static async ValueTask<(int RegionId, int TeamId)> Place(Session session, LowAnswer answer) =>
        answer.Judgement.Owner is { Kind: OwnerKind.Queue, TeamId: { } teamId } && await session.First<int?>(RegionOf, new { teamId }) is { } regionId
            ? (regionId, teamId)
            : (answer.RegionId, answer.TeamId);

    private async ValueTask Join(Session session, LowAnswer answer, OpenCase open)
    {
        var judgement = answer.Judgement;
        var detail = new CaseEventDetail { AnswerId = answer.AnswerId };
        var severity = judgement.Severity;
        if (severity < open.Severity)
        {
            // By the calendar that the rest of its time was counted by: a change of calendars moves all of it at once.
            var calendar = await calendars.Of(session, open.RegionId, open.CalendarId);
            var timing = judgement.Timing;
            var target = Raised(open.TargetMinutes, timing.TargetMinutes);
            var due = calendar.Deadline(open.ClockFrom, target + open.PausedMinutes);
            var (response, responseDue) = (open.FirstResponseMinutes, open.FirstResponseDueAt);
            if (!open.Responded && timing.FirstResponseMinutes is { } minutes)
            {
                response = Raised(response ?? int.MaxValue, minutes);
                responseDue = calendar.Deadline(open.ClockFrom, response.Value);
            }
            var runs = open.WaitingSince is null;
            session.Prepare(Raise, RaiseParameters)
                .Set(severity, target, due, runs ? CaseClock.NextEscalation(calendar, due, open.EscalationLevel, timing) : null,
                    CaseClock.Warning(calendar, due, timing), response, responseDue,
                    judgement.RuleVersion, judgement.RuleKey, judgement.Inputs.ToJson(), open.Id)
                .Execute();
            CaseTallies.Shift(session, open.Tally, open.Tally with { Severity = severity, DueAt = due });
            detail = detail with { Severity = new Shift(CaseEventLog.Stored(open.Severity), CaseEventLog.Stored(severity)), DueAt = due };

            int Raised(int before, int after) =>
                CaseClock.RaisedMinutes(calendar, open.ClockFrom, open.PausedMinutes, open.WaitingSince, before, after, answer.OpenedAt);
        }
        CaseHistory.Keep(session, open.Id, answer.OpenedAt);
        CaseEventLog.Add(session, open.Id, open.RowVersion + 1, answer.OpenedAt, CaseEventName.Joined, Viewer.System, detail: detail);
    }

    private static OpenCase? Find(Session session, long customerId)
    {
        using var reader = session.Prepare(FindOpen, "customerId").Set(customerId).Read();
        return reader.Read()
            ? new OpenCase
            {
                Id = reader.GetInt64(0),
                Severity = (CaseSeverity)Convert.ToInt32(reader.GetValue(1)),
                ClockFrom = Time.Parse(reader.GetValue(2)),
                PausedMinutes = reader.GetInt32(3),
                RegionId = reader.GetInt32(4),
                EscalationLevel = reader.GetInt32(5),
                RowVersion = reader.GetInt32(6),
                TargetMinutes = reader.GetInt32(7),
                WaitingSince = reader.IsDBNull(8) ? null : Time.Parse(reader.GetValue(8)),
                FirstResponseMinutes = reader.IsDBNull(9) ? null : reader.GetInt32(9),
                FirstResponseDueAt = reader.IsDBNull(10) ? null : Time.Parse(reader.GetValue(10)),
                Responded = !reader.IsDBNull(11),
                CalendarId = reader.IsDBNull(12) ? null : reader.GetInt32(12),
                TeamId = reader.GetInt32(13),
                Status = (CaseStatus)Convert.ToInt32(reader.GetValue(14)),
                DueAt = Time.Parse(reader.GetValue(15)),
            }
            : null;
    }

    private sealed record OpenCase
    {
        public required long Id { get; init; }
        public required CaseSeverity Severity { get; init; }
        public required DateTimeOffset ClockFrom { get; init; }
        public required int PausedMinutes { get; init; }
        public required int RegionId { get; init; }
        public required int EscalationLevel { get; init; }
        public required int RowVersion { get; init; }
        public required int TargetMinutes { get; init; }
        public required DateTimeOffset? WaitingSince { get; init; }
        public required int? FirstResponseMinutes { get; init; }
        public required DateTimeOffset? FirstResponseDueAt { get; init; }
        public required bool Responded { get; init; }
        public required int? CalendarId { get; init; }
        public required int TeamId { get; init; }
        public required CaseStatus Status { get; init; }
        public required DateTimeOffset DueAt { get; init; }

        public CaseTally Tally => new(RegionId, TeamId, Status, Severity, DueAt);
    }
}
