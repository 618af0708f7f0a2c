using CxDesk.Data.Cases;
using CxDesk.Data.Policies;
using FsCheck;
using FsCheck.Fluent;
using static CxDesk.Data.Cases.CaseSeverity;

namespace CxDesk.Tests.Policies;

[Trait("Behaviour", "12")]
public sealed class CompiledPolicyTests
{
    private static readonly AnswerFacts Plain = new() { Csat = 2, Product = "net", Region = "north", Channel = "phone" };
    private static readonly CustomerFacts Known = new(500, false, "home");

    [Fact]
    public void An_empty_condition_matches_every_answer() => Assert.Equal(Low, Judge(Plain, Opens("all", Low, new())));

    [Fact]
    public void All_conditions_of_a_rule_must_hold()
    {
        var rule = Opens("both", High, new() { Csat = new(1, 2), Products = ["tv", "net"], Channels = ["phone"] });
        Assert.Equal(High, Judge(Plain, rule));
        Assert.Null(Judge(Plain with { Product = "Net" }, rule));
        Assert.Null(Judge(Plain with { Csat = 3 }, rule));
        Assert.Null(Judge(Plain with { Csat = null }, rule));
        Assert.Null(Judge(Plain with { Channel = "mail" }, rule));
    }

    [Fact]
    public void The_worst_rule_that_opens_decides_then_those_that_raise_then_critical_is_the_end()
    {
        PolicyRule[] rules = [Opens("low", Low, new()), Opens("medium", Medium, new()), Raises("one", new()), Raises("two", new() { Segments = ["home"] })];
        Assert.Equal(Critical, Judge(Plain, rules));
        Assert.Equal(High, Judge(Plain, rules[..3]));
        Assert.Equal(Critical, Judge(Plain, [.. rules, Raises("three", new())]));
    }

    [Fact]
    public void A_rule_that_ignores_wins_and_one_that_only_raises_opens_nothing()
    {
        Assert.Null(Judge(Plain, Opens("all", Critical, new()), new PolicyRule { Key = "not", Name = "Not", Effect = PolicyEffect.Ignore, When = new() { Regions = ["north"] } }));
        Assert.Null(Judge(Plain, Raises("one", new())));
    }

    [Fact]
    public void A_rule_that_is_off_says_nothing() => Assert.Null(Judge(Plain, Opens("all", Low, new()) with { IsOn = false }));

    [Theory]
    [InlineData(299.9, null)]
    [InlineData(300.0, Low)]
    [InlineData(900.0, Low)]
    [InlineData(900.5, null)]
    [InlineData(null, null)]
    public void A_measure_lies_between_its_bounds(double? wait, CaseSeverity? severity)
    {
        var measures = wait is { } value ? new Dictionary<string, double> { ["wait"] = value } : [];
        Assert.Equal(severity, Judge(Plain with { Operational = measures }, Opens("wait", Low, new() { Measure = new("wait", 300, 900) })));
    }

    [Fact]
    public void Who_the_customer_is_counts()
    {
        Assert.Equal(Low, Judge(Plain, Opens("value", Low, new() { ValueFrom = 500 })));
        Assert.Null(Judge(Plain, Opens("value", Low, new() { ValueFrom = 500.01m })));
        Assert.Null(Judge(Plain, Opens("tier", Low, new() { TierA = true })));
        Assert.Equal(Low, Judge(Plain, Opens("tier", Low, new() { TierA = false, Segments = ["business", "home"] })));
    }

    [Fact]
    public void The_case_keeps_what_the_matching_rules_asked_for()
    {
        var policy = Of(Opens("cancel", High, new() { Words = ["refund", "取消"], Products = ["net"] }), Raises("waited", new() { Measure = new("wait", 300, null) }));
        var answer = Plain with { Comment = "我要取消", Operational = new Dictionary<string, double> { ["wait"] = 420, ["handleTime"] = 60 } };
        var judgement = policy.Judge(answer, Known)!;
        Assert.Equal(
            """{"csat":2,"tierA":false,"value12m":500,"segment":"home","product":"net","operational":{"wait":420},"words":["取消"],"ruleSeverity":"high","raisedBy":["waited"]}""",
            System.Text.RegularExpressions.Regex.Unescape(judgement.Inputs.ToJson()));
    }

    [Fact]
    public void A_rule_may_have_times_and_an_owner_of_its_own()
    {
        var own = new CaseTiming { TargetMinutes = 30 };
        var owner = new PolicyOwner(OwnerKind.Queue, TeamId: 6);
        var judgement = Of(Opens("own", High, new()) with { Timing = own, Owner = owner }, Raises("one", new())).Judge(Plain, Known)!;
        Assert.Equal((Critical, own, owner), (judgement.Severity, judgement.Timing, judgement.Owner));
    }

    [Fact]
    public void Judging_what_opens_nothing_allocates_nothing()
    {
        var policy = new CompiledPolicy(CasePolicy.First);
        var good = Plain with { Csat = 5, Comment = "Fine, thank you." };
        policy.MayOpen(good);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) policy.MayOpen(good);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_may_not_open_is_never_judged_to_open_and_a_worse_rule_never_makes_it_milder() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(
            (from rules in RandomPolicy.Rules from answer in RandomPolicy.Answer from customer in RandomPolicy.Customer select (rules, answer, customer)).ToArbitrary(),
            given =>
            {
                var policy = Of(given.rules);
                var judged = policy.Judge(given.answer, given.customer);
                var ignored = given.rules.Any(r => r.IsOn && r.Effect == PolicyEffect.Ignore
                    && Of(r with { Effect = PolicyEffect.Open, Severity = Low }).Judge(given.answer, given.customer) is not null);
                var open = given.rules.Where(r => r is { IsOn: true, Effect: PolicyEffect.Open } && Of(r).Judge(given.answer, given.customer) is not null).ToList();
                var raises = given.rules.Count(r => r is { IsOn: true, Effect: PolicyEffect.Raise }
                    && Of(r with { Effect = PolicyEffect.Open, Severity = Low }).Judge(given.answer, given.customer) is not null);
                CaseSeverity? expected = ignored || open.Count == 0 ? null : (CaseSeverity)Math.Max(1, open.Min(r => (int)r.Severity!.Value) - raises);
                return judged?.Severity == expected && (judged is null || policy.MayOpen(given.answer))
                    && (judged is null || judged.RuleKey == open.First(r => r.Severity == open.Min(o => o.Severity)).Key);
            }));

    [Fact]
    public void A_policy_reads_back_as_it_was_written() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(RandomPolicy.Rules.ToArbitrary(), rules =>
        {
            var policy = Of(rules).Policy;
            return CasePolicy.FromJson(policy.ToJson()).SaysTheSameAs(policy);
        }));

    private static CaseSeverity? Judge(AnswerFacts answer, params PolicyRule[] rules) => Of(rules).Judge(answer, Known)?.Severity;

    private static CompiledPolicy Of(params PolicyRule[] rules) => new(CasePolicy.First with { Rules = rules });

    private static PolicyRule Opens(string key, CaseSeverity severity, PolicyConditions when) =>
        new() { Key = key, Name = key, Effect = PolicyEffect.Open, Severity = severity, When = when };

    private static PolicyRule Raises(string key, PolicyConditions when) => new() { Key = key, Name = key, Effect = PolicyEffect.Raise, When = when };
}
