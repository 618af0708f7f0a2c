using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>What the rows of a scorecard are sorted by.</summary>
public enum ScorecardSort
{
    /// <summary>What needs attention first: <see cref="ScorecardOrder.Attention"/>.</summary>
    Attention,
    Name,

    /// <summary>The best first.</summary>
    Value,

    /// <summary>The widest shortfall first.</summary>
    Gap,

    /// <summary>The most answers first.</summary>
    N,
}

/// <summary>The orders of a scorecard's rows. Pure.</summary>
public static class ScorecardOrder
{
    /// <summary>
    /// How much it would bring to look at a row: its significant shortfall × n × what its customers are worth. The
    /// shortfall is how far the near end of the interval still lies on the wrong side of the target, so what chance explains
    /// counts nothing; the worth is the mean 12-month value of the row's customers over that of all rows, 1 where it is not known.
    /// </summary>
    /// <param name="meanValue">Of all rows together; null where no value is known.</param>
    public static double Attention(ScorecardRow row, bool isHigherBetter, double? meanValue)
    {
        if (row is not { Standing: Standing.Bad, Target: { } target, Low: { } low, High: { } high }) return 0;
        var shortfall = Math.Max(0, isHigherBetter ? target - high : low - target);
        return shortfall * row.N * (meanValue is > 0 and var mean ? (row.CustomerValue ?? mean) / mean : 1);
    }

    public static IReadOnlyList<ScorecardRow> Sort(IEnumerable<ScorecardRow> rows, ScorecardSort sort, bool isHigherBetter = true)
    {
        double Better(double? value) => value is not { } v ? double.MaxValue : isHigherBetter ? v : -v;
        return sort switch
        {
            ScorecardSort.Attention => ByAttention(rows, isHigherBetter),
            ScorecardSort.Name => [.. rows.OrderBy(r => r.KeyId == 0 || r.IsNoTeam).ThenBy(r => r.Name, StringComparer.CurrentCulture).ThenBy(r => r.Key, StringComparer.Ordinal)],
            ScorecardSort.Value => [.. rows.OrderBy(r => r.Score is null).ThenByDescending(r => Better(r.Score)).ThenBy(r => r.Key, StringComparer.Ordinal)],
            ScorecardSort.Gap => [.. rows.OrderBy(r => Better(r.Gap)).ThenBy(r => r.Key, StringComparer.Ordinal)],
            ScorecardSort.N => [.. rows.OrderByDescending(r => r.N).ThenBy(r => r.Key, StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// What needs attention first: under target for certain, those by <see cref="Attention"/>; then what got worse, what is
    /// under target perhaps, the rest, each with the widest gap first; then what cannot be said, then what is empty.
    /// </summary>
    public static IReadOnlyList<ScorecardRow> ByAttention(IEnumerable<ScorecardRow> rows, bool isHigherBetter = true)
    {
        double Better(double? value) => value is not { } v ? double.MaxValue : isHigherBetter ? v : -v;
        return [.. rows.OrderBy(Urgency).ThenByDescending(r => r.Attention).ThenBy(r => Better(r.Gap)).ThenBy(r => Better(r.Score)).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    private static int Urgency(ScorecardRow row) => row switch
    {
        { N: 0 } => 5,
        { Withheld: true } => 4,
        { Standing: Standing.Bad } => 0,
        { Verdict: Verdict.Worse } => 1,
        { Standing: Standing.Watch } => 2,
        _ => 3,
    };
}
