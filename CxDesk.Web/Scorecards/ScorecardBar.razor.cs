using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Scorecards;

/// <summary>
/// A score as a bar over the whole range of its metric, with a tick for the target and a whisker for the interval. What
/// has no figure has no bar, which differs from a bar of zero. The figures stand beside it, so it says nothing aloud.
/// </summary>
public partial class ScorecardBar
{
    [Parameter, EditorRequired] public Metric Metric { get; set; }
    [Parameter, EditorRequired] public double? Score { get; set; }
    [Parameter] public double? Low { get; set; }
    [Parameter] public double? High { get; set; }
    [Parameter] public double? Target { get; set; }

    private ScorecardBarShape Shape { get; set; } = ScorecardBarShape.Empty;

    protected override void OnParametersSet() => Shape = ScorecardBarShape.Of(Metric, Score, Low, High, Target);
}
