using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Curves;

/// <summary>The curve as a picture: groups of contacts with their intervals, the line, the break with its interval, limits.</summary>
public partial class CurveChart
{
    private CurveShape _shape = null!;

    /// <summary>One that was not refused.</summary>
    [Parameter, EditorRequired] public required Curve Curve { get; set; }
    [Parameter, EditorRequired] public required Indicator Measure { get; set; }
    [Parameter, EditorRequired] public required Indicator Outcome { get; set; }

    /// <summary>The limit that the company keeps.</summary>
    [Parameter] public double? Agreed { get; set; }

    /// <summary>The limit that is being tried.</summary>
    [Parameter] public double? Tried { get; set; }

    [Inject] public required CurveWords Words { get; set; }
    [Inject] public required IStringLocalizer<CurvesText> Text { get; set; }

    private string Label => Text["Chart.Label", Words.Name(Outcome), Words.Name(Measure)];

    private IEnumerable<(double Value, string Words, string Face)> Limits => ((double? Value, string Key, string Face)[])
        [(Agreed == Tried ? null : Agreed, "Chart.Agreed", "agreed"), (Tried, "Chart.Tried", "tried")] is var all
        ? all.Where(l => l.Value is { } v && _shape.Holds(v)).Select(l => (l.Value!.Value, Text[l.Key, Words.Tick(l.Value.Value, Measure)].Value, l.Face)) : [];

    protected override void OnParametersSet() => _shape = CurveShape.Of(Curve, Measure, Outcome);

    private static string N(double value) => CurveShape.Number(value);
}
