using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>One row of a breakdown as its viewer may see it. All figures are in the indicator's own unit.</summary>
public sealed record ScorecardRow
{
    public required int KeyId { get; init; }
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required bool IsNoTeam { get; init; }
    public required long N { get; init; }

    /// <summary>Null where nothing was answered, or where it is withheld.</summary>
    public required double? Score { get; init; }
    public required double? Low { get; init; }
    public required double? High { get; init; }
    public required double? Target { get; init; }
    public required double? Gap { get; init; }
    public required double? Change { get; init; }
    public required Verdict Verdict { get; init; }

    /// <summary>How probable so large a change is if nothing changed; null where it was not judged.</summary>
    public double? Chance { get; init; }

    /// <summary>Nothing was answered in the days that it is held against, which is not too few.</summary>
    public bool IsFirst { get; init; }
    public required Standing Standing { get; init; }

    /// <summary>n is under the minimum, or would give away one that is: the figures are null.</summary>
    public required bool Withheld { get; init; }

    /// <summary>n is under the minimum, so that what is shown is no verdict.</summary>
    public required bool IsTooFew { get; init; }
    public required bool MayOpen { get; init; }
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>How it went, oldest first; empty where it is withheld or was not asked for.</summary>
    public IReadOnlyList<ScorecardPoint> Trend { get; init; } = [];

    /// <summary>Null where the viewer does not see all of them.</summary>
    public ScorecardCases? Cases { get; init; }

    /// <summary>Mean 12-month value of the customers behind it; null where none was sent, or where it is withheld.</summary>
    public double? CustomerValue { get; init; }

    /// <summary>How much it would bring to look at it: <see cref="ScorecardOrder.Attention"/>.</summary>
    public double Attention { get; init; }

    /// <summary>
    /// The rows of one breakdown that add up to a total which is shown too: figures, verdicts, and what is withheld.
    /// Whoever shows a score of several answers gets it from here, so that each screen withholds the same.
    /// </summary>
    /// <param name="withheld">What is withheld of them, where a <see cref="SuppressionTable"/> says so.</param>
    /// <param name="withheldBefore">The same of the period before.</param>
    public static IReadOnlyList<ScorecardRow> Of(
        Indicator indicator, IReadOnlyList<ScorecardSums> rows, int minimumN, IReadOnlyList<bool>? withheld = null, IReadOnlyList<bool>? withheldBefore = null)
    {
        withheld ??= Suppression.Withheld([.. rows.Select(r => (r.Now.N, r.MayOpen))], minimumN);
        withheldBefore ??= Suppression.Withheld([.. rows.Select(r => (r.Before.N, r.MayOpen))], minimumN);
        var shown = rows.Select((row, i) => Of(indicator, row, withheld[i], withheldBefore[i], minimumN)).ToList();
        var valued = shown.Where(r => r.CustomerValue is not null && r.N > 0).ToList();
        double? mean = valued.Count == 0 ? null : valued.Sum(r => r.CustomerValue!.Value * r.N) / valued.Sum(r => r.N);
        return [.. shown.Select(r => r with { Attention = ScorecardOrder.Attention(r, indicator.IsHigherBetter, mean) })];
    }

    /// <inheritdoc cref="Of(Indicator, IReadOnlyList{ScorecardSums}, int, IReadOnlyList{bool}, IReadOnlyList{bool})"/>
    public static IReadOnlyList<ScorecardRow> Of(
        Metric metric, IReadOnlyList<ScorecardSums> rows, int minimumN, IReadOnlyList<bool>? withheld = null, IReadOnlyList<bool>? withheldBefore = null) =>
        Of(Indicator.Of(metric), rows, minimumN, withheld, withheldBefore);

    private static ScorecardRow Of(Indicator indicator, ScorecardSums row, bool withheld, bool withheldBefore, int minimumN)
    {
        var score = withheld ? new Score(row.Now.N, null, null, null) : IndicatorStatistics.Of(indicator, row.Now);
        // A change gives away the score before.
        var change = withheld || withheldBefore
            ? new ScoreChange(null, null, Verdict.TooFew)
            : IndicatorStatistics.Compare(indicator, row.Now, row.Before, minimumN);
        var target = withheld ? null : row.Target;
        return new ScorecardRow
        {
            KeyId = row.KeyId, Key = row.Key, Name = row.Name, IsNoTeam = row.IsNoTeam, N = row.Now.N,
            Score = score.Value, Low = score.Low, High = score.High, Target = target, Gap = score.Value - target,
            Change = change.Difference, Verdict = change.Verdict, Chance = change.Chance, IsFirst = row.Before.N == 0, Standing = score.Against(target, minimumN, indicator.IsHigherBetter),
            Withheld = withheld, IsTooFew = row.Now.N < minimumN, MayOpen = row.MayOpen, NewestAt = row.NewestAt,
            CustomerValue = withheld ? null : row.CustomerValue,
        };
    }
}
