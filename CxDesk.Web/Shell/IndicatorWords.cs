using CxDesk.Data.Rollups;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>What indicators are called and how their values are written, in the language and culture of the moment.</summary>
public sealed class IndicatorWords(IStringLocalizer<ShellText> text)
{
    // What CxDesk brings is translated for as long as nobody gave it a name of their own.
    private static readonly IReadOnlyDictionary<string, (string Name, string Key)> Shipped = new Dictionary<string, (string, string)>
    {
        ["csat"] = ("csat", "Csat"), ["csat-top2"] = ("csat-top2", "CsatTopTwo"), ["nps"] = ("nps", "Nps"), ["ces"] = ("ces", "Ces"),
        ["attribute:repurchase"] = ("Repurchase", "Repurchase"), ["attribute:recommend"] = ("Recommend", "Recommend"), ["attribute:reference"] = ("Reference", "Reference"),
        ["measure:wait"] = ("Wait", "Wait"), ["measure:handleTime"] = ("Handle time", "HandleTime"), ["measure:delivery"] = ("Delivery", "Delivery"),
        ["measure:abandoned"] = ("Abandoned", "Abandoned"), ["measure:uptime"] = ("Uptime", "Uptime"), ["measure:resolved"] = ("Resolved", "Resolved"),
        ["retention"] = ("Retention", "Retention"),
    };

    /// <summary>"CSAT", "Wait", or as somebody named it.</summary>
    public string Name(Indicator indicator) => Name(indicator.Code, indicator.Name);

    /// <summary>The name of a measure by its own code, as boards and walls have it.</summary>
    public string Measure(string code, string name) => Name(code == IndicatorQuery.Retention ? code : $"measure:{code}", name);

    /// <summary>What its values are in: "1 to 5", "−100 to 100", "%", "min:s"; nothing for a mere number.</summary>
    public string Unit(Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Scale => text["Unit.Scale", indicator.Lowest, indicator.Highest],
        IndicatorUnit.Nps => text["Unit.Nps"],
        IndicatorUnit.Share => "%",
        IndicatorUnit.Seconds => text["Unit.Seconds"],
        IndicatorUnit.Number => "",
    };

    public static string Value(double value, Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Seconds => ScoreWords.Amount(value, MeasureUnit.Seconds),
        IndicatorUnit.Number => ScoreWords.Amount(value, MeasureUnit.Number),
        _ => ScoreWords.Value(value, Kind(indicator)),
    };

    /// <summary>± half the width for a mean on a scale, low – high for the others.</summary>
    public static string Interval(double low, double high, Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Seconds or IndicatorUnit.Number => $"{Value(low, indicator)} – {Value(high, indicator)}",
        _ => ScoreWords.Interval(low, high, Kind(indicator)),
    };

    /// <summary>A gap or change, always with its sign; shares in points.</summary>
    public static string Difference(double value, Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Seconds or IndicatorUnit.Number => value == 0 ? Value(0, indicator) : (value < 0 ? "−" : "+") + Value(Math.Abs(value), indicator),
        _ => ScoreWords.Difference(value, Kind(indicator)),
    };

    /// <summary>A part of a difference, one digit finer than the difference.</summary>
    public static string Part(double value, Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Scale => ScoreWords.Signed(value, "0.000"),
        IndicatorUnit.Nps => ScoreWords.Signed(value, "0.0"),
        IndicatorUnit.Share => ScoreWords.Signed(value * 100, "0.00"),
        IndicatorUnit.Seconds or IndicatorUnit.Number => ScoreWords.Signed(value, "0.0"),
    };

    private static ScoreKind Kind(Indicator indicator) => indicator.Unit switch
    {
        IndicatorUnit.Nps => ScoreKind.Nps,
        IndicatorUnit.Share => ScoreKind.Share,
        _ => ScoreKind.Mean,
    };

    private string Name(string code, string name) => Shipped.TryGetValue(code, out var shipped) && shipped.Name == name ? text[$"Indicator.{shipped.Key}"] : name;
}
