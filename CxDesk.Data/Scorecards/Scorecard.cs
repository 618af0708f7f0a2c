using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>A breakdown with its total, as one viewer may see it.</summary>
public sealed record Scorecard
{
    public required ScorecardFilter Filter { get; init; }

    /// <summary>The way to the place, as far as the viewer may go up it: the company first, the place itself last.</summary>
    public required IReadOnlyList<UnitRow> Path { get; init; }

    /// <summary>The agent, product, channel and segment that it is narrowed to.</summary>
    public required ScorecardSubjects Subjects { get; init; }

    /// <summary>What the rows add up to.</summary>
    public required ScorecardRow Total { get; init; }

    /// <summary>In the order that the filter asks for.</summary>
    public required IReadOnlyList<ScorecardRow> Rows { get; init; }

    /// <summary>The rows that can be compared, best first; empty where no comparison was asked for.</summary>
    public IReadOnlyList<Ranked<int>> Ranks { get; init; } = [];

    /// <summary>The row behind most of a change of the total; null where the total did not move, or no row stands out.</summary>
    public required ScorecardCause? Cause { get; init; }

    public UnitRow Place => Path[^1];
}

/// <summary>How much of a change of the total one row explains.</summary>
/// <param name="Share">0–1 of the change; over 1 where other rows moved against it.</param>
public sealed record ScorecardCause(ScorecardRow Row, double Share)
{
    private const double Most = 0.5;

    /// <summary>
    /// The row with the largest part of a significant change. With B the total before and w the shares of answers, a
    /// row's part is w·(score − B) now less the same before; the parts of all rows add up to the change, and so count
    /// both that a row's score moved and that its weight did.
    /// </summary>
    public static ScorecardCause? Of(Indicator indicator, ScorecardRow total, ScorecardSums sums, IEnumerable<(ScorecardSums Sums, ScorecardRow Row)> rows)
    {
        if (total is not { Verdict: Verdict.Better or Verdict.Worse, Change: { } change } || change == 0) return null;
        var before = IndicatorStatistics.Of(indicator, sums.Before).Value ?? 0;
        // A row whose own figures are not to be seen is not named either.
        return rows.Where(r => r.Row.Change is not null && r.Row.Verdict != Verdict.TooFew)
            .Select(r => new ScorecardCause(r.Row, (Part(r.Sums.Now, sums.Now) - Part(r.Sums.Before, sums.Before)) / change))
            .Where(c => c.Share >= Most)
            .MaxBy(c => c.Share);

        double Part(in IndicatorSums row, in IndicatorSums all) =>
            row.N == 0 ? 0 : (double)row.N / all.N * (IndicatorStatistics.Of(indicator, row).Value!.Value - before);
    }
}
