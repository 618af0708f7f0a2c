using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>One row of a breakdown before anything was withheld.</summary>
public sealed record ScorecardSums
{
    /// <summary>Id of the unit, person, product or channel.</summary>
    public required int KeyId { get; init; }

    /// <summary>The code that intake sends.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>The team that stands for "no team" in its region.</summary>
    public bool IsNoTeam { get; init; }
    public required ScoreSums Now { get; init; }

    /// <summary>The equally long period before; nothing where no change is asked for.</summary>
    public ScoreSums Before { get; init; }
    public double? Target { get; init; }

    /// <summary>The viewer may open the answers behind it, so nothing of it is suppressed towards them.</summary>
    public required bool MayOpen { get; init; }
    public DateTimeOffset? NewestAt { get; init; }
}

/// <summary>One row of a breakdown as its viewer may see it. All figures are in the metric's own unit.</summary>
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
    public required Standing Standing { get; init; }

    /// <summary>n is under the minimum, or would give away one that is: the figures are null.</summary>
    public required bool Withheld { get; init; }

    /// <summary>n is under the minimum, so that what is shown is no verdict.</summary>
    public required bool IsTooFew { get; init; }
    public required bool MayOpen { get; init; }
    public required DateTimeOffset? NewestAt { get; init; }

    /// <summary>
    /// The rows of one breakdown that add up to a total which is shown too: figures, verdicts, and what is withheld.
    /// Whoever shows a score of several answers gets it from here, so that each screen withholds the same.
    /// </summary>
    /// <param name="withheld">What is withheld of them, where a <see cref="SuppressionTable"/> says so.</param>
    /// <param name="withheldBefore">The same of the period before.</param>
    public static IReadOnlyList<ScorecardRow> Of(Metric metric, IReadOnlyList<ScorecardSums> rows, int minimumN, IReadOnlyList<bool>? withheld = null, IReadOnlyList<bool>? withheldBefore = null)
    {
        withheld ??= Suppression.Withheld([.. rows.Select(r => (r.Now.N, r.MayOpen))], minimumN);
        withheldBefore ??= Suppression.Withheld([.. rows.Select(r => (r.Before.N, r.MayOpen))], minimumN);
        return [.. rows.Select((row, i) => Of(metric, row, withheld[i], withheldBefore[i], minimumN))];
    }

    private static ScorecardRow Of(Metric metric, ScorecardSums row, bool withheld, bool withheldBefore, int minimumN)
    {
        var score = withheld ? new Score(row.Now.N, null, null, null) : ScoreStatistics.Of(metric, row.Now);
        // A change gives away the score before.
        var change = withheld || withheldBefore
            ? new ScoreChange(null, null, Verdict.TooFew)
            : ScoreStatistics.Compare(metric, row.Now, row.Before, minimumN);
        var target = withheld ? null : row.Target;
        return new ScorecardRow
        {
            KeyId = row.KeyId, Key = row.Key, Name = row.Name, IsNoTeam = row.IsNoTeam, N = row.Now.N,
            Score = score.Value, Low = score.Low, High = score.High, Target = target, Gap = score.Value - target,
            Change = change.Difference, Verdict = change.Verdict, Standing = score.Against(target, minimumN),
            Withheld = withheld, IsTooFew = row.Now.N < minimumN, MayOpen = row.MayOpen, NewestAt = row.NewestAt,
        };
    }

    /// <summary>
    /// What needs attention first: under target for certain, got worse, under target perhaps, the rest; then what
    /// cannot be said, then what is empty. Inside each the widest gap first.
    /// </summary>
    public static IReadOnlyList<ScorecardRow> ByAttention(IEnumerable<ScorecardRow> rows) =>
        [.. rows.OrderBy(Urgency).ThenBy(r => r.Gap ?? double.MaxValue).ThenBy(r => r.Score ?? double.MaxValue).ThenBy(r => r.Key, StringComparer.Ordinal)];

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
