using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;

namespace CxDesk.Tests.Rollups;

public sealed class FigureVerdictTests
{
    private static readonly XmrSignal Falling = new(XmrRule.Run, false, new DateOnly(2026, 6, 1)), Rising = Falling with { IsUp = true };

    private static ScoreSums Csat(int fours, int fives, int ones = 0) => ScoreSums.Of(4, fours) + ScoreSums.Of(5, fives) + ScoreSums.Of(1, ones);

    private static FigureVerdict Of(ScoreSums sums, double? target, XmrSignal? signal = null) => FigureVerdict.OfScore(Metric.Csat, sums, target, Certainty.Days, signal);

    [Fact]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "29")]
    public void Nothing_and_too_little_are_said_apart_and_have_no_colour()
    {
        Assert.Equal(new(Standing.Unknown, FigureReason.NoAnswers), Of(default, 4));
        Assert.Equal(new(Standing.Unknown, FigureReason.TooFew), Of(Csat(0, 0, 4), 4));
        Assert.Equal(new(Standing.Unknown, FigureReason.NoAnswers), FigureVerdict.OfMeasure(new MeasureSums(MeasureUnit.Seconds, 0, 0, 0), 300, Certainty.Days));
        Assert.Equal(new(Standing.Unknown, FigureReason.PerhapsOver), FigureVerdict.OfMeasure(new MeasureSums(MeasureUnit.Seconds, 1, 400, 16e4), 300, Certainty.Days));
    }

    [Fact]
    public void Colour_follows_from_how_certain_the_gap_is()
    {
        Assert.Equal(new(Standing.Good, FigureReason.OnTarget), Of(Csat(20, 20), 4.5));
        Assert.Equal(new(Standing.Unknown, FigureReason.PerhapsUnder), Of(Csat(22, 18), 4.5));
        Assert.Equal(new(Standing.Watch, FigureReason.ProbablyUnder), Of(Csat(42, 16), 4.5));
        Assert.Equal(new(Standing.Bad, FigureReason.Under), Of(Csat(80, 20), 4.5));
        Assert.Equal(new(Standing.Unknown, FigureReason.NoTarget), Of(Csat(80, 20), null));
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public void A_special_cause_for_the_worse_is_amber_even_over_the_target_and_one_for_the_better_is_not()
    {
        Assert.Equal(new(Standing.Watch, FigureReason.FallingForCertain), Of(Csat(20, 20), 4.5, Falling));
        Assert.Equal(new(Standing.Watch, FigureReason.FallingForCertain), Of(Csat(20, 20), null, Falling));
        Assert.Equal(new(Standing.Good, FigureReason.OnTarget), Of(Csat(20, 20), 4.5, Rising));
        Assert.Equal(new(Standing.Bad, FigureReason.Under), Of(Csat(80, 20), 4.5, Falling));
        Assert.Equal(new(Standing.Unknown, FigureReason.TooFew), Of(Csat(2, 2), 4.5, Falling));
        var calm = new MeasureSums(MeasureUnit.Seconds, 400, 400 * 200, 400 * 200.0 * 200 * 2);
        Assert.Equal(new(Standing.Watch, FigureReason.RisingForCertain), FigureVerdict.OfMeasure(calm, 300, Certainty.Days, Rising));
        Assert.Equal(new(Standing.Good, FigureReason.WithinLimit), FigureVerdict.OfMeasure(calm, 300, Certainty.Days, Falling));
    }

    // What a fixed 95 % interval calls certain is not, for who looks all day.
    [Fact]
    public void Significant_once_is_not_yet_certain()
    {
        var sums = Csat(26, 14);
        Assert.Equal(Standing.Bad, ScoreStatistics.Of(Metric.Csat, sums).Against(4.51));
        Assert.NotEqual(Standing.Bad, Of(sums, 4.51).Standing);
    }

    [Fact]
    public void More_is_asked_of_a_window_that_slides()
    {
        var sums = Csat(46, 15);
        Assert.Equal(Standing.Bad, Of(sums, 4.5).Standing);
        Assert.NotEqual(Standing.Bad, FigureVerdict.OfScore(Metric.Csat, sums, 4.5, Certainty.Hour).Standing);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, Standing.Good, FigureReason.NoCases)]
    [InlineData(3, 0, 0, 0, Standing.Good, FigureReason.CasesInTime)]
    [InlineData(3, 0, 1, 0, Standing.Watch, FigureReason.CasesDueSoon)]
    [InlineData(3, 0, 1, 1, Standing.Bad, FigureReason.CasesCritical)]
    [InlineData(3, 1, 1, 1, Standing.Bad, FigureReason.CasesOverdue)]
    public void Cases_are_counted_and_no_chance(int open, int overdue, int dueSoon, int critical, Standing standing, FigureReason reason) =>
        Assert.Equal(new(standing, reason), FigureVerdict.OfCases(open, overdue, dueSoon, critical));
}
