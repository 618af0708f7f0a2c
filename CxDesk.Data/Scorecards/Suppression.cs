using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// Which figures of one breakdown are withheld from somebody who may not open the answers behind them: those of fewer
/// answers than the minimum, and beside them as many of the next smallest as it takes that none of them can be worked
/// out from the total: at least two, and together no fewer than the minimum. Their n stays, since it tells nothing of
/// what was answered. Pure.
/// </summary>
public static class Suppression
{
    /// <param name="rows">The n of each row, and whether this viewer may open its answers.</param>
    /// <returns>In the same order: true where the figures are withheld. A row without answers has none to withhold.</returns>
    public static IReadOnlyList<bool> Withheld(IReadOnlyList<(long N, bool MayOpen)> rows, int minimumN = ScoreStatistics.MinimumN)
    {
        var withheld = rows.Select(r => !r.MayOpen && r.N > 0 && r.N < minimumN).ToArray();
        if (!withheld.Contains(true)) return withheld;
        var (count, sum) = (withheld.Count(w => w), rows.Where((_, i) => withheld[i]).Sum(r => r.N));
        if (count >= 2 && sum >= minimumN) return withheld;
        // First those that the viewer cannot open anyway: what they can open is hidden only where nothing else is left.
        foreach (var i in Enumerable.Range(0, rows.Count).Where(i => !withheld[i] && rows[i].N > 0).OrderBy(i => rows[i].MayOpen).ThenBy(i => rows[i].N))
        {
            if (count >= 2 && sum >= minimumN) break;
            withheld[i] = true;
            count++;
            sum += rows[i].N;
        }
        return withheld;
    }
}
