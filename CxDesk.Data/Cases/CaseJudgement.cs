using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Cases;

/// <summary>What the policy says about one answer.</summary>
/// <param name="RuleVersion">The version of the policy.</param>
/// <param name="RuleKey">The rule that decided.</param>
public sealed record CaseJudgement(
    CaseSeverity Severity, CaseTiming Timing, int RuleVersion, string RuleKey, CaseInputs Inputs, PolicyOwner Owner);

/// <summary>
/// What decided about a case, kept with it so that the decision can be explained later: the scores, who the customer was
/// then, and of the rest what the matching rules asked for.
/// </summary>
public sealed record CaseInputs
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public int? Csat { get; init; }
    public int? Nps { get; init; }
    public int? Ces { get; init; }

    /// <summary>Among the top tenth of customers by what they spent.</summary>
    public bool TierA { get; init; }

    public decimal? Value12m { get; init; }
    public string? Segment { get; init; }

    /// <summary>The codes of product, region, channel and touchpoint, each only where a matching rule asked for it.</summary>
    public string? Product { get; init; }
    public string? Region { get; init; }
    public string? Channel { get; init; }
    public string? Touchpoint { get; init; }

    /// <summary>By measure, those that a matching rule asked for.</summary>
    public IReadOnlyDictionary<string, double>? Operational { get; init; }

    /// <summary>The words found in the comment.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>What the deciding rule asked for, where others raised it.</summary>
    public CaseSeverity? RuleSeverity { get; init; }

    /// <summary>The keys of the rules that raised it.</summary>
    public IReadOnlyList<string>? RaisedBy { get; init; }

    /// <summary>The form in which a case stores its inputs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static CaseInputs FromJson(string json) =>
        JsonSerializer.Deserialize<CaseInputs>(json, Json) ?? throw new JsonException("The case has no inputs.");
}
