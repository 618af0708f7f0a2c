using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Cases;

namespace CxDesk.Data.Policies;

/// <summary>
/// Which answers open a case, how urgent it is, how much time it has, who gets it and what happens when time runs out. A
/// value: what changes is another version of it. All times are business minutes.
/// </summary>
/// <remarks>
/// Every rule that is on and whose conditions all hold matches. A matching rule that ignores wins over all others: there
/// is no case, and the answer joins none. Else the worst severity of the matching rules that open decides, of equally bad
/// ones the first; without one there is no case. Each matching rule that raises then makes it one step more urgent, as far
/// as critical.
/// </remarks>
public sealed record CasePolicy
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The shape of the document; another one is not read.</summary>
    public const int PresentFormat = 1;

    /// <summary>What holds until somebody switches on another one.</summary>
    public static readonly CasePolicy First = FirstPolicy.Value;

    public int Format { get; init; } = PresentFormat;

    /// <summary>Counts up from 1 with each policy that is switched on; 0 for a draft. Not part of the document.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>In the order in which ties are decided.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    public required PolicyTargets Targets { get; init; }

    /// <summary>Who gets a case whose rule says nothing else.</summary>
    public PolicyOwner Owner { get; init; } = PolicyOwner.OfLine;

    public PolicyRestart Reopen { get; init; } = new();

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not a policy, or one of a format that this program does not know.</exception>
    public static CasePolicy FromJson(string json, int version = 0)
    {
        var policy = JsonSerializer.Deserialize<CasePolicy>(json, Json) ?? throw new JsonException("The policy is empty.");
        return policy.Format == PresentFormat
            ? policy with { Version = version }
            : throw new JsonException($"The policy has format {policy.Format}; this program reads {PresentFormat}.");
    }

    /// <summary>Alike in all but the version.</summary>
    public bool SaysTheSameAs(CasePolicy other) => ToJson() == other.ToJson();

    internal static bool Same<T>(T one, T other) => JsonSerializer.Serialize(one, Json) == JsonSerializer.Serialize(other, Json);
}

public enum PolicyEffect
{
    /// <summary>Opens a case of the rule's severity.</summary>
    Open = 1,

    /// <summary>Makes a case that another rule opens one step more urgent.</summary>
    Raise = 2,

    /// <summary>Opens none, whatever other rules say.</summary>
    Ignore = 3,
}

/// <summary>One line of a policy.</summary>
public sealed record PolicyRule
{
    /// <summary>Names the rule for ever, across versions: small letters, digits and hyphens.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }
    public bool IsOn { get; init; } = true;
    public PolicyConditions When { get; init; } = new();
    public required PolicyEffect Effect { get; init; }

    /// <summary>Of a rule that opens.</summary>
    public CaseSeverity? Severity { get; init; }

    /// <summary>In place of the targets of the severity.</summary>
    public CaseTiming? Timing { get; init; }

    /// <summary>In place of the policy's.</summary>
    public PolicyOwner? Owner { get; init; }
}

/// <summary>What must hold, all of it; what is null or empty is not asked for.</summary>
public sealed record PolicyConditions
{
    public ScoreRange? Csat { get; init; }
    public ScoreRange? Nps { get; init; }
    public ScoreRange? Ces { get; init; }
    public MeasureRange? Measure { get; init; }

    /// <summary>Codes, of which one must be the answer's; likewise below.</summary>
    public IReadOnlyList<string>? Products { get; init; }
    public IReadOnlyList<string>? Regions { get; init; }
    public IReadOnlyList<string>? Channels { get; init; }
    public IReadOnlyList<string>? Touchpoints { get; init; }

    /// <summary>Words or phrases, of which one must stand in the comment: <see cref="CommentWords"/>.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>What the customer spent in 12 months, at least.</summary>
    public decimal? ValueFrom { get; init; }

    /// <summary>Whether the customer is among the top tenth by what they spent, or not.</summary>
    public bool? TierA { get; init; }
    public IReadOnlyList<string>? Segments { get; init; }
}

/// <summary>Both ends count. A score that was not given lies in no range.</summary>
public sealed record ScoreRange(int From, int To);

/// <summary>A measure that came with the answer, within bounds that count; a measure that did not come lies in none.</summary>
public sealed record MeasureRange(string Code, double? From, double? To);

/// <summary>The times of each severity.</summary>
public sealed record PolicyTargets
{
    public required CaseTiming Critical { get; init; }
    public required CaseTiming High { get; init; }
    public required CaseTiming Medium { get; init; }
    public required CaseTiming Low { get; init; }

    public CaseTiming Of(CaseSeverity severity) => severity switch
    {
        CaseSeverity.Critical => Critical,
        CaseSeverity.High => High,
        CaseSeverity.Medium => Medium,
        CaseSeverity.Low => Low,
    };
}

public enum OwnerKind
{
    /// <summary>The queue of the answer's team; the line above it is responsible until somebody takes the case.</summary>
    Line = 1,

    /// <summary>One person owns it at once, if they may; else as <see cref="Line"/>.</summary>
    Person = 2,

    /// <summary>The queue of one team, whichever team gave the service.</summary>
    Queue = 3,
}

/// <summary>Who gets a case.</summary>
public sealed record PolicyOwner(OwnerKind Kind, int? PersonId = null, int? TeamId = null)
{
    public static readonly PolicyOwner OfLine = new(OwnerKind.Line);
}

public enum RestartKind
{
    /// <summary>The whole target again.</summary>
    Full = 1,

    /// <summary>What was left of it when the case was resolved.</summary>
    TimeLeft = 2,
}

/// <summary>How much time a case gets that is opened again.</summary>
public sealed record PolicyRestart
{
    public RestartKind Kind { get; init; } = RestartKind.Full;

    /// <summary>Of what was left, never less than this; so nothing is overdue the moment it is reopened.</summary>
    public int AtLeastMinutes { get; init; } = 60;

    /// <param name="target">The policy's target for the case.</param>
    /// <param name="left">What was left when it was resolved.</param>
    public int Minutes(int target, TimeSpan left) => Kind switch
    {
        RestartKind.Full => target,
        RestartKind.TimeLeft => Math.Max(AtLeastMinutes, (int)left.TotalMinutes),
    };
}
