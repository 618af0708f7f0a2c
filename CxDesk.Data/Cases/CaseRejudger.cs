using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <summary>
/// Puts every open case under the policy in force: its answers are judged again, as who the customer was then, and the
/// worst decides. A severity set by hand stays. Where no rule opens the case any more it keeps its severity and its rule;
/// is that rule off, it keeps its time as well, and nothing warns or climbs any more. Resolved and closed cases keep what
/// they were judged by. A case says itself which version it goes by, so a run may stop anywhere. It writes one audit line,
/// with its first cases: how many are behind, and which version they get; the run that goes on after a crash writes its own.
/// </summary>
public sealed class CaseRejudger(Db db, RegionCalendars calendars, PolicyBook policies)
{
    private const int BatchSize = 500;

    private static readonly Statement Outdated = new(d => $"""
        {CaseWriter.SelectStates}
        WHERE c.Status < 4 AND c.RuleVersion < @version
        ORDER BY c.RuleVersion, c.Id {d.Limit("@most")}
        """);

    private static readonly Statement FirstOutdated = new(d => $"""
        SELECT Id FROM Cases WHERE Status < 4 AND RuleVersion < @version ORDER BY RuleVersion {d.Limit("1")}
        """);

    private static readonly Statement Behind = new("SELECT COUNT(*) FROM Cases WHERE Status < 4 AND RuleVersion < @version");

    private static readonly Statement OpenAfter = new(d => $"""
        {CaseWriter.SelectStates}
        WHERE c.Status < 4 AND c.RuleVersion = @version AND c.Id > @after
        ORDER BY c.Id {d.Limit("@most")}
        """);

    private static readonly Statement InputsOf = new($"""
        SELECT c.Id AS {nameof(InputsRow.CaseId)}, c.RuleInputs, c.Value12m FROM Cases c WHERE c.Id IN @cases
        """);

    // The deadlines stand where they were: nobody's edit is made stale by that.
    private static readonly Statement Stamp = new("""
        UPDATE Cases SET RuleVersion = @RuleVersion, RuleKey = @RuleKey, NextEscalationAt = @NextEscalationAt, NextWarningAt = @NextWarningAt
        WHERE Id = @Id AND RowVersion = @RowVersion
        """);

    private static readonly Statement Keep = new("UPDATE Cases SET RuleInputs = @inputs WHERE Id = @id");

    /// <summary>Works until nothing is left to do; batch by batch, each a transaction of its own.</summary>
    public async Task<RetimeResult> Run(CancellationToken cancel = default)
    {
        var (cases, moved) = (0, 0);
        int? audited = null;
        while (await db.Read(async s => await s.First<long?>(FirstOutdated, new { version = (await policies.Present(s)).Version }), cancel) is not null)
        {
            (var batch, audited) = await db.Write(s => Batch(s, audited), cancel);
            cases += batch.Cases;
            moved += batch.Moved;
            if (batch.Cases == 0) break;
        }
        return new RetimeResult(cases, moved);
    }

    /// <summary>What a policy would make of a stretch of open cases that go by the one in force.</summary>
    /// <param name="after">The last id of the stretch before.</param>
    internal async Task<IReadOnlyList<Rejudged>> Preview(Session session, CompiledPolicy policy, long after, int most)
    {
        var inForce = await policies.Present(session);
        return await Judge(session, policy, await session.Query<CaseState>(OpenAfter, new { version = inForce.Version, after, most }));
    }

    /// <param name="audited">The version of which this run has an audit line; one that came while it ran gets its own.</param>
    private async Task<(RetimeResult, int? Audited)> Batch(Session session, int? audited)
    {
        var policy = await policies.Present(session);
        var behind = audited == policy.Version ? 0 : await session.Single<int>(Behind, new { version = policy.Version });
        var judged = await Judge(session, policy, await session.Query<CaseState>(Outdated, new { version = policy.Version, most = BatchSize }));
        var moved = 0;
        foreach (var item in judged)
            if (await Store(session, item)) moved++;
        if (judged.Count == 0) return (default, audited);
        if (behind > 0) await Audit.Write(session, Viewer.System, "casesRejudged", "cases", "open", new { cases = behind, policy = policy.Version });
        session.Changed(ChangeTopic.Cases);
        return (new RetimeResult(judged.Count, moved), policy.Version);
    }

    private async Task<IReadOnlyList<Rejudged>> Judge(Session session, CompiledPolicy policy, IReadOnlyList<CaseState> states)
    {
        if (states.Count == 0) return [];
        var ids = states.Select(s => s.Id).ToList();
        var reader = await PolicyAnswers.Create(session);
        var answers = (await reader.Of(session, ids, policy.UsesOperational)).ToLookup(a => a.CaseId);
        var inputs = (await session.Query<InputsRow>(InputsOf, new { cases = ids })).ToDictionary(i => i.CaseId);
        var judged = new List<Rejudged>(states.Count);
        foreach (var state in states)
        {
            var known = inputs[state.Id];
            CaseJudgement? worst = null;
            foreach (var answer in answers[state.Id])
                if (policy.Judge(reader.Facts(answer), known.Customer(answer.Segment)) is { } judgement && (worst is null || judgement.Severity < worst.Severity))
                    worst = judgement;
            judged.Add(await Judge(session, policy, state, worst));
        }
        return judged;
    }

    private async Task<Rejudged> Judge(Session session, CompiledPolicy policy, CaseState state, CaseJudgement? judgement)
    {
        var severity = state.SeverityByHand ? state.Severity : judgement?.Severity ?? state.Severity;
        var ruleKey = judgement?.RuleKey ?? state.RuleKey;
        var before = (await policies.Of(session, state.RuleVersion)).Timing(state.RuleKey, state.Severity);
        var isSilent = judgement is null && ruleKey is not null && policy.Rule(ruleKey) is not { IsOn: true };
        var calendar = await calendars.Of(session, state.RegionId, state.CalendarId);
        var after = state.Rejudged(calendar, policy.Version, ruleKey, severity, before, isSilent ? null : policy.Timing(ruleKey, severity));
        return new Rejudged(state, after, judgement, isSilent);
    }

    /// <returns>Whether the case changed for those who work on it.</returns>
    private static async Task<bool> Store(Session session, Rejudged item)
    {
        var (before, after) = (item.Before, item.After);
        if (item.IsSilent) await Outbox.CancelClockOf(session, before.Id, DeliveryReason.PolicyOff);
        if (!item.IsNews)
        {
            await session.Execute(Stamp, after);
            if (item.Judgement is { } other && before.RuleKey != after.RuleKey) await session.Execute(Keep, new { id = after.Id, inputs = other.Inputs.ToJson() });
            return false;
        }
        after = after with { UpdatedAt = session.Now, RowVersion = before.RowVersion + 1 };
        // None changed: on SQL Server somebody changed the case since it was read, and the next batch takes it.
        if (!await CaseWriter.Store(session, before, after)) return false;
        if (item.Judgement is { } judgement) await session.Execute(Keep, new { id = after.Id, inputs = judgement.Inputs.ToJson() });
        CaseEventLog.Add(session, after.Id, after.RowVersion, session.Now, CaseEventName.Recomputed, Viewer.System, detail: new CaseEventDetail
        {
            Severity = before.Severity == after.Severity ? null : new Shift(CaseEventLog.Stored(before.Severity), CaseEventLog.Stored(after.Severity)),
            DueWas = before.DueAt,
            DueAt = after.DueAt,
            PolicyVersion = after.RuleVersion,
        });
        return true;
    }

    /// <summary>A case under another policy.</summary>
    /// <param name="Judgement">Null where no rule opens it.</param>
    internal sealed record Rejudged(CaseState Before, CaseState After, CaseJudgement? Judgement, bool IsSilent)
    {
        public bool IsNews => After.Severity != Before.Severity || After.DueAt != Before.DueAt || After.FirstResponseDueAt != Before.FirstResponseDueAt;
    }

    private sealed record InputsRow
    {
        public required long CaseId { get; init; }
        public required string RuleInputs { get; init; }
        public required decimal Value12m { get; init; }

        /// <summary>Who the customer was when the case was judged.</summary>
        /// <param name="segment">As it is known now, for cases that did not keep it.</param>
        public CustomerFacts Customer(string? segment)
        {
            var inputs = CaseInputs.FromJson(RuleInputs);
            return new CustomerFacts(inputs.Value12m ?? (Value12m > 0 ? Value12m : null), inputs.TierA, inputs.Segment ?? segment);
        }
    }
}
