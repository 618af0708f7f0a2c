using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Scorecards;

/// <summary>
/// A figure as a bar over the range of its indicator, with a tick for the target and a whisker for the interval. What has no
/// figure has no bar, which differs from a bar of zero. The figures stand beside it, so it says nothing aloud.
/// </summary>
public partial class ScorecardBar
{
    [Parameter, EditorRequired] public required ScorecardScale Scale { get; set; }
    [Parameter, EditorRequired] public required ScorecardRow Row { get; set; }

    private ScorecardBarShape Shape { get; set; } = ScorecardBarShape.Empty;

    protected override void OnParametersSet() => Shape = ScorecardBarShape.Of(Scale, Row.Score, Row.Low, Row.High, Row.Target);
}

/// <summary>What the bars of one table span.</summary>
/// <param name="Zero">Where a bar begins.</param>
public sealed record ScorecardScale(double Lowest, double Highest, double Zero)
{
    /// <summary>The whole range of the indicator; where it has no end, as far as the rows go.</summary>
    public static ScorecardScale Of(Indicator indicator, params IReadOnlyList<ScorecardRow> rows)
    {
        var known = rows.SelectMany(r => (double?[])[r.Score, r.High, r.Target]).OfType<double>().Append(0).ToList();
        var lowest = double.IsFinite(indicator.Lowest) ? indicator.Lowest : Math.Min(0, known.Min());
        var highest = double.IsFinite(indicator.Highest) ? indicator.Highest : Math.Max(known.Max(), lowest + 1);
        return new ScorecardScale(lowest, highest, lowest < 0 ? 0 : lowest);
    }
}
