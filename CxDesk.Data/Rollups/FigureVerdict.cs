namespace CxDesk.Data.Rollups;

/// <summary>
/// How rarely a verdict may be wrong while the target is exactly held: the chance α that it is ever given, for each run of
/// answers that is looked at. A window of days begins a new run each day; the last hour slides, so that a month has
/// hundreds of runs, and more is asked of each. See docs/decisions/0011 for how this adds up to a month.
/// </summary>
/// <param name="Sure">α of <see cref="Standing.Bad"/>.</param>
/// <param name="Likely">α of <see cref="Standing.Watch"/>.</param>
public readonly record struct Certainty(double Sure, double Likely)
{
    /// <summary>Windows of whole days and today.</summary>
    public static readonly Certainty Days = new(0.004, 0.02);

    /// <summary>The last 60 minutes.</summary>
    public static readonly Certainty Hour = new(0.001, 0.005);
}

/// <summary>
/// What colour a figure of a wall has, and why. Walls are looked at all day, so a colour is given only for what stays
/// surprising however often one looks (<see cref="Evidence"/>), or for a special cause on the chart of days
/// (<see cref="XmrChart"/>). Red: under the target for certain. Amber: under it at the weaker level, or a special cause for
/// the worse. Green: at the target or over it. Else no colour. Pure.
/// </summary>
public readonly record struct FigureVerdict(Standing Standing, FigureReason Reason)
{
    /// <summary>Since when the reason has held without a break; null where that is not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True where somebody ought to look: only then it is worth finding out since when.</summary>
    public bool IsAdverse => Standing is Standing.Bad or Standing.Watch;

    /// <summary>Of a score, where more is better.</summary>
    /// <param name="signal">What the chart of the subject's complete days says; null: nothing, or no chart.</param>
    public static FigureVerdict OfScore(
        Metric metric, in ScoreSums sums, double? target, Certainty certainty, XmrSignal? signal = null, int minimumN = ScoreStatistics.MinimumN)
    {
        if (sums.N == 0) return new(Standing.Unknown, FigureReason.NoAnswers);
        if (sums.N < minimumN) return new(Standing.Unknown, FigureReason.TooFew);
        var evidence = target is { } aim ? Evidence.Under(metric, sums, aim) : 0;
        if (Reaches(evidence, certainty.Sure)) return new(Standing.Bad, FigureReason.Under);
        if (signal is { IsUp: false }) return new(Standing.Watch, FigureReason.FallingForCertain);
        if (Reaches(evidence, certainty.Likely)) return new(Standing.Watch, FigureReason.ProbablyUnder);
        if (target is not { } goal) return new(Standing.Unknown, FigureReason.NoTarget);
        return ScoreStatistics.Of(metric, sums).Value >= goal ? new(Standing.Good, FigureReason.OnTarget) : new(Standing.Unknown, FigureReason.PerhapsUnder);
    }

    /// <summary>Of a measure that has an upper limit, where less is better; without a limit nothing is said. It is nobody's
    /// answer, so no few are too few to be shown; a colour takes many anyway.</summary>
    /// <inheritdoc cref="OfScore"/>
    public static FigureVerdict OfMeasure(in MeasureSums sums, double? limit, Certainty certainty, XmrSignal? signal = null)
    {
        if (sums.N == 0) return new(Standing.Unknown, FigureReason.NoAnswers);
        if (limit is not { } most) return new(Standing.Unknown, FigureReason.NoTarget);
        var evidence = Evidence.Over(sums, most);
        if (Reaches(evidence, certainty.Sure)) return new(Standing.Bad, FigureReason.OverLimit);
        if (signal is { IsUp: true }) return new(Standing.Watch, FigureReason.RisingForCertain);
        if (Reaches(evidence, certainty.Likely)) return new(Standing.Watch, FigureReason.ProbablyOver);
        return sums.Mean <= most ? new(Standing.Good, FigureReason.WithinLimit) : new(Standing.Unknown, FigureReason.PerhapsOver);
    }

    /// <summary>Of open cases: they are counted, not sampled, so nothing of it is chance.</summary>
    public static FigureVerdict OfCases(int open, int overdue, int dueSoon, int critical) => (open, overdue, dueSoon, critical) switch
    {
        (_, > 0, _, _) => new(Standing.Bad, FigureReason.CasesOverdue),
        (_, _, _, > 0) => new(Standing.Bad, FigureReason.CasesCritical),
        (_, _, > 0, _) => new(Standing.Watch, FigureReason.CasesDueSoon),
        ( > 0, _, _, _) => new(Standing.Good, FigureReason.CasesInTime),
        _ => new(Standing.Good, FigureReason.NoCases),
    };

    private static bool Reaches(double evidence, double chance) => evidence >= -Math.Log(chance);
}
