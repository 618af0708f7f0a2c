using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;
using FsCheck;
using FsCheck.Fluent;

namespace CxDesk.Tests.Rollups;

public sealed class EvidenceTests
{
    private static readonly Gen<(Metric Metric, List<int> Answers)> Answers =
        from metric in Gen.Elements(Enum.GetValues<Metric>())
        from answers in Gen.Choose(metric.Range().Lowest, metric.Range().Highest).NonEmptyListOf()
        select (metric, answers.ToList());

    private static ScoreSums Sums(IEnumerable<int> answers) => answers.Aggregate(new ScoreSums(), (sums, x) => sums + ScoreSums.Of(x));

    [Fact]
    public void Nothing_answered_is_no_evidence_and_answers_over_the_target_speak_for_it()
    {
        Assert.Equal(0, Evidence.Under(Metric.Csat, default, 4));
        Assert.True(Evidence.Under(Metric.Csat, ScoreSums.Of(5, 50), 4) < 0);
        Assert.True(Evidence.Under(Metric.Nps, ScoreSums.Of(10, 50), 30) < 0);
    }

    // One answer of 3 against 4.2: the mean of 1 + 2⁻ʲ·1.2/0.8 over j = 1…8 is 1 + 1.5·(1 − 2⁻⁸)/8.
    [Fact]
    public void One_answer_is_worth_what_the_bets_win() =>
        Assert.Equal(Math.Log(1 + 1.5 * (1 - Math.ScaleB(1, -8)) / 8), Evidence.Under(Metric.Csat, ScoreSums.Of(3), 4.2), 1e-12);

    // The heart of it: with the target held, one more answer is not expected to change the capital.
    [Fact]
    public void Capital_is_a_martingale_where_the_target_is_the_mean() => Prop.ForAll(Answers.ToArbitrary(), given =>
    {
        var (metric, answers) = given;
        var sums = Sums(answers);
        var (lowest, highest) = metric.Range();
        var target = metric.Bounds().Lowest * 0.4 + metric.Bounds().Highest * 0.6;
        var up = 0.6;
        var next = Math.Log(up * Math.Exp(Evidence.Under(metric, sums + ScoreSums.Of(highest), target) - Evidence.Under(metric, sums, target))
            + (1 - up) * Math.Exp(Evidence.Under(metric, sums + ScoreSums.Of(lowest), target) - Evidence.Under(metric, sums, target)));
        return Math.Abs(next) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lower_answer_is_more_evidence_and_so_is_a_higher_target() => Prop.ForAll(Answers.ToArbitrary(), given =>
    {
        var (metric, answers) = given;
        var (lowest, highest) = metric.Range();
        var (sums, target) = (Sums(answers), metric.Bounds().Lowest * 0.3 + metric.Bounds().Highest * 0.7);
        return Evidence.Under(metric, sums + ScoreSums.Of(lowest), target) >= Evidence.Under(metric, sums + ScoreSums.Of(highest), target)
            && Evidence.Under(metric, sums, metric.Bounds().Lowest) == 0;
    }).QuickCheckThrowOnFailure();

    // Answers 1–5 with mean 4, looked at after each of 500: at α = 0.05 at most one run in twenty ever crosses.
    [Theory]
    [InlineData(Metric.Csat, 4.0)]
    [InlineData(Metric.Nps, 20.0)]
    public void Looked_at_after_every_answer_it_is_wrong_no_more_often_than_it_says(Metric metric, double target)
    {
        var random = new Random(7);
        var (crossed, runs) = (0, 1000);
        for (var run = 0; run < runs; run++)
        {
            var sums = new ScoreSums();
            for (var i = 0; i < 500; i++)
            {
                var dice = random.NextDouble();
                // CSAT: 5 (.45), 4 (.3), 3 (.1), 2 (.1), 1 (.05): mean 4. NPS: 45 % promoters, 25 % detractors.
                var answer = metric == Metric.Csat
                    ? dice < .45 ? 5 : dice < .75 ? 4 : dice < .85 ? 3 : dice < .95 ? 2 : 1
                    : dice < .45 ? 9 : dice < .75 ? 8 : 3;
                sums += ScoreSums.Of(answer);
                if (Evidence.Under(metric, sums, target) < -Math.Log(0.05)) continue;
                crossed++;
                break;
            }
        }
        Assert.InRange(crossed, 1, runs * 5 / 100);
    }

    [Fact]
    public void A_measure_far_over_its_limit_is_evidence_and_a_mean_of_one_hides_its_spread()
    {
        Assert.True(Evidence.Over(new MeasureSums(MeasureUnit.Seconds, 400, 400 * 360, 400 * 360.0 * 360 * 2), 300) > -Math.Log(0.05));
        Assert.True(Evidence.Over(new MeasureSums(MeasureUnit.Seconds, 400, 400 * 280, 400 * 280.0 * 280 * 2), 300) < 0);
        // Twenty means that are all alike say nothing of how single calls varied: they are taken as exponential.
        Assert.True(Evidence.Over(new MeasureSums(MeasureUnit.Seconds, 20, 20 * 330, 20 * 330.0 * 330), 300) < 1);
        Assert.Equal(0, Evidence.Over(default, 300));
        Assert.Equal(double.PositiveInfinity, Evidence.Over(new MeasureSums(MeasureUnit.Number, 10, 70, 490), 5));
    }

    [Theory]
    [InlineData(123)]
    [InlineData(2)]
    [InlineData(299)]
    public void However_many_measurements_lie_under_the_limit_none_speak_for_over_it(double mean)
    {
        var before = 0.0;
        for (var n = 2L; n < 1_000_000_000; n = n * 5 / 4 + 1)
        {
            var sums = new MeasureSums(MeasureUnit.Seconds, n, n * mean, n * mean * mean * 2);
            var evidence = Evidence.Over(sums, 300);
            Assert.InRange(evidence, -60, before + 1e-9);
            Assert.Equal(Standing.Good, FigureVerdict.OfMeasure(sums, 300, Certainty.Days).Standing);
            before = evidence;
        }
    }
}
