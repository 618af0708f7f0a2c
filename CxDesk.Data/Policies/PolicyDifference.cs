using CxDesk.Data.Cases;

namespace CxDesk.Data.Policies;

public enum PolicyChangeKind { RuleAdded, RuleRemoved, RuleChanged, RuleSwitchedOn, RuleSwitchedOff, RulesReordered, TimesChanged, OwnerChanged, ReopenChanged }

/// <summary>One thing in which a policy differs from another.</summary>
/// <param name="Before">The rule as it was; null where there was none or it is not about a rule. Likewise <paramref name="After"/>.</param>
/// <param name="Severity">Whose times changed.</param>
public sealed record PolicyChange(PolicyChangeKind Kind, PolicyRule? Before = null, PolicyRule? After = null, CaseSeverity? Severity = null);

/// <summary>What one policy says otherwise than another. Pure.</summary>
public static class PolicyDifference
{
    public static IReadOnlyList<PolicyChange> Between(CasePolicy before, CasePolicy after)
    {
        var changes = new List<PolicyChange>();
        var old = before.Rules.ToDictionary(r => r.Key, StringComparer.Ordinal);
        foreach (var rule in after.Rules)
        {
            if (!old.Remove(rule.Key, out var was)) changes.Add(new PolicyChange(PolicyChangeKind.RuleAdded, After: rule));
            else if (!CasePolicy.Same(was with { IsOn = rule.IsOn }, rule)) changes.Add(new PolicyChange(PolicyChangeKind.RuleChanged, was, rule));
            else if (was.IsOn != rule.IsOn) changes.Add(new PolicyChange(rule.IsOn ? PolicyChangeKind.RuleSwitchedOn : PolicyChangeKind.RuleSwitchedOff, was, rule));
        }
        changes.AddRange(before.Rules.Where(r => old.ContainsKey(r.Key)).Select(r => new PolicyChange(PolicyChangeKind.RuleRemoved, Before: r)));
        if (!Shared(before, after).SequenceEqual(Shared(after, before), StringComparer.Ordinal)) changes.Add(new PolicyChange(PolicyChangeKind.RulesReordered));
        foreach (var severity in Enum.GetValues<CaseSeverity>())
            if (!CasePolicy.Same(before.Targets.Of(severity), after.Targets.Of(severity))) changes.Add(new PolicyChange(PolicyChangeKind.TimesChanged, Severity: severity));
        if (before.Owner != after.Owner) changes.Add(new PolicyChange(PolicyChangeKind.OwnerChanged));
        if (before.Reopen != after.Reopen) changes.Add(new PolicyChange(PolicyChangeKind.ReopenChanged));
        return changes;
    }

    private static IEnumerable<string> Shared(CasePolicy of, CasePolicy with) =>
        of.Rules.Select(r => r.Key).Where(with.Rules.Select(r => r.Key).ToHashSet(StringComparer.Ordinal).Contains);
}
