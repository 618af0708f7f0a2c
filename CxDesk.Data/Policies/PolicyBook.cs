using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Policies;

/// <summary>The policies by which cases are judged and timed: the one in force, and every older one by its version.</summary>
public sealed class PolicyBook(ChangeSignal signal)
{
    private static readonly Statement Newest = new(d => $"""
        SELECT Version, Document FROM CasePolicies ORDER BY Version DESC {d.Limit("1")}
        """);

    private static readonly Statement One = new("SELECT Version, Document FROM CasePolicies WHERE Version = @version");

    private static readonly CompiledPolicy First = new(CasePolicy.First);

    private readonly CommittedCache<int, CompiledPolicy> _present = new(signal, ChangeTopic.Policies);
    private readonly CommittedCache<int, CompiledPolicy> _stored = new(signal);       // a version never changes

    /// <summary>The policy in force.</summary>
    public ValueTask<CompiledPolicy> Present(Session session) =>
        _present.Get(session, 0, async (s, _) => await s.First<PolicyRow>(Newest) is { } row ? row.Compiled() : First);

    /// <summary>The policy of a version that was in force.</summary>
    public ValueTask<CompiledPolicy> Of(Session session, int version) => version == First.Version
        ? ValueTask.FromResult(First)
        : _stored.Get(session, version, async (s, v) => (await s.Single<PolicyRow>(One, new { version = v })).Compiled());

    /// <summary>
    /// What the policy of a version gives to cases of a severity that a rule opened. Without escalations and warnings where
    /// that rule is switched off by now.
    /// </summary>
    /// <param name="ruleKey">Null: not known.</param>
    public async ValueTask<CaseTiming> Timing(Session session, int version, string? ruleKey, CaseSeverity severity)
    {
        var timing = (await Of(session, version)).Timing(ruleKey, severity);
        return ruleKey is null || (await Present(session)).Rule(ruleKey) is { IsOn: true } ? timing : timing.Silent();
    }

    private sealed record PolicyRow
    {
        public required int Version { get; init; }
        public required string Document { get; init; }

        public CompiledPolicy Compiled() => new(CasePolicy.FromJson(Document, Version));
    }
}
