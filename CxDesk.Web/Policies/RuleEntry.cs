using CxDesk.Data.Cases;
using CxDesk.Data.Policies;
using CxDesk.Data.Rollups;

namespace CxDesk.Web.Policies;

/// <summary>A rule as it is typed.</summary>
public sealed class RuleEntry
{
    /// <summary>Null: a new rule, which gets its key from its name.</summary>
    public string? Key { get; init; }

    /// <summary>Where it stands in the policy, for faults.</summary>
    public required int Index { get; init; }

    /// <summary>Of the draft that was read.</summary>
    public required int Version { get; init; }
    public string Name { get; set; } = "";
    public bool IsOn { get; set; } = true;
    public PolicyEffect Effect { get; set; } = PolicyEffect.Open;
    public CaseSeverity Severity { get; set; } = CaseSeverity.Medium;
    public ScoreEntry Csat { get; init; } = new();
    public ScoreEntry Nps { get; init; } = new();
    public ScoreEntry Ces { get; init; } = new();
    public string? Measure { get; set; }
    public double? MeasureFrom { get; set; }
    public double? MeasureTo { get; set; }
    public List<string> Products { get; init; } = [];
    public List<string> Regions { get; init; } = [];
    public List<string> Channels { get; init; } = [];
    public List<string> Touchpoints { get; init; } = [];
    public string? Words { get; set; }
    public decimal? ValueFrom { get; set; }
    public bool? TierA { get; set; }
    public string? Segments { get; set; }
    public bool HasTimes { get; set; }
    public TimesEntry Times { get; init; } = new();
    public bool HasOwner { get; set; }
    public OwnerEntry Owner { get; init; } = new();

    public string Field => $"rules[{Index}]";

    public static RuleEntry Of(PolicyRule rule, int index, int version, PolicyTargets targets) => new()
    {
        Key = rule.Key,
        Index = index,
        Version = version,
        Name = rule.Name,
        IsOn = rule.IsOn,
        Effect = rule.Effect,
        Severity = rule.Severity ?? CaseSeverity.Medium,
        Csat = ScoreEntry.Of(rule.When.Csat),
        Nps = ScoreEntry.Of(rule.When.Nps),
        Ces = ScoreEntry.Of(rule.When.Ces),
        Measure = rule.When.Measure?.Code,
        MeasureFrom = rule.When.Measure?.From,
        MeasureTo = rule.When.Measure?.To,
        Products = [.. rule.When.Products ?? []],
        Regions = [.. rule.When.Regions ?? []],
        Channels = [.. rule.When.Channels ?? []],
        Touchpoints = [.. rule.When.Touchpoints ?? []],
        Words = rule.When.Words is { } words ? string.Join(", ", words) : null,
        ValueFrom = rule.When.ValueFrom,
        TierA = rule.When.TierA,
        Segments = rule.When.Segments is { } segments ? string.Join(", ", segments) : null,
        HasTimes = rule.Timing is not null,
        Times = TimesEntry.Of(rule.Timing ?? targets.Of(rule.Severity ?? CaseSeverity.Medium)),
        HasOwner = rule.Owner is not null,
        Owner = OwnerEntry.Of(rule.Owner ?? PolicyOwner.OfLine),
    };

    /// <exception cref="CxDesk.Data.InvalidField">What is typed is not a number where one is asked for.</exception>
    public PolicyRule ToRule(string key)
    {
        var opens = Effect == PolicyEffect.Open;
        return new PolicyRule
        {
            Key = key,
            Name = Name.Trim(),
            IsOn = IsOn,
            Effect = Effect,
            Severity = opens ? Severity : null,
            Timing = opens && HasTimes ? Times.ToTiming($"{Field}.timing") : null,
            Owner = opens && HasOwner ? Owner.ToOwner() : null,
            When = new PolicyConditions
            {
                Csat = Csat.ToRange(Metric.Csat),
                Nps = Nps.ToRange(Metric.Nps),
                Ces = Ces.ToRange(Metric.Ces),
                Measure = string.IsNullOrEmpty(Measure) ? null : new MeasureRange(Measure, MeasureFrom, MeasureTo),
                Products = OrNull(Products),
                Regions = OrNull(Regions),
                Channels = OrNull(Channels),
                Touchpoints = OrNull(Touchpoints),
                Words = List(Words),
                ValueFrom = ValueFrom,
                TierA = TierA,
                Segments = List(Segments),
            },
        };
    }

    private static List<string>? OrNull(List<string> codes) => codes.Count == 0 ? null : [.. codes];

    private static List<string>? List(string? typed) =>
        OrNull([.. (typed ?? "").Split([',', '，', '、', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)]);
}

/// <summary>A range of scores as it is typed: an end that is left out is that of the scale.</summary>
public sealed class ScoreEntry
{
    public int? From { get; set; }
    public int? To { get; set; }

    public static ScoreEntry Of(ScoreRange? range) => new() { From = range?.From, To = range?.To };

    public ScoreRange? ToRange(Metric metric) => (From, To) is (null, null) ? null : new ScoreRange(From ?? metric.Range().Lowest, To ?? metric.Range().Highest);
}
