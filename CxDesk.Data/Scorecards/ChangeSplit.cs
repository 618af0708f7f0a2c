using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>What one group had in the two periods.</summary>
/// <param name="Key">As in <see cref="ScorecardRow"/>; null for what is not shown by itself.</param>
public readonly record struct ChangeGroup(int? Key, IndicatorSums Before, IndicatorSums Now)
{
    /// <summary>The rows that a viewer sees in both periods, and all else as one group, so that the parts add up.</summary>
    public static IReadOnlyList<ChangeGroup> Of(ScorecardSums total, IReadOnlyList<(ScorecardSums Sums, ScorecardRow Row)> rows)
    {
        // No change is shown of what is withheld in either period, and of what has no answer in one.
        var shown = rows.Where(r => r.Row.Change is not null || r.Row.MayOpen || (!r.Row.Withheld && r.Sums.Before.N == 0))
            .Select(r => new ChangeGroup(r.Row.KeyId, r.Sums.Before, r.Sums.Now)).ToList();
        var rest = shown.Aggregate(new ChangeGroup(null, total.Before, total.Now), (rest, g) => new(null, rest.Before - g.Before, rest.Now - g.Now));
        return [.. shown, rest];
    }
}

/// <summary>How much of the change of the whole goes back to one group, in the indicator's unit.</summary>
/// <param name="Key">As in <see cref="ChangeGroup"/>.</param>
/// <param name="Mix">Because the group's share of all answers changed, and it is better or worse than the whole.</param>
/// <param name="Real">Because the group itself changed.</param>
/// <param name="RealError">Standard error of <see cref="Real"/>, the shares taken as given; 0 where nothing varied.</param>
public readonly record struct ChangePart(int? Key, double Mix, double Real, double RealError)
{
    public double Sum => Mix + Real;

    /// <summary>Half the width of the 95 % interval of <see cref="Real"/>.</summary>
    public double Margin => ChangeSplit.Z * RealError;

    /// <summary>The group's own change is more than chance explains (5 %, two-sided z).</summary>
    public bool IsCertain => Math.Abs(Real) > Margin && Real != 0;
}

/// <summary>What a change of the whole is made of.</summary>
public enum ChangeStory
{
    /// <summary>Nothing to tell: too few answers, or a change that chance explains and no group that did change.</summary>
    NoClearChange,

    /// <summary>The groups themselves changed, for certain; the mix adds less than half.</summary>
    Real,

    /// <summary>Most of it is that other groups answered than before.</summary>
    Mix,

    /// <summary>Simpson's paradox: the whole went one way, and the groups, taken together and for certain, the other.</summary>
    Reversed,

    /// <summary>The groups changed for certain, and the mix hid it: the whole hardly moved.</summary>
    Hidden,

    /// <summary>Group by group it changed for certain; the groups differ so much that the whole, by itself, does not tell.</summary>
    Within,
}

/// <summary>
/// The change of a figure between two periods, split by groups into mix and real change. With w a group's share of all
/// answers, x its value and X̄ the mean of the whole's two values,
/// mix = (w₁ − w₀)·((x₀ + x₁)/2 − X̄) and real = (x₁ − x₀)·(w₀ + w₁)/2; all parts of all groups add up to the change. A
/// group that answered in one period only has nothing to compare with: all of it is mix. Pure.
/// </summary>
/// <remarks>
/// Kitagawa, "Components of a difference between two rates", Journal of the American Statistical Association 50 (1955); the
/// mix is held against the whole, which changes no sum since the shares' changes add up to zero, so that a group that grew
/// counts as good only if it is better than the whole. It holds for whatever is a mean of answers: means, shares, and NPS as
/// the mean of +100, 0 and −100.
/// </remarks>
public sealed record ChangeSplit
{
    internal const double Z = 1.959963984540054;

    /// <summary>Now less before; null where one of the periods has no answer.</summary>
    public required double? Change { get; init; }
    public required Verdict Verdict { get; init; }
    public required IReadOnlyList<ChangePart> Parts { get; init; }
    public required ChangeStory Story { get; init; }

    public double Mix => Parts.Sum(p => p.Mix);
    public double Real => Parts.Sum(p => p.Real);

    /// <summary>Standard error of <see cref="Real"/>: the groups are independent.</summary>
    public double RealError => Math.Sqrt(Parts.Sum(p => p.RealError * p.RealError));

    /// <param name="groups">Every answer of the whole is in exactly one.</param>
    public static ChangeSplit Of(Indicator indicator, IReadOnlyList<ChangeGroup> groups, int minimumN = ScoreStatistics.MinimumN)
    {
        var (before, now) = groups.Aggregate((Before: new IndicatorSums(), Now: new IndicatorSums()), (sum, g) => (sum.Before + g.Before, sum.Now + g.Now));
        var change = IndicatorStatistics.Compare(indicator, now, before, minimumN);
        if (IndicatorStatistics.Of(indicator, before).Value is not { } then || IndicatorStatistics.Of(indicator, now).Value is not { } present)
            return new ChangeSplit { Change = null, Verdict = change.Verdict, Parts = [], Story = ChangeStory.NoClearChange };
        var middle = (then + present) / 2;
        var split = new ChangeSplit
        {
            Change = change.Difference, Verdict = change.Verdict, Story = ChangeStory.NoClearChange,
            Parts = [.. groups.Where(g => g.Before.N + g.Now.N > 0).Select(Part)],
        };
        return split with { Story = split.Told(change) };

        ChangePart Part(ChangeGroup group)
        {
            var (w0, w1) = ((double)group.Before.N / before.N, (double)group.Now.N / now.N);
            var (x0, x1) = (IndicatorStatistics.Of(indicator, group.Before).Value, IndicatorStatistics.Of(indicator, group.Now).Value);
            var mix = (w1 - w0) * (((x0 ?? x1)!.Value + (x1 ?? x0)!.Value) / 2 - middle);
            if (x0 is not { } old || x1 is not { } young) return new ChangePart(group.Key, mix, 0, 0);
            var weight = (w0 + w1) / 2;
            var error = IndicatorStatistics.SquaredError(indicator, group.Before) + IndicatorStatistics.SquaredError(indicator, group.Now);
            return new ChangePart(group.Key, mix, (young - old) * weight, weight * Math.Sqrt(error));
        }
    }

    private ChangeStory Told(ScoreChange change)
    {
        if (change.Verdict == Verdict.TooFew) return ChangeStory.NoClearChange;
        var moved = change.Verdict is Verdict.Better or Verdict.Worse;
        var certain = Math.Abs(Real) > Z * RealError && Math.Abs(Real) > 1e-12;
        return (moved, certain) switch
        {
            (true, true) when Math.Sign(Real) != Math.Sign(Change!.Value) => ChangeStory.Reversed,
            // The whole may be too noisy for a verdict of its own, and yet go the other way than all that make it up.
            (false, true) when Math.Sign(Real) != Math.Sign(Change!.Value) && Math.Abs(Mix) > Math.Abs(Real) => ChangeStory.Reversed,
            (false, true) when Math.Abs(Mix) >= Math.Abs(Real) / 2 => ChangeStory.Hidden,
            (true, _) when Math.Abs(Mix) > Math.Abs(Real) => ChangeStory.Mix,
            (false, true) => ChangeStory.Within,
            (true, _) => ChangeStory.Real,
            _ => ChangeStory.NoClearChange,
        };
    }
}
