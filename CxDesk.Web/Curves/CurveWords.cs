using System.Globalization;
using CxDesk.Data.Curves;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Curves;

/// <summary>A curve in words and numbers, in the language of the moment.</summary>
public sealed class CurveWords(IStringLocalizer<CurvesText> text, IndicatorWords indicators)
{
    public string Name(Indicator indicator) => indicators.Name(indicator);

    /// <summary>"Wait (min:s)", as an axis and a column say it.</summary>
    public string Titled(Indicator indicator) => indicators.Unit(indicator) is { Length: > 0 } unit ? text["Titled", Name(indicator), unit] : Name(indicator);

    /// <summary>What was found, in a sentence or two.</summary>
    public string Sentence(Curve curve, Indicator measure, Indicator outcome)
    {
        var (what, by) = (Name(outcome), Name(measure));
        if (curve.Refusal is { } refusal) return Refused(refusal, curve, measure, outcome);
        if (curve.Break is not { } b) return text[$"Found.{curve.Kind}", what, by];
        var (at, interval) = (IndicatorWords.Value(b.At, measure), Range(b.Low, b.High, measure));
        var side = measure.IsHigherBetter ? "Under" : "Over";
        var slope = Slope(b.SlopeAfter.Value, measure, outcome);
        return (b.SlopeBefore == 0
            ? text[$"Found.Level{side}", what, by, at, interval, slope].Value
            : text[$"Found.Slopes{side}", what, by, at, interval, slope, Slope(b.SlopeBefore, measure, outcome)].Value)
            + " " + text[$"Found.Beyond{side}", ScoreWords.Value(b.Beyond, ScoreKind.Share)];
    }

    /// <summary>How many lie beyond the picture, and how far.</summary>
    public string Beyond(CurveRange shown, long n, Indicator measure) => text[$"Chart.{(measure.IsHigherBetter ? "Below" : "Beyond")}",
        ScoreWords.Count(shown.Beyond), ScoreWords.Value((double)shown.Beyond / n, ScoreKind.Share), IndicatorWords.Value(measure.IsHigherBetter ? shown.Low : shown.High, measure), IndicatorWords.Value(shown.Worst, measure)];

    public string Refused(CurveRefusal refusal, Curve curve, Indicator measure, Indicator outcome) =>
        text[$"Refused.{refusal}", Name(measure), Name(outcome), ScoreWords.Count(curve.N), refusal == CurveRefusal.TooFew ? CurveFitter.LeastAnswers : CurveFitter.LeastValues];

    /// <summary>Why a break is told, or none.</summary>
    public string Evidence(Curve curve) => text[$"Evidence.{(curve.Kind == CurveKind.Segmented ? "Break" : "None")}",
        Number(curve.Evidence.OverLine, "0"), Number(curve.Evidence.OverLevel, "0"),
        curve.Evidence.Chance < .001 ? text["Evidence.Tiny"].Value : text["Evidence.Chance", Number(curve.Evidence.Chance, "0.000")].Value, CurveFitter.ClearBy];

    /// <summary>"−0.31 a minute": by steps that people think in.</summary>
    public string Slope(double slope, Indicator measure, Indicator outcome)
    {
        var (step, per) = Step(measure);
        return text[$"Slope.{per}", IndicatorWords.Difference(slope * step, outcome)];
    }

    public string Range(double low, double high, Indicator indicator) => $"{IndicatorWords.Value(low, indicator)} – {IndicatorWords.Value(high, indicator)}";

    /// <summary>The interval of a difference: "+0.05 … +0.11".</summary>
    public string Between(Estimate estimate, Indicator outcome) => $"{IndicatorWords.Difference(estimate.Low, outcome)} … {IndicatorWords.Difference(estimate.High, outcome)}";

    /// <summary>A value with its interval: "4.21 ±0.06".</summary>
    public string Score(Score score, Indicator outcome) => score is { Value: { } value, Low: { } low, High: { } high }
        ? $"{IndicatorWords.Value(value, outcome)} {IndicatorWords.Interval(low, high, outcome)}" : "—";

    /// <summary>A value as short as an axis has room for.</summary>
    public string Tick(double value, Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Share => Number(value, "0.# %"),
        IndicatorUnit.Scale => Number(value, "0.##"),
        IndicatorUnit.Nps => Number(value, "0"),
        _ => IndicatorWords.Value(value, indicator),
    };

    /// <summary>A difference of shares, in points with its sign.</summary>
    public static string Points(double share) => Number(share * 100, "+0.0;−0.0;0.0");

    /// <summary>Durations are thought of by the minute or the day, shares by ten points.</summary>
    private static (double Step, string Per) Step(Indicator measure) => measure.Unit switch
    {
        IndicatorUnit.Seconds => (60, "Minute"),
        IndicatorUnit.Share => (.1, "TenPoints"),
        _ => (1, "One"),
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.CurrentCulture).Replace('-', '−');
}
