using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>How the rows of a scorecard are compared with each other.</summary>
public enum ScorecardCompare
{
    None,

    /// <summary>By estimates that are drawn toward the mean of all, the more the less they rest on, with the places that each may have.</summary>
    Fair,

    /// <summary>By the plain value, as if it were exact.</summary>
    Plain,
}

/// <summary>Places among each other. Who is withheld, has too few answers, or is nobody in particular ("no team") has none. Pure.</summary>
internal static class ScorecardRanks
{
    /// <returns>By key, best first: the estimate with its interval and places; of plain values the value with its own.</returns>
    public static IReadOnlyList<Ranked<int>> Of(ScorecardFilter filter, IReadOnlyList<ScorecardDays> rows, IReadOnlyList<ScorecardRow> shown, int minimumN)
    {
        var known = rows.Zip(shown).Where(r => r.Second is { Withheld: false, IsTooFew: false, IsNoTeam: false, KeyId: not 0, Score: not null }).ToList();
        return filter.Compare switch
        {
            ScorecardCompare.None => [],
            ScorecardCompare.Fair => RankRanges.Of(filter.Indicator, known.Select(r => (r.Second.KeyId, r.First.Sums.Now)), minimumN),
            ScorecardCompare.Plain => [.. ScorecardOrder.Sort(known.Select(r => r.Second), ScorecardSort.Value, filter.Indicator.IsHigherBetter)
                .Select((r, _) => new Ranked<int>(r.KeyId, r.Score!.Value, r.Low ?? r.Score.Value, r.High ?? r.Score.Value,
                    1 + known.Count(o => IsBefore(o.Second.Score!.Value, r.Score.Value)), known.Count - known.Count(o => IsBefore(r.Score.Value, o.Second.Score!.Value))))],
        };
        // Equal values share a place even when they are taken as exact.
        bool IsBefore(double a, double b) => filter.Indicator.IsHigherBetter ? a > b : a < b;
    }
}
