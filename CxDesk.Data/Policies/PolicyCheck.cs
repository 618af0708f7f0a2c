using System.Text.RegularExpressions;
using CxDesk.Data.Cases;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Policies;

/// <summary>Whether a policy can be kept. Fields are named as paths: <c>rules[2].when.csat</c>, <c>targets.high.targetMinutes</c>.</summary>
public static partial class PolicyCheck
{
    private const int MostRules = 100, MostEntries = 50, MostSteps = 10, MostMinutes = 60 * 24 * 365;

    /// <exception cref="InvalidField">The first thing that cannot be kept.</exception>
    public static void Demand(CasePolicy policy)
    {
        if (policy.Rules.Count > MostRules) throw new InvalidField("rules", "TooMany", $"rules: at most {MostRules}.");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var (rule, field) = (policy.Rules[i], $"rules[{i}]");
            if (!Key().IsMatch(rule.Key)) throw new InvalidField($"{field}.key", "Key", $"{field}.key: small letters, digits and hyphens, at most 60.");
            if (!keys.Add(rule.Key)) throw new InvalidField($"{field}.key", "Taken", $"{field}.key: another rule has it.");
            Demand(rule, field);
        }
        foreach (var severity in Enum.GetValues<CaseSeverity>())
            Demand(policy.Targets.Of(severity), $"targets.{CaseEventLog.Stored(severity)}");
        Demand(policy.Owner, "owner");
        Between(policy.Reopen.AtLeastMinutes, 1, MostMinutes, "reopen.atLeastMinutes");
    }

    private static void Demand(PolicyRule rule, string field)
    {
        if (string.IsNullOrWhiteSpace(rule.Name)) throw new InvalidField($"{field}.name", "Needed", $"{field}.name: needed.");
        if (rule.Name.Length > 100) throw new InvalidField($"{field}.name", "TooLong", $"{field}.name: at most 100 characters.");
        if (!Enum.IsDefined(rule.Effect)) throw new InvalidField($"{field}.effect", "Unknown", $"{field}.effect: open, raise or ignore.");
        if (rule.Effect == PolicyEffect.Open && (rule.Severity is not { } severity || !Enum.IsDefined(severity)))
            throw new InvalidField($"{field}.severity", "Needed", $"{field}.severity: a rule that opens cases says how urgent they are.");
        if (rule.Effect != PolicyEffect.Open && (rule.Severity is not null || rule.Timing is not null || rule.Owner is not null))
            throw new InvalidField($"{field}.severity", "OnlyOpening", $"{field}: only a rule that opens cases has a severity, times and an owner.");
        Demand(rule.When, $"{field}.when");
        if (rule.Timing is { } timing) Demand(timing, $"{field}.timing");
        if (rule.Owner is { } owner) Demand(owner, $"{field}.owner");
    }

    private static void Demand(PolicyConditions when, string field)
    {
        Demand(when.Csat, Metric.Csat, $"{field}.csat");
        Demand(when.Nps, Metric.Nps, $"{field}.nps");
        Demand(when.Ces, Metric.Ces, $"{field}.ces");
        if (when.Measure is { } measure)
        {
            if (string.IsNullOrWhiteSpace(measure.Code)) throw new InvalidField($"{field}.measure", "Needed", $"{field}.measure: which measure?");
            if (measure is { From: null, To: null } || measure.From > measure.To || !Finite(measure.From) || !Finite(measure.To))
                throw new InvalidField($"{field}.measure", "Range", $"{field}.measure: a lower or an upper bound, the lower one first.");
        }
        foreach (var (name, entries) in ((string, IReadOnlyList<string>?)[])
            [("products", when.Products), ("regions", when.Regions), ("channels", when.Channels), ("touchpoints", when.Touchpoints), ("words", when.Words), ("segments", when.Segments)])
        {
            if (entries?.Count > MostEntries) throw new InvalidField($"{field}.{name}", "TooMany", $"{field}.{name}: at most {MostEntries}.");
            if (entries?.Any(string.IsNullOrWhiteSpace) == true) throw new InvalidField($"{field}.{name}", "Needed", $"{field}.{name}: none may be empty.");
            if (entries?.Any(e => e.Length > 200) == true) throw new InvalidField($"{field}.{name}", "TooLong", $"{field}.{name}: at most 200 characters each.");
        }
        if (when.ValueFrom < 0) throw new InvalidField($"{field}.valueFrom", "Range", $"{field}.valueFrom: 0 or more.");
    }

    private static void Demand(ScoreRange? range, Metric metric, string field)
    {
        var (lowest, highest) = metric.Range();
        if (range is not null && (range.From < lowest || range.To > highest || range.From > range.To))
            throw new InvalidField(field, "Range", $"{field}: from {lowest} to {highest}, the lower one first.");
    }

    private static void Demand(CaseTiming timing, string field)
    {
        Between(timing.TargetMinutes, 1, MostMinutes, $"{field}.targetMinutes");
        if (timing.FirstResponseMinutes is { } response) Between(response, 1, timing.TargetMinutes, $"{field}.firstResponseMinutes");
        if (timing.WarnMinutesBefore is { } warn) Between(warn, 1, timing.TargetMinutes - 1, $"{field}.warnMinutesBefore");
        var steps = timing.EscalationSteps;
        if (steps.Count > MostSteps) throw new InvalidField($"{field}.escalationSteps", "TooMany", $"{field}.escalationSteps: at most {MostSteps}.");
        for (var i = 0; i < steps.Count; i++)
            if (steps[i] < 0 || steps[i] > MostMinutes || (i > 0 && steps[i] <= steps[i - 1]))
                throw new InvalidField($"{field}.escalationSteps", "Rising", $"{field}.escalationSteps: minutes after the deadline, each later than the one before.");
    }

    private static void Demand(PolicyOwner owner, string field)
    {
        if (!Enum.IsDefined(owner.Kind)) throw new InvalidField($"{field}.kind", "Unknown", $"{field}.kind: line, person or queue.");
        if (owner.Kind == OwnerKind.Person && owner.PersonId is null) throw new InvalidField($"{field}.personId", "Needed", $"{field}.personId: who?");
        if (owner.Kind == OwnerKind.Queue && owner.TeamId is null) throw new InvalidField($"{field}.teamId", "Needed", $"{field}.teamId: which team?");
    }

    private static void Between(int value, int lowest, int highest, string field)
    {
        if (value < lowest || value > highest) throw new InvalidField(field, "Range", $"{field}: {lowest} to {highest}.");
    }

    private static bool Finite(double? value) => value is null || double.IsFinite(value.Value);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,59}$")]
    private static partial Regex Key();
}
