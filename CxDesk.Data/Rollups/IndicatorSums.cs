namespace CxDesk.Data.Rollups;

/// <summary>What a rollup keeps of anything that is counted, whole numbers or not. It adds up, as <see cref="ScoreSums"/> do.</summary>
/// <param name="Counts">n, and how many gave each value where the values are whole.</param>
/// <param name="Sum">Σx.</param>
/// <param name="SumSq">Σx².</param>
public readonly record struct IndicatorSums(ScoreSums Counts, double Sum, double SumSq)
{
    /// <summary>Answers, or observations of a measure.</summary>
    public long N => Counts.N;

    public static implicit operator IndicatorSums(ScoreSums sums) => new(sums, sums.Sum, sums.SumSq);

    public static IndicatorSums operator +(IndicatorSums a, IndicatorSums b) => new(a.Counts + b.Counts, a.Sum + b.Sum, a.SumSq + b.SumSq);

    public static IndicatorSums operator -(IndicatorSums a, IndicatorSums b) => new(a.Counts - b.Counts, a.Sum - b.Sum, a.SumSq - b.SumSq);
}
