using CxDesk.Data.Cases;
using CxDesk.Data.Rollups;
using FsCheck;
using FsCheck.Fluent;

namespace CxDesk.Tests.Cases;

[Trait("Behaviour", "12")]
public sealed class CaseRulesTests
{
    private static readonly Gen<int?> Csat = Gen.Choose(0, 5).Select(value => value == 0 ? (int?)null : value);
    private static readonly Gen<int?> Nps = Gen.Choose(-1, 10).Select(value => value == -1 ? (int?)null : value);
    private static readonly Gen<int?> Ces = Gen.Choose(0, 7).Select(value => value == 0 ? (int?)null : value);

    private static CaseSeverity? SeverityOf(int? csat, int? nps, int? ces, bool tierA = false) =>
        CaseRules.Judge(csat, nps, ces, tierA)?.Severity;

    [Theory]
    [InlineData(1, CaseSeverity.High)]
    [InlineData(2, CaseSeverity.Medium)]
    [InlineData(3, null)]
    [InlineData(4, null)]
    [InlineData(5, null)]
    public void Csat_up_to_2_opens_a_case(int score, CaseSeverity? severity) => Assert.Equal(severity, SeverityOf(score, null, null));

    [Theory]
    [InlineData(0, CaseSeverity.High)]
    [InlineData(2, CaseSeverity.High)]
    [InlineData(3, CaseSeverity.Medium)]
    [InlineData(4, CaseSeverity.Medium)]
    [InlineData(5, CaseSeverity.Low)]
    [InlineData(6, CaseSeverity.Low)]
    [InlineData(7, null)]
    [InlineData(10, null)]
    public void Nps_up_to_6_opens_a_case(int score, CaseSeverity? severity) => Assert.Equal(severity, SeverityOf(null, score, null));

    [Theory]
    [InlineData(1, CaseSeverity.High)]
    [InlineData(2, CaseSeverity.Medium)]
    [InlineData(3, CaseSeverity.Low)]
    [InlineData(4, null)]
    [InlineData(7, null)]
    public void Ces_up_to_3_opens_a_case(int score, CaseSeverity? severity) => Assert.Equal(severity, SeverityOf(null, null, score));

    [Fact]
    public void Answer_without_scores_opens_none() => Assert.Null(CaseRules.Judge(null, null, null, tierA: true));

    [Theory]
    [InlineData(2, 0, 3, Metric.Nps, CaseSeverity.High)]
    [InlineData(5, 10, 3, Metric.Ces, CaseSeverity.Low)]
    [InlineData(2, 4, 2, Metric.Csat, CaseSeverity.Medium)]
    [InlineData(5, 1, 1, Metric.Nps, CaseSeverity.High)]
    public void Worst_score_decides_and_the_first_of_equally_bad_ones(
        int csat, int nps, int ces, Metric decidedBy, CaseSeverity severity)
    {
        var judgement = CaseRules.Judge(csat, nps, ces, tierA: false)!;

        Assert.Equal(severity, judgement.Severity);
        Assert.Equal(decidedBy, judgement.Inputs.DecidedBy);
    }

    [Theory]
    [InlineData(1, CaseSeverity.High, CaseSeverity.Critical)]
    [InlineData(4, CaseSeverity.Medium, CaseSeverity.High)]
    [InlineData(6, CaseSeverity.Low, CaseSeverity.Medium)]
    public void Tier_a_is_one_step_more_urgent(int nps, CaseSeverity plain, CaseSeverity raised)
    {
        var judgement = CaseRules.Judge(null, nps, null, tierA: true)!;

        Assert.Equal(plain, SeverityOf(null, nps, null));
        Assert.Equal(raised, judgement.Severity);
        Assert.Equal(plain, judgement.Inputs.ScoreSeverity);
        Assert.True(judgement.Inputs.TierA);
    }

    [Theory]
    [InlineData(CaseSeverity.Critical, 4)]
    [InlineData(CaseSeverity.High, 8)]
    [InlineData(CaseSeverity.Medium, 24)]
    [InlineData(CaseSeverity.Low, 72)]
    public void Deadline_follows_from_the_severity(CaseSeverity severity, int hours) =>
        Assert.Equal(hours * 60, CaseRules.Timing(severity).TargetMinutes);

    [Fact]
    public void Case_keeps_the_version_and_the_inputs_that_decided()
    {
        var judgement = CaseRules.Judge(2, 1, null, tierA: true)!;

        Assert.Equal(CaseRules.Version, judgement.RuleVersion);
        Assert.Equal(4 * 60, judgement.Timing.TargetMinutes);
        Assert.Equal(
            """{"csat":2,"nps":1,"decidedBy":"nps","scoreSeverity":"high","tierA":true}""", judgement.Inputs.ToJson());
        Assert.Equal(judgement.Inputs, CaseInputs.FromJson(judgement.Inputs.ToJson()));
    }

    [Theory]
    [InlineData(0, null, null, "csat")]
    [InlineData(6, null, null, "csat")]
    [InlineData(null, -1, null, "nps")]
    [InlineData(null, 11, null, "nps")]
    [InlineData(null, null, 0, "ces")]
    [InlineData(null, null, 8, "ces")]
    public void Score_outside_its_scale_is_refused_by_name(int? csat, int? nps, int? ces, string field) =>
        Assert.Equal(field, Assert.Throws<ArgumentOutOfRangeException>(() => CaseRules.Judge(csat, nps, ces, tierA: false)).ParamName);

    [Theory]
    [Trait("Behaviour", "11")]
    [InlineData(CaseSeverity.Low, CaseSeverity.High, CaseSeverity.High)]
    [InlineData(CaseSeverity.High, CaseSeverity.Low, CaseSeverity.High)]
    [InlineData(CaseSeverity.Medium, CaseSeverity.Medium, CaseSeverity.Medium)]
    public void Joining_answer_may_raise_the_severity_and_never_lowers_it(
        CaseSeverity open, CaseSeverity answer, CaseSeverity joined) =>
        Assert.Equal(joined, CaseRules.Joined(open, answer));

    [Theory]
    [InlineData(1, 10, true)]
    [InlineData(2, 10, false)]
    [InlineData(10, 100, true)]
    [InlineData(11, 100, false)]
    [InlineData(1, 9, false)]
    [InlineData(1, 1, false)]
    public void Tier_a_is_the_top_tenth_of_the_customers(int atLeastAsMuch, int customers, bool tierA) =>
        Assert.Equal(tierA, CaseRules.IsTierA(1200.50m, atLeastAsMuch, customers));

    [Fact]
    public void Customer_who_spent_nothing_is_not_in_tier_a()
    {
        Assert.False(CaseRules.IsTierA(null, 1, 100));
        Assert.False(CaseRules.IsTierA(0m, 1, 100));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(11, 10)]
    public void Tier_a_counts_the_customer_as_well(int atLeastAsMuch, int customers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CaseRules.IsTierA(100m, atLeastAsMuch, customers));

    [Fact]
    public void Lower_score_never_makes_a_case_less_urgent() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                (from csat in Csat
                 from nps in Nps
                 from ces in Ces
                 from tierA in Gen.Elements(true, false)
                 select (csat, nps, ces, tierA)).ToArbitrary(),
                answer =>
                {
                    var (csat, nps, ces, tierA) = answer;
                    int Urgency(int? c, int? n, int? e) => 5 - (int)(SeverityOf(c, n, e, tierA) ?? (CaseSeverity)5);
                    var urgency = Urgency(csat, nps, ces);
                    return Urgency(csat is > 1 ? csat - 1 : csat, nps, ces) >= urgency
                        && Urgency(csat, nps is > 0 ? nps - 1 : nps, ces) >= urgency
                        && Urgency(csat, nps, ces is > 1 ? ces - 1 : ces) >= urgency
                        && Urgency(null, nps, ces) <= urgency;
                }));
}
