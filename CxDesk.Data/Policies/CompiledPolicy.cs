using CxDesk.Data.Cases;

namespace CxDesk.Data.Policies;

/// <summary>What a policy looks at in an answer. Codes are compared exactly.</summary>
public readonly record struct AnswerFacts
{
    public int? Csat { get; init; }
    public int? Nps { get; init; }
    public int? Ces { get; init; }
    public required string Product { get; init; }
    public required string Region { get; init; }
    public required string Channel { get; init; }
    public string? Touchpoint { get; init; }
    public string? Comment { get; init; }

    /// <summary>By measure.</summary>
    public IReadOnlyDictionary<string, double>? Operational { get; init; }
}

/// <summary>Who answered; the default is somebody unknown.</summary>
/// <param name="TierA">Among the top tenth of customers by what they spent.</param>
public readonly record struct CustomerFacts(decimal? Value12m, bool TierA, string? Segment);

/// <summary>A policy made ready to judge many answers. Pure; judging what opens no case allocates nothing.</summary>
public sealed class CompiledPolicy
{
    private readonly ReadyRule[] _rules;
    private readonly Dictionary<string, PolicyRule> _byKey;

    public CompiledPolicy(CasePolicy policy)
    {
        Policy = policy;
        _rules = [.. policy.Rules.Where(r => r.IsOn).Select(r => new ReadyRule(r))];
        _byKey = policy.Rules.ToDictionary(r => r.Key, StringComparer.Ordinal);
        UsesOperational = _rules.Any(r => r.When.Measure is not null);
        UsesComment = _rules.Any(r => r.Words is not null);
    }

    public CasePolicy Policy { get; }

    public int Version => Policy.Version;

    /// <summary>Whether a rule that is on asks for a measure; else answers need not bring theirs. Likewise the comment.</summary>
    public bool UsesOperational { get; }
    public bool UsesComment { get; }

    /// <returns>Null where this version has no such rule.</returns>
    public PolicyRule? Rule(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>The times of a severity, as a rule may have them of its own.</summary>
    public CaseTiming Timing(string? ruleKey, CaseSeverity severity) => Rule(ruleKey)?.Timing ?? Policy.Targets.Of(severity);

    /// <summary>False where an answer opens no case whoever gave it, so that nobody need look up the customer.</summary>
    public bool MayOpen(in AnswerFacts answer)
    {
        foreach (var rule in _rules)
            if (rule.Effect == PolicyEffect.Open && rule.Matches(answer)) return true;
        return false;
    }

    /// <returns>Null where the answer opens no case.</returns>
    public CaseJudgement? Judge(in AnswerFacts answer, in CustomerFacts customer)
    {
        ReadyRule? deciding = null;
        var raises = 0;
        foreach (var rule in _rules)
        {
            if (!rule.Matches(answer) || !rule.Matches(customer)) continue;
            switch (rule.Effect)
            {
                case PolicyEffect.Ignore: return null;
                case PolicyEffect.Raise: raises++; break;
                case PolicyEffect.Open:
                    if (deciding is null || rule.Severity < deciding.Severity) deciding = rule;
                    break;
            }
        }
        if (deciding is null) return null;
        var severity = (CaseSeverity)Math.Max((int)CaseSeverity.Critical, (int)deciding.Severity - raises);
        return new CaseJudgement(severity, Timing(deciding.Key, severity), Version, deciding.Key, Inputs(deciding, raises, answer, customer),
            deciding.Owner ?? Policy.Owner);
    }

    private CaseInputs Inputs(ReadyRule deciding, int raises, in AnswerFacts answer, in CustomerFacts customer)
    {
        var inputs = new CaseInputs
        {
            Csat = answer.Csat,
            Nps = answer.Nps,
            Ces = answer.Ces,
            TierA = customer.TierA,
            Value12m = customer.Value12m,
            Segment = customer.Segment,
            RuleSeverity = raises > 0 ? deciding.Severity : null,
        };
        inputs = deciding.Tell(inputs, answer);
        if (raises == 0) return inputs;
        var raisedBy = new List<string>(raises);
        foreach (var rule in _rules)
        {
            if (rule.Effect != PolicyEffect.Raise || !rule.Matches(answer) || !rule.Matches(customer)) continue;
            raisedBy.Add(rule.Key);
            inputs = rule.Tell(inputs, answer);
        }
        return inputs with { RaisedBy = raisedBy };
    }

    private sealed class ReadyRule(PolicyRule rule)
    {
        public string Key { get; } = rule.Key;
        public PolicyEffect Effect { get; } = rule.Effect;
        public CaseSeverity Severity { get; } = rule.Severity ?? CaseSeverity.Low;
        public PolicyOwner? Owner { get; } = rule.Owner;
        public PolicyConditions When { get; } = rule.When;
        public string[]? Words { get; } = rule.When.Words is { Count: > 0 } words ? [.. words.Select(CommentWords.Normal)] : null;

        public bool Matches(in AnswerFacts a) =>
            In(When.Csat, a.Csat) && In(When.Nps, a.Nps) && In(When.Ces, a.Ces)
            && Among(When.Products, a.Product) && Among(When.Regions, a.Region) && Among(When.Channels, a.Channel) && Among(When.Touchpoints, a.Touchpoint)
            && (When.Measure is not { } measure || Measured(measure, a.Operational)) && (Words is null || Word(a.Comment) is not null);

        public bool Matches(in CustomerFacts customer) =>
            (When.ValueFrom is not { } value || customer.Value12m >= value)
            && (When.TierA is not { } tierA || customer.TierA == tierA)
            && Among(When.Segments, customer.Segment);

        /// <summary>Adds what this rule asked for.</summary>
        public CaseInputs Tell(CaseInputs inputs, in AnswerFacts a)
        {
            if (When.Products is { Count: > 0 }) inputs = inputs with { Product = a.Product };
            if (When.Regions is { Count: > 0 }) inputs = inputs with { Region = a.Region };
            if (When.Channels is { Count: > 0 }) inputs = inputs with { Channel = a.Channel };
            if (When.Touchpoints is { Count: > 0 }) inputs = inputs with { Touchpoint = a.Touchpoint };
            if (When.Measure is { } measure)
                inputs = inputs with { Operational = new Dictionary<string, double>(inputs.Operational ?? new Dictionary<string, double>()) { [measure.Code] = a.Operational![measure.Code] } };
            if (Words is not null) inputs = inputs with { Words = [.. (inputs.Words ?? []).Append(Word(a.Comment)!).Distinct()] };
            return inputs;
        }

        private string? Word(string? comment)
        {
            if (comment is null) return null;
            foreach (var word in Words!)
                if (CommentWords.Contains(comment, word)) return word;
            return null;
        }

        // A score that was not given compares false with both ends.
        private static bool In(ScoreRange? range, int? score) => range is null || (score >= range.From && score <= range.To);

        private static bool Among(IReadOnlyList<string>? codes, string? code)
        {
            if (codes is not { Count: > 0 }) return true;
            for (var i = 0; i < codes.Count; i++)
                if (string.Equals(codes[i], code, StringComparison.Ordinal)) return true;
            return false;
        }

        private static bool Measured(MeasureRange range, IReadOnlyDictionary<string, double>? measures) =>
            measures is not null && measures.TryGetValue(range.Code, out var value) && !(value < range.From) && !(value > range.To);
    }
}
