using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Cases;

/// <summary>How urgent a case is; the lower number is the worse.</summary>
public enum CaseSeverity
{
    Critical = 1,
    High = 2,
    Medium = 3,
    Low = 4,
}

/// <summary>What decided about a case, kept with it so that the decision can be explained later.</summary>
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

    /// <summary>The worst score; of equally bad ones the first of CSAT, NPS, CES.</summary>
    public required Metric DecidedBy { get; init; }

    /// <summary>What that score alone asked for, before the step up for tier A.</summary>
    public required CaseSeverity ScoreSeverity { get; init; }

    public required bool TierA { get; init; }

    /// <summary>The form in which a case stores its inputs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static CaseInputs FromJson(string json) =>
        JsonSerializer.Deserialize<CaseInputs>(json, Json) ?? throw new JsonException("The case has no inputs.");
}

/// <summary>What the rule says about one answer.</summary>
/// <param name="RuleKey">The rule that decided.</param>
public sealed record CaseJudgement(CaseSeverity Severity, CaseTiming Timing, int RuleVersion, string RuleKey, CaseInputs Inputs);

/// <summary>Which answers open a case, and how urgent it is. Pure.</summary>
public static class CaseRules
{
    /// <summary>Raised with every change to what <see cref="Judge"/> decides; a case keeps the version it was judged by.</summary>
    public const int Version = 1;

    private static readonly CaseTiming Critical = Hours(1, 4), High = Hours(2, 8), Medium = Hours(8, 24), Low = Hours(24, 72);

    /// <summary>
    /// Judges an answer by its worst score: CSAT 1 high, 2 medium; NPS 0–2 high, 3–4 medium, 5–6 low; CES 1 high,
    /// 2 medium, 3 low. A customer of value tier A is one step more urgent. Null when no score is low enough for a case.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A score lies outside its scale.</exception>
    public static CaseJudgement? Judge(int? csat, int? nps, int? ces, bool tierA)
    {
        Check(Metric.Csat, csat, nameof(csat));
        Check(Metric.Nps, nps, nameof(nps));
        Check(Metric.Ces, ces, nameof(ces));

        // Null compares false with every bound, so a skipped score never opens a case.
        CaseSeverity? byCsat = csat switch { <= 1 => CaseSeverity.High, <= 2 => CaseSeverity.Medium, _ => null };
        CaseSeverity? byNps = nps switch
        {
            <= 2 => CaseSeverity.High,
            <= 4 => CaseSeverity.Medium,
            <= 6 => CaseSeverity.Low,
            _ => null,
        };
        CaseSeverity? byCes = ces switch
        {
            <= 1 => CaseSeverity.High,
            <= 2 => CaseSeverity.Medium,
            <= 3 => CaseSeverity.Low,
            _ => null,
        };

        var (decidedBy, worst) = (Metric.Csat, byCsat);
        if (IsWorse(byNps, worst))
            (decidedBy, worst) = (Metric.Nps, byNps);
        if (IsWorse(byCes, worst))
            (decidedBy, worst) = (Metric.Ces, byCes);
        if (worst is not { } scoreSeverity)
            return null;

        var severity = tierA ? StepUp(scoreSeverity) : scoreSeverity;
        return new CaseJudgement(severity, Timing(severity), Version, FormattableString.Invariant($"{decidedBy}-{scoreSeverity}").ToLowerInvariant(), new CaseInputs
        {
            Csat = csat,
            Nps = nps,
            Ces = ces,
            DecidedBy = decidedBy,
            ScoreSeverity = scoreSeverity,
            TierA = tierA,
        });
    }

    /// <summary>
    /// Due after 4, 8, 24 and 72 business hours, first answered after 1, 2, 8 and 24; warned an hour before; climbs at the
    /// deadline and every four hours after it, as many levels as the hierarchy has.
    /// </summary>
    public static CaseTiming Timing(CaseSeverity severity) => severity switch
    {
        CaseSeverity.Critical => Critical,
        CaseSeverity.High => High,
        CaseSeverity.Medium => Medium,
        CaseSeverity.Low => Low,
    };

    /// <summary>The severity of an open case after another low answer has joined it: it may rise and never falls.</summary>
    public static CaseSeverity Joined(CaseSeverity open, CaseSeverity answer) => IsWorse(answer, open) ? answer : open;

    /// <summary>Whether a customer is among the top tenth by what they spent in 12 months.</summary>
    /// <param name="value12m">What the customer spent; who spent nothing, or of whom it is not known, is not in tier A.</param>
    /// <param name="atLeastAsMuch">Customers who spent at least as much, this one included.</param>
    /// <param name="customers">All customers, this one included.</param>
    public static bool IsTierA(decimal? value12m, long atLeastAsMuch, long customers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeastAsMuch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(customers, atLeastAsMuch);
        return value12m > 0 && atLeastAsMuch * 10 <= customers;
    }

    private static CaseTiming Hours(int firstResponse, int target) => new()
    {
        FirstResponseMinutes = firstResponse * 60,
        TargetMinutes = target * 60,
        WarnMinutesBefore = 60,
        EscalationSteps = [0, 4 * 60, 8 * 60],
    };

    private static CaseSeverity StepUp(CaseSeverity severity) => severity switch
    {
        CaseSeverity.Critical or CaseSeverity.High => CaseSeverity.Critical,
        CaseSeverity.Medium => CaseSeverity.High,
        CaseSeverity.Low => CaseSeverity.Medium,
    };

    private static bool IsWorse(CaseSeverity? one, CaseSeverity? other) => one is not null && (other is null || one < other);

    private static void Check(Metric metric, int? score, string field)
    {
        var (lowest, highest) = metric.Range();
        if (score < lowest || score > highest)
            throw new ArgumentOutOfRangeException(field, score, $"A score must lie between {lowest} and {highest}.");
    }
}
