using CxDesk.Data.Cases;
using static CxDesk.Data.Cases.CaseSeverity;

namespace CxDesk.Data.Policies;

/// <summary>
/// The policy that a company starts with. The worst score decides: CSAT 1 high, 2 medium; NPS 0–2 high, 3–4 medium, 5–6
/// low; CES 1 high, 2 medium, 3 low. A customer of tier A is one step more urgent. Due after 4, 8, 24 and 72 business
/// hours, first answered after 1, 2, 8 and 24; warned an hour before; climbs at the deadline and every four hours after.
/// </summary>
internal static class FirstPolicy
{
    public static CasePolicy Value { get; } = new()
    {
        Version = 1,
        Rules =
        [
            Opens("csat-high", "CSAT 1", High, new() { Csat = new(1, 1) }),
            Opens("csat-medium", "CSAT 2", Medium, new() { Csat = new(2, 2) }),
            Opens("nps-high", "NPS 0–2", High, new() { Nps = new(0, 2) }),
            Opens("nps-medium", "NPS 3–4", Medium, new() { Nps = new(3, 4) }),
            Opens("nps-low", "NPS 5–6", Low, new() { Nps = new(5, 6) }),
            Opens("ces-high", "CES 1", High, new() { Ces = new(1, 1) }),
            Opens("ces-medium", "CES 2", Medium, new() { Ces = new(2, 2) }),
            Opens("ces-low", "CES 3", Low, new() { Ces = new(3, 3) }),
            new() { Key = "tier-a", Name = "Tier A", Effect = PolicyEffect.Raise, When = new() { TierA = true } },
        ],
        Targets = new() { Critical = Hours(1, 4), High = Hours(2, 8), Medium = Hours(8, 24), Low = Hours(24, 72) },
    };

    private static PolicyRule Opens(string key, string name, CaseSeverity severity, PolicyConditions when) =>
        new() { Key = key, Name = name, Effect = PolicyEffect.Open, Severity = severity, When = when };

    private static CaseTiming Hours(int firstResponse, int target) => new()
    {
        FirstResponseMinutes = firstResponse * 60,
        TargetMinutes = target * 60,
        WarnMinutesBefore = 60,
        EscalationSteps = [0, 4 * 60, 8 * 60],
    };
}
