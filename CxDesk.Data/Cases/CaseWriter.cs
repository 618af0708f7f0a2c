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
    /// <summary>A <see cref="CaseState"/> of Cases c, its owner o and its product p.</summary>
    internal const string StateColumns = $"""
        c.Id, c.RegionId, c.TeamId, c.CustomerId, o.Name AS {nameof(CaseState.OwnerName)}, p.Name AS {nameof(CaseState.ProductName)},
            c.Status, c.Severity, c.ClockFrom, c.TargetMinutes, c.PausedMinutes, c.DueAt, c.CalendarId, c.WaitingSince, c.WaitingUntil, c.WaitingReason,
            c.OwnerId, c.ProductId, c.Breach, c.EscalationLevel, c.EscalatedToId, c.NextEscalationAt, c.NextWarningAt,
            c.FirstResponseMinutes, c.FirstResponseDueAt, c.FirstResponseAt, c.FirstResponseInTime, c.RuleVersion, c.RuleKey, c.SeverityByHand, c.ResolvedAt,
            c.ResolvedInTime, c.ElapsedMinutes, c.RootCause, c.ContactOutcome, c.ClosedAt, c.UpdatedAt, c.RowVersion
        """;

    private static readonly StatementFamily<Reach> Find = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT {StateColumns}
        FROM Cases c JOIN Products p ON p.Id = c.ProductId LEFT JOIN People o ON o.Id = c.OwnerId
        WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")}
        """);

    internal static readonly Statement Save = new("""
        UPDATE Cases SET Status = @Status, Severity = @Severity, ClockFrom = @ClockFrom, TargetMinutes = @TargetMinutes,
            PausedMinutes = @PausedMinutes, DueAt = @DueAt, CalendarId = @CalendarId, WaitingSince = @WaitingSince, WaitingUntil = @WaitingUntil,
            WaitingReason = @WaitingReason, OwnerId = @OwnerId, ProductId = @ProductId, Breach = @Breach, EscalationLevel = @EscalationLevel,
            EscalatedToId = @EscalatedToId, NextEscalationAt = @NextEscalationAt, NextWarningAt = @NextWarningAt,
            FirstResponseMinutes = @FirstResponseMinutes, FirstResponseDueAt = @FirstResponseDueAt, FirstResponseAt = @FirstResponseAt,
            FirstResponseInTime = @FirstResponseInTime, SeverityByHand = @SeverityByHand, RuleVersion = @RuleVersion, ResolvedAt = @ResolvedAt,
            ResolvedInTime = @ResolvedInTime, ElapsedMinutes = @ElapsedMinutes, RootCause = @RootCause, ContactOutcome = @ContactOutcome,
            ClosedAt = @ClosedAt, UpdatedAt = @UpdatedAt, RowVersion = @RowVersion
        WHERE Id = @Id AND RowVersion = @RowVersion - 1
        """);

    private static readonly Statement FindProduct = new("SELECT Name FROM Products WHERE Id = @productId");

    private static readonly Statement OtherOpen = new("""
        SELECT Id FROM Cases WHERE CustomerId = @CustomerId AND Status < 4 AND Id <> @Id
        """);

    private static readonly Statement ResolvedBefore = new(d => $"""
        SELECT Id FROM Cases WHERE Status = 4 AND ResolvedAt < @before ORDER BY ResolvedAt, Id {d.Limit("@most")}
        """);

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
            var (step, refused) = await Decide(session, actor, command, state, when);
            if (refused is not null) return refused;
            if (step is null) return new CaseResult.Done(state.RowVersion);
            var next = step.State with { UpdatedAt = when, RowVersion = state.RowVersion + 1 };
            // None changed: on SQL Server somebody committed between the read and this. Look again.
            if (await session.Execute(Save, next) == 0) continue;
            CaseEventLog.Add(session, next.Id, next.RowVersion, when, step.Name, actor, step.Note, step.Detail);
            await Audit.Write(session, actor, $"case{step.Name}", "case", next.Id, step.Detail);
            session.Changed(ChangeTopic.Cases);
            return new CaseResult.Done(next.RowVersion);
        }
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

    private sealed record Step(CaseState State, CaseEventName Name, CaseEventDetail Detail, string? Note = null);

    /// <summary>Either the step, or why not; neither where there is nothing to change.</summary>
    private async Task<(Step?, CaseResult.Refused?)> Decide(Session session, Viewer actor, CaseCommand command, CaseState state, DateTimeOffset at)
    {
        var detail = CaseEventDetail.None;
        // A clock that runs goes on by the calendar it was counted by: a change of calendars moves all of it at once.
        var calendar = state.Status.IsOpen()
            ? await calendars.Of(session, state.RegionId, state.CalendarId)
            : await calendars.Of(session, state.RegionId);
        if (ActionOf(command) is { } action)
        {
            var life = state.Status.Apply(action, state.OwnerId is not null);
            if (life.Refusal is { } refusal) return No(refusal, refusal == CaseRefusal.AlreadyTaken ? state.OwnerName : null);
            state = state with { Status = life.Status };
        }
        switch (command)
        {
            case ClaimCase or AssignCase:
                var ownerId = command is AssignCase assign ? assign.OwnerId : ((ClaimCase)command).OwnerId ?? actor.PersonId;
                if (ownerId is null) return No(CaseRefusal.OwnerNeeded);
                if (command is AssignCase && ownerId == state.OwnerId) return (null, null);
                var (owner, unfit) = await Owner(session, ownerId.Value, state, at);
                if (owner is null) return No(unfit);
                detail = detail with { Owner = new Shift(state.OwnerName, owner.Name) };
                return command is ClaimCase
                    ? Yes(state.Responded(at) with { OwnerId = owner.Id }, CaseEventName.Claimed)
                    : Yes(state with { OwnerId = owner.Id }, CaseEventName.Assigned);

            case NoteCase note:
                return Yes(state.Responded(at), CaseEventName.Noted, note.Text);

            case WaitCase wait:
                detail = detail with { Until = wait.Until };
                return Yes(state.Responded(at).Paused(at, wait.Reason, wait.Until), CaseEventName.Waited, wait.Reason);

            case ResumeCase:
                var resumed = await Unpaused();
                return Yes(resumed, CaseEventName.Resumed);

            case ResolveCase resolve:
                var ended = (await Unpaused()).Responded(at).Ended(calendar, at, out var inTime, out var elapsed) with
                {
                    RootCause = resolve.RootCause,
                    ContactOutcome = resolve.ContactOutcome,
                };
                // Who resolves what nobody had taken has done the work.
                if (state.OwnerId is null && actor.PersonId is { } self && (await Owner(session, self, state, at)).Fit is { } worker)
                {
                    ended = ended with { OwnerId = worker.Id };
                    detail = detail with { Owner = new Shift(null, worker.Name) };
                }
                detail = detail with { RootCause = resolve.RootCause, ContactOutcome = resolve.ContactOutcome, InTime = inTime, ElapsedMinutes = elapsed, DueAt = ended.DueAt };
                return Yes(ended, CaseEventName.Resolved, resolve.Note);

            case ReopenCase reopen:
                if (state.CustomerId is not null && await session.First<long?>(OtherOpen, new { state.CustomerId, state.Id }) is { } other)
                    return No(CaseRefusal.CustomerHasOpenCase, CaseReference.Of(other));
                // The owner may have left since.
                if (state.OwnerId is { } former && (await Owner(session, former, state, at)).Fit is null)
                    state = state with { OwnerId = null, Status = CaseStatus.New };
                // By the policy of now, as a case that opens now.
                var present = await policies.Present(session);
                state = state with { RuleVersion = present.Version };
                var restarted = state.Restarted(calendar, await Timing(state.Severity), present.Policy.Reopen, at);
                detail = detail with { DueAt = restarted.DueAt };
                return Yes(restarted, CaseEventName.Reopened, reopen.Reason);

            case CloseCase:
                return actor.Reach == Reach.Own ? No(CaseRefusal.NeedsSupervisor) : Yes(state with { ClosedAt = at }, CaseEventName.Closed);

            case EditCase edit:
                return await Edit(edit);

            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "not a command that a case knows");
        }

        ValueTask<CaseTiming> Timing(CaseSeverity severity) => policies.Timing(session, state.RuleVersion, state.RuleKey, severity);

        async Task<CaseState> Unpaused()
        {
            if (state.WaitingSince is not { } since) return state;
            var unpaused = state.Unpaused(calendar, await Timing(state.Severity), at);
            detail = detail with { WaitingSince = since, PausedMinutes = unpaused.PausedMinutes - state.PausedMinutes, DueAt = unpaused.DueAt };
            return unpaused;
        }

        async Task<(Step?, CaseResult.Refused?)> Edit(EditCase edit)
        {
            if (!state.Status.IsOpen()) return No(state.Status == CaseStatus.Closed ? CaseRefusal.AlreadyClosed : CaseRefusal.AlreadyResolved);
            var edited = state;
            if (edit.Severity is { } severity && severity != state.Severity)
            {
                edited = edited.Judged(calendar, await Timing(severity), severity);
                detail = detail with { Severity = new Shift(CaseEventLog.Stored(state.Severity), CaseEventLog.Stored(severity)), DueAt = edited.DueAt };
            }
            if (edit.Owner is { } change && change.OwnerId != state.OwnerId)
            {
                var (owner, unfit) = change.OwnerId is { } id ? await Owner(session, id, state, at) : default;
                if (change.OwnerId is not null && owner is null) return No(unfit);
                var timed = owner is null ? CaseStatus.New : CaseStatus.InProgress;
                edited = edited with { OwnerId = owner?.Id, Status = state.Status.IsTimed() ? timed : state.Status };
                detail = detail with { Owner = new Shift(state.OwnerName, owner?.Name) };
            }
            if (edit.ProductId is { } productId && productId != state.ProductId)
            {
                if (await session.First<string>(FindProduct, new { productId }) is not { } product) return No(CaseRefusal.ProductUnknown);
                edited = edited with { ProductId = productId };
                detail = detail with { Product = new Shift(state.ProductName, product) };
            }
            return edited == state ? (null, null) : Yes(edited, CaseEventName.Edited);
        }

        (Step?, CaseResult.Refused?) Yes(CaseState next, CaseEventName name, string? note = null) => (new Step(next, name, detail, note), null);

        static (Step?, CaseResult.Refused?) No(CaseRefusal why, string? name = null) => (null, new CaseResult.Refused(why, name));
    }

    private static CaseAction? ActionOf(CaseCommand command) => command switch
    {
        ClaimCase => CaseAction.Claim,
        AssignCase => CaseAction.Assign,
        WaitCase => CaseAction.Wait,
        ResumeCase => CaseAction.Resume,
        ResolveCase => CaseAction.Resolve,
        ReopenCase => CaseAction.Reopen,
        CloseCase => CaseAction.Close,
        _ => null,
    };

    private async Task<(PossibleOwner? Fit, CaseRefusal Unfit)> Owner(Session session, int ownerId, CaseState state, DateTimeOffset at)
    {
        var owner = await PossibleOwner.Find(session, ownerId, state.RegionId, calendars.DayOf(at));
        return owner is null ? (null, CaseRefusal.OwnerUnknown) : owner.HasAccess ? (owner, default) : (null, CaseRefusal.OwnerHasNoAccess);
    }
}
