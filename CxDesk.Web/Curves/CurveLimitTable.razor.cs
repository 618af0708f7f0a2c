using System.Globalization;
using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Curves;

/// <summary>A limit after the other, and what each would bring; one of one's own can be tried.</summary>
public partial class CurveLimitTable
{
    private string? _typed;
    private bool _faulty;

    [Parameter, EditorRequired] public required Curve Curve { get; set; }
    [Parameter, EditorRequired] public required Indicator Measure { get; set; }
    [Parameter, EditorRequired] public required Indicator Outcome { get; set; }
    [Parameter] public double? Agreed { get; set; }
    [Parameter] public double? Tried { get; set; }
    [Parameter] public EventCallback<double?> OnTry { get; set; }

    [Inject] public required CurveWords Words { get; set; }
    [Inject] public required IStringLocalizer<CurvesText> Text { get; set; }

    private string Side => Measure.IsHigherBetter ? Text["Limits.Under"] : Text["Limits.Beyond"];

    protected override void OnParametersSet() => (_typed, _faulty) = (Tried is { } limit ? IndicatorWords.Value(limit, Measure) : null, false);

    private Task Try()
    {
        if (string.IsNullOrWhiteSpace(_typed)) return OnTry.InvokeAsync(null);
        var limit = Read(_typed, Measure.Unit);
        _faulty = limit is null;
        return _faulty ? Task.CompletedTask : OnTry.InvokeAsync(limit);
    }

    /// <summary>"4:30", "270", "95 %", as people write it; null where it is none.</summary>
    public static double? Read(string typed, IndicatorUnit unit)
    {
        var text = typed.Trim().Replace('−', '-').Replace('：', ':');
        var percent = text.EndsWith('%');
        if (unit == IndicatorUnit.Seconds && text.Split(':') is { Length: 2 or 3 } parts)
            return parts.All(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? parts.Aggregate(0.0, (sum, p) => sum * 60 + int.Parse(p, NumberStyles.None, CultureInfo.InvariantCulture)) : null;
        if (!double.TryParse(percent ? text[..^1].Trim() : text, NumberStyles.Float, CultureInfo.CurrentCulture, out var value) || !double.IsFinite(value)) return null;
        return unit == IndicatorUnit.Share ? (percent || value > 1 ? value / 100 : value) : value;
    }
}
