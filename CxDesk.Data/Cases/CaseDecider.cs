using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <summary>What a command makes of a case.</summary>
/// <param name="Also">What stands beside the case's row; run once the row is saved.</param>
internal sealed record CaseChange(CaseState State, CaseEventName Name, CaseEventDetail Detail, string? Note = null, Func<Session, Task>? Also = null);

/// <summary>Decides what a command makes of a case, or why it is not possible. It reads what it has to know of others and writes nothing.</summary>
internal sealed class CaseDecider(RegionCalendars calendars, PolicyBook policies)
{
    private static readonly Statement FindProduct = new("SELECT Name FROM Products WHERE Id = @productId");

    private static readonly Statement OtherOpen = new("""
        SELECT Id FROM Cases WHERE CustomerId = @CustomerId AND Status < 4 AND Id <> @Id
        """);

    /// <returns>Either the change, or why not; neither where there is nothing to change.</returns>
    public async Task<(CaseChange?, CaseResult.Refused?)> Decide(Session session, Viewer actor, CaseCommand command, CaseState state, DateTimeOffset at)
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
                return await Resolve(resolve);

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

            case WatchCase watch:
                return await Watch(watch);

            case UnwatchCase unwatch:
                return await Unwatch(unwatch);

            case LinkCase link:
                return await Link(link);

            case UnlinkCase unlink:
                if (!await CaseSight.Sees(session, actor, unlink.OtherId)) return No(CaseRefusal.OtherCaseUnknown, CaseReference.Of(unlink.OtherId));
                if (await CaseLinks.Between(session, state.Id, unlink.OtherId) is not { } kind) return (null, null);
                detail = detail with { Link = new LinkedCase(CaseReference.Of(unlink.OtherId), kind) };
                return Yes(state, CaseEventName.Unlinked, also: s => CaseLinks.Remove(s, actor, state.Id, unlink.OtherId, kind, at));

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

        async Task<(CaseChange?, CaseResult.Refused?)> Resolve(ResolveCase resolve)
        {
            var causes = await RootCauseQuery.Tree(session);
            if (causes.Find(resolve.RootCause) is not { } cause) return No(CaseRefusal.RootCauseUnknown, resolve.RootCause);
            if (!causes.IsInUse(cause)) return No(CaseRefusal.RootCauseRetired, resolve.RootCause);
            var ended = (await Unpaused()).Responded(at).Ended(calendar, at, out var inTime, out var elapsed) with
            {
                RootCause = cause.Code,
                ContactOutcome = resolve.ContactOutcome,
            };
            // Who resolves what nobody had taken has done the work.
            if (state.OwnerId is null && actor.PersonId is { } self && (await Owner(session, self, state, at)).Fit is { } worker)
            {
                ended = ended with { OwnerId = worker.Id };
                detail = detail with { Owner = new Shift(null, worker.Name) };
            }
            detail = detail with
            {
                RootCause = cause.Code, RootCausePath = [.. causes.PathOf(cause).Select(c => c.Name ?? c.Code)], ContactOutcome = resolve.ContactOutcome,
                InTime = inTime, ElapsedMinutes = elapsed, DueAt = ended.DueAt,
            };
            return Yes(ended, CaseEventName.Resolved, resolve.Note);
        }

        async Task<(CaseChange?, CaseResult.Refused?)> Edit(EditCase edit)
        {
            if (!state.Status.IsOpen()) return No(state.Status == CaseStatus.Closed ? CaseRefusal.AlreadyClosed : CaseRefusal.AlreadyResolved);
            var edited = state;
            if (edit.Severity is { } severity && severity != state.Severity)
            {
                edited = edited.Judged(calendar, await Timing(severity), severity, at);
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

        async Task<(CaseChange?, CaseResult.Refused?)> Watch(WatchCase watch)
        {
            if ((watch.PersonId ?? actor.PersonId) is not { } personId) return No(CaseRefusal.OwnerNeeded);
            if (await CaseWatchers.Has(session, state.Id, personId)) return (null, null);
            // Who sees the case may follow it; another must be one who could own it, for following lets them see it.
            if (personId != actor.PersonId)
            {
                var (person, unfit) = await Owner(session, personId, state, at);
                if (person is null) return No(unfit);
                detail = detail with { Watcher = person.Name };
            }
            return Yes(state, CaseEventName.Watched, also: s => CaseWatchers.Add(s, state.Id, personId));
        }

        async Task<(CaseChange?, CaseResult.Refused?)> Unwatch(UnwatchCase unwatch)
        {
            if ((unwatch.PersonId ?? actor.PersonId) is not { } personId) return No(CaseRefusal.OwnerNeeded);
            if (!await CaseWatchers.Has(session, state.Id, personId)) return (null, null);
            if (personId != actor.PersonId)
            {
                if (actor.Reach == Reach.Own) return No(CaseRefusal.NotYourWatch);
                detail = detail with { Watcher = await CaseWatchers.NameOf(session, personId) };
            }
            return Yes(state, CaseEventName.Unwatched, also: s => CaseWatchers.Remove(s, state.Id, personId));
        }

        async Task<(CaseChange?, CaseResult.Refused?)> Link(LinkCase link)
        {
            if (link.OtherId == state.Id || !await CaseSight.Sees(session, actor, link.OtherId)) return No(CaseRefusal.OtherCaseUnknown, CaseReference.Of(link.OtherId));
            if (await CaseLinks.Between(session, state.Id, link.OtherId) == link.Kind) return (null, null);
            detail = detail with { Link = new LinkedCase(CaseReference.Of(link.OtherId), link.Kind) };
            return Yes(state, CaseEventName.Linked, also: s => CaseLinks.Put(s, actor, state.Id, link.OtherId, link.Kind, at));
        }

        (CaseChange?, CaseResult.Refused?) Yes(CaseState next, CaseEventName name, string? note = null, Func<Session, Task>? also = null) =>
            (new CaseChange(next, name, detail, note, also), null);

        static (CaseChange?, CaseResult.Refused?) No(CaseRefusal why, string? name = null) => (null, new CaseResult.Refused(why, name));
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
