using System.Globalization;
using CxDesk.Data.Rollups;

namespace CxDesk.Web.Shell;

/// <summary>Scores as text, in the culture of the moment. A minus is a true minus sign, so that columns stay even.</summary>
public static class ScoreWords
{
    /// <summary>How the scores of a metric are written.</summary>
    public static ScoreKind KindOf(Metric metric) => metric == Metric.Nps ? ScoreKind.Nps : ScoreKind.Mean;

    public static string Value(double value, ScoreKind kind) => kind switch
    {
        ScoreKind.Mean => Format(value, "0.00"),
        ScoreKind.Nps => Signed(value, "0"),
        ScoreKind.Share => Format(value, "0.0 %"),
    };

    /// <summary>± half the width for a mean, low – high for the others. The interval need not lie even around the value.</summary>
    public static string Interval(double low, double high, ScoreKind kind) => kind switch
    {
        ScoreKind.Mean => "±" + Format((high - low) / 2, "0.00"),
        ScoreKind.Nps => $"{Format(low, "0")} – {Format(high, "0")}",
        ScoreKind.Share => $"{Format(low * 100, "0.0")} – {Format(high * 100, "0.0")}",
    };

    /// <summary>A gap or change, always with its sign: +0.11, −4; shares in points.</summary>
    public static string Difference(double value, ScoreKind kind) => kind switch
    {
        ScoreKind.Mean => Signed(value, "0.00"),
        ScoreKind.Nps => Signed(value, "0"),
        ScoreKind.Share => Signed(value * 100, "0.0"),
    };

    /// <summary>"3:42", "1:02:00", "42.5 %", "1,204".</summary>
    public static string Amount(double value, MeasureUnit unit) => unit switch
    {
        MeasureUnit.Seconds => TimeSpan.FromSeconds(Math.Round(value)) is var span && span < TimeSpan.FromHours(1)
            ? span.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span:mm\\:ss}"),
        MeasureUnit.Share => Value(value, ScoreKind.Share),
        MeasureUnit.Number => value.ToString(Math.Abs(value) < 100 ? "0.##" : "N0", CultureInfo.CurrentCulture),
    };

    public static string Count(long n) => n.ToString("N0", CultureInfo.CurrentCulture);

    internal static string Signed(double value, string format)
    {
        var text = Format(value, format);
        // What rounds to zero has no sign: +0 and −0 would claim a direction.
        return text.All(c => c is not (>= '1' and <= '9')) ? text.TrimStart('−') : value > 0 ? "+" + text : text;
    }

    private static string Format(double value, string format) =>
        value.ToString(format, CultureInfo.CurrentCulture).Replace('-', '−');
}
