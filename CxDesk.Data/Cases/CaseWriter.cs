using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <summary>
/// The one way to change a case. A command is checked against the row policy, the version that was expected and the
/// life of a case; then state, event and audit are written in one transaction.
/// </summary>
public sealed class CaseWriter(Db db, RegionCalendars calendars, PolicyBook policies)
{
    /// <summary>Selects <see cref="CaseState"/>s of Cases c, with their owners o and products p.</summary>
    internal const string SelectStates = $"""
        SELECT c.Id, c.RegionId, c.TeamId, c.CustomerId, o.Name AS {nameof(CaseState.OwnerName)}, p.Name AS {nameof(CaseState.ProductName)},
            c.Status, c.Severity, c.ClockFrom, c.TargetMinutes, c.PausedMinutes, c.DueAt, c.CalendarId, c.WaitingSince, c.WaitingUntil, c.WaitingReason,
            c.OwnerId, c.ProductId, c.Breach, c.EscalationLevel, c.EscalatedToId, c.NextEscalationAt, c.NextWarningAt,
            c.FirstResponseMinutes, c.FirstResponseDueAt, c.FirstResponseAt, c.FirstResponseInTime, c.RuleVersion, c.RuleKey, c.SeverityByHand, c.ResolvedAt,
            c.ResolvedInTime, c.ElapsedMinutes, c.RootCause, c.ContactOutcome, c.ClosedAt, c.UpdatedAt, c.RowVersion
        FROM Cases c JOIN Products p ON p.Id = c.ProductId LEFT JOIN People o ON o.Id = c.OwnerId
        """;

    private static readonly StatementFamily<Reach> Find = new(RowPolicy.Reaches, (_, reach) => $"""
        {SelectStates}
        WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly Statement Save = new("""
        UPDATE Cases SET Status = @Status, Severity = @Severity, ClockFrom = @ClockFrom, TargetMinutes = @TargetMinutes,
            PausedMinutes = @PausedMinutes, DueAt = @DueAt, CalendarId = @CalendarId, WaitingSince = @WaitingSince, WaitingUntil = @WaitingUntil,
            WaitingReason = @WaitingReason, OwnerId = @OwnerId, ProductId = @ProductId, Breach = @Breach, EscalationLevel = @EscalationLevel,
            EscalatedToId = @EscalatedToId, NextEscalationAt = @NextEscalationAt, NextWarningAt = @NextWarningAt,
            FirstResponseMinutes = @FirstResponseMinutes, FirstResponseDueAt = @FirstResponseDueAt, FirstResponseAt = @FirstResponseAt,
            FirstResponseInTime = @FirstResponseInTime, SeverityByHand = @SeverityByHand, RuleVersion = @RuleVersion, RuleKey = @RuleKey, ResolvedAt = @ResolvedAt,
            ResolvedInTime = @ResolvedInTime, ElapsedMinutes = @ElapsedMinutes, RootCause = @RootCause, ContactOutcome = @ContactOutcome,
            ClosedAt = @ClosedAt, UpdatedAt = @UpdatedAt, RowVersion = @RowVersion
        WHERE Id = @Id AND RowVersion = @RowVersion - 1
        """);

    private static readonly Statement ResolvedBefore = new(d => $"""
        SELECT Id FROM Cases WHERE Status = 4 AND ResolvedAt < @before ORDER BY ResolvedAt, Id {d.Limit("@most")}
        """);

    private readonly CaseDecider _decider = new(calendars, policies);

    /// <summary>Does one thing to one case, in a transaction of its own.</summary>
    public Task<CaseResult> Do(Viewer actor, CaseCommand command, CancellationToken cancel = default) =>
        db.Write(s => Do(s, actor, command), cancel);

    /// <summary>Does one thing to one case, in the caller's transaction.</summary>
    /// <param name="at">When it happens; null: now.</param>
    public async Task<CaseResult> Do(Session session, Viewer actor, CaseCommand command, DateTimeOffset? at = null)
    {
        var when = at ?? session.Now;
        while (true)
        {
            var state = await session.First<CaseState>(Find[actor.Reach], RowPolicy.Parameters(actor, new { caseId = command.CaseId }));
            if (state is null) return new CaseResult.NotFound();
            if (command.ExpectedVersion is { } expected && expected != state.RowVersion)
                return new CaseResult.Conflict(state.RowVersion, await CaseEventLog.Since(session, state.Id, expected));
            var (change, refused) = await _decider.Decide(session, actor, command, state, when);
            if (refused is not null) return refused;
            if (command.Draft is { } draft) await CaseDraftStore.Sent(session, actor, state.Id, draft);
            if (change is null) return new CaseResult.Done(state.RowVersion);
            var next = change.State with { UpdatedAt = when, RowVersion = state.RowVersion + 1 };
            // None changed: on SQL Server somebody committed between the read and this. Look again.
            if (!await Store(session, state, next)) continue;
            CaseEventLog.Add(session, next.Id, next.RowVersion, when, change.Name, actor, change.Note, change.Detail);
            if (change.Also is not null) await change.Also(session);
            await Audit.Write(session, actor, $"case{change.Name}", "case", next.Id, change.Detail);
            await CaseNews.Tell(session, actor, state, next, change.Name);
            session.Changed(ChangeTopic.Cases);
            return new CaseResult.Done(next.RowVersion);
        }
    }

    /// <summary>Stores a case as it becomes, and counts it so.</summary>
    /// <returns>False where it is no longer the version that was read; nothing is stored then.</returns>
    internal static async Task<bool> Store(Session session, CaseState before, CaseState after)
    {
        if (await session.Execute(Save, after) == 0) return false;
        CaseTallies.Shift(session, before.Tally, after.Tally);
        await ResolvedDays.Touch(session, before, after);
        CaseHistory.Keep(session, after.Id, after.UpdatedAt);
        return true;
    }

    /// <summary>Closes, in the name of the system, what was resolved before an instant.</summary>
    /// <returns>How many were closed.</returns>
    public async Task<int> CloseResolved(DateTimeOffset before, CancellationToken cancel = default)
    {
        const int most = 500;
        for (var closed = 0; ;)
        {
            var batch = await db.Write(async s =>
            {
                var ids = await s.Query<long>(ResolvedBefore, new { before, most });
                foreach (var id in ids) await Do(s, Viewer.System, new CloseCase { CaseId = id });
                return ids.Count;
            }, cancel);
            closed += batch;
            if (batch < most) return closed;
        }
    }
}
