using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;

namespace CxDesk.Web.Curves;

/// <summary>The outcome of some contacts with the interval that everybody else shows it with.</summary>
public static class CurveScore
{
    public static Score Of(Indicator outcome, CurvePoint point) => IndicatorStatistics.Of(outcome, outcome.Statistic switch
    {
        IndicatorStatistic.TopTwo => new IndicatorSums(new ScoreSums { N = point.N, V5 = Whole(point.Sum) }, point.Sum, point.SumSq),
        IndicatorStatistic.Nps => new IndicatorSums(Nps(point), point.Sum, point.SumSq),
        _ => new IndicatorSums(new ScoreSums { N = point.N, Sum = Whole(point.Sum), SumSq = Whole(point.SumSq) }, point.Sum, point.SumSq),
    });

    // A promoter counts 100, a detractor −100.
    private static ScoreSums Nps(CurvePoint point)
    {
        var (net, both) = (Whole(point.Sum / 100), Whole(point.SumSq / 10_000));
        return new ScoreSums { N = point.N, V10 = (both + net) / 2, V0 = (both - net) / 2, V7 = point.N - both };
    }

    private static long Whole(double sum) => (long)Math.Round(sum);
}
