using CxDesk.Data.Cases;
using CxDesk.Data.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace CxDesk.Tests.Policies;

/// <summary>Policies and answers by chance, from few codes and words, so that they meet often.</summary>
internal static class RandomPolicy
{
    public static readonly string[] Products = ["net", "tv"], Regions = ["north", "east"], Channels = ["phone", "mail"], Segments = ["home", "business"];
    private static readonly string[] Comments = ["I want a refund", "等了四十分钟", "Refunded, thanks", ""];

    public static readonly Gen<PolicyRule[]> Rules =
        from count in Gen.Choose(0, 7)
        from rules in Rule().ArrayOf(count)
        select rules.Select((r, i) => r with { Key = $"r{i}" }).ToArray();

    public static readonly Gen<AnswerFacts> Answer =
        from csat in Score(1, 5)
        from nps in Score(0, 10)
        from ces in Score(1, 7)
        from product in Gen.Elements(Products)
        from region in Gen.Elements(Regions)
        from channel in Gen.Elements(Channels)
        from comment in Gen.Elements(Comments)
        from wait in Gen.Choose(0, 9)
        select new AnswerFacts
        {
            Csat = csat, Nps = nps, Ces = ces, Product = product, Region = region, Channel = channel, Comment = comment,
            Operational = wait == 0 ? null : new Dictionary<string, double> { ["wait"] = wait * 100 },
        };

    public static readonly Gen<CustomerFacts> Customer =
        from value in Gen.Choose(0, 10)
        from tierA in Gen.Elements(true, false)
        from segment in Gen.Elements(Segments)
        select new CustomerFacts(value * 100, tierA, segment);

    private static Gen<PolicyRule> Rule() =>
        from effect in Gen.Frequency((6, Gen.Constant(PolicyEffect.Open)), (2, Gen.Constant(PolicyEffect.Raise)), (1, Gen.Constant(PolicyEffect.Ignore)))
        from severity in Gen.Elements(Enum.GetValues<CaseSeverity>())
        from isOn in Gen.Choose(0, 4)
        from csat in Sometimes(Range(1, 5))
        from nps in Sometimes(Range(0, 10))
        from wait in Sometimes(Gen.Choose(1, 9))
        from product in Sometimes(Gen.Elements(Products))
        from region in Sometimes(Gen.Elements(Regions))
        from channel in Sometimes(Gen.Elements(Channels))
        from word in Sometimes(Gen.Elements("refund", "分钟"))
        from tierA in Gen.Elements<bool?>(null, null, null, true, false)
        from segment in Sometimes(Gen.Elements(Segments))
        select new PolicyRule
        {
            Key = "r", Name = "Rule", Effect = effect, Severity = effect == PolicyEffect.Open ? severity : null, IsOn = isOn > 0,
            When = new PolicyConditions
            {
                Csat = csat.FirstOrDefault(), Nps = nps.FirstOrDefault(), Measure = wait.Length == 0 ? null : new MeasureRange("wait", wait[0] * 100, null),
                Products = OrNull(product), Regions = OrNull(region), Channels = OrNull(channel), Words = OrNull(word), TierA = tierA, Segments = OrNull(segment),
            },
        };

    private static Gen<ScoreRange> Range(int lowest, int highest) =>
        from a in Gen.Choose(lowest, highest) from b in Gen.Choose(lowest, highest) select new ScoreRange(Math.Min(a, b), Math.Max(a, b));

    private static Gen<int?> Score(int lowest, int highest) => Gen.Choose(lowest - 1, highest).Select(s => s < lowest ? (int?)null : s);

    private static Gen<T[]> Sometimes<T>(Gen<T> value) => Gen.Frequency((3, Gen.Constant(Array.Empty<T>())), (1, value.Select(v => new[] { v })));

    private static string[]? OrNull(string[] one) => one.Length == 0 ? null : one;
}
