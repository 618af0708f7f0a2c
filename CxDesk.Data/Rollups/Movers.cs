namespace CxDesk.Data.Rollups;

/// <summary>
/// Who changed, the surest first. Where many are compared at once some cross 5 % by chance, so a change stays clear only
/// where the share of false ones among the clear is held to 5 %. Pure.
/// </summary>
/// <remarks>Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57 (1995).</remarks>
public static class Movers
{
    private const double FalseShare = 0.05;

    /// <returns>Clear changes first, then what may be chance, each by how surprising it is; then those with too few answers.</returns>
    public static IReadOnlyList<(T Key, ScoreChange Change)> Order<T>(IEnumerable<(T Key, ScoreChange Change)> changes)
    {
        var ordered = changes.OrderBy(c => c.Change.Chance ?? 2).ThenByDescending(c => Math.Abs(c.Change.Difference ?? 0)).ToList();
        var judged = ordered.Count(c => c.Change.Chance is not null);
        var clear = judged;
        while (clear > 0 && ordered[clear - 1].Change.Chance > FalseShare * clear / judged) clear--;
        return [.. ordered.Select((c, i) => i < clear || c.Change.Verdict is Verdict.TooFew or Verdict.NoClearChange
            ? c
            : (c.Key, c.Change with { Verdict = Verdict.NoClearChange }))];
    }
}
