using CxDesk.Data.Cases;
using CxDesk.Data.Policies;
using static CxDesk.Data.Cases.CaseSeverity;

namespace CxDesk.Tests.Policies;

[Trait("Behaviour", "12")]
public sealed class FirstPolicyTests
{
    private static readonly CompiledPolicy First = new(CasePolicy.First);

    [Fact]
    public void Every_answer_is_judged_by_its_worst_score_and_by_the_customers_tier()
    {
        foreach (var csat in Scores(1, 5))
            foreach (var nps in Scores(0, 10))
                foreach (var ces in Scores(1, 7))
                    foreach (var tierA in (bool[])[false, true])
                        Assert.Equal(Expected(csat, nps, ces, tierA), Judge(csat, nps, ces, tierA)?.Severity);
    }

    [Theory]
    [InlineData(2, 0, 3, "nps-high")]
    [InlineData(5, 10, 3, "ces-low")]
    [InlineData(2, 4, 2, "csat-medium")]
    [InlineData(5, 1, 1, "nps-high")]
    public void The_first_of_equally_bad_scores_decides(int csat, int nps, int ces, string rule) =>
        Assert.Equal(rule, Judge(csat, nps, ces, tierA: false)!.RuleKey);

    [Theory]
    [InlineData(Critical, 1, 4)]
    [InlineData(High, 2, 8)]
    [InlineData(Medium, 8, 24)]
    [InlineData(Low, 24, 72)]
    public void Times_follow_from_the_severity(CaseSeverity severity, int response, int target)
    {
        var timing = First.Timing("csat-high", severity);
        Assert.Equal((response * 60, target * 60, 60), (timing.FirstResponseMinutes, timing.TargetMinutes, timing.WarnMinutesBefore));
        Assert.Equal([0, 240, 480], timing.EscalationSteps);
    }

    [Fact]
    public void The_case_keeps_version_rule_and_the_inputs_that_decided()
    {
        var judgement = Judge(2, 1, null, tierA: true)!;
        Assert.Equal((Critical, 1, "nps-high"), (judgement.Severity, judgement.RuleVersion, judgement.RuleKey));
        Assert.Equal("""{"csat":2,"nps":1,"tierA":true,"ruleSeverity":"high","raisedBy":["tier-a"]}""", judgement.Inputs.ToJson());
    }

    [Fact]
    public void Inputs_of_before_rules_were_documents_are_still_read()
    {
        var inputs = CaseInputs.FromJson("""{"csat":2,"nps":1,"decidedBy":"nps","scoreSeverity":"high","tierA":true}""");
        Assert.Equal((2, 1, true), (inputs.Csat, inputs.Nps, inputs.TierA));
    }

    [Fact]
    public void It_is_a_policy_that_could_have_been_written_on_the_page() => PolicyCheck.Demand(CasePolicy.First);

    private static CaseJudgement? Judge(int? csat, int? nps, int? ces, bool tierA)
    {
        var answer = new AnswerFacts { Csat = csat, Nps = nps, Ces = ces, Product = "net", Region = "north", Channel = "phone" };
        var judgement = First.Judge(answer, new CustomerFacts(null, tierA, null));
        Assert.True(judgement is null || First.MayOpen(answer));
        return judgement;
    }

    private static CaseSeverity? Expected(int? csat, int? nps, int? ces, bool tierA)
    {
        CaseSeverity?[] asked =
        [
            csat switch { 1 => High, 2 => Medium, _ => null },
            nps switch { <= 2 => High, <= 4 => Medium, <= 6 => Low, _ => null },
            ces switch { 1 => High, 2 => Medium, 3 => Low, _ => null },
        ];
        return (asked.Min(), tierA) switch
        {
            (null, _) => null,
            (High, true) => Critical,
            (Medium, true) => High,
            (Low, true) => Medium,
            var (worst, _) => worst,
        };
    }

    private static IEnumerable<int?> Scores(int lowest, int highest) => Enumerable.Range(lowest, highest - lowest + 1).Select(s => (int?)s).Prepend(null);
}
