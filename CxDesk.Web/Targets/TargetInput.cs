using System.Globalization;
using CxDesk.Data.Rollups;

namespace CxDesk.Web.Targets;

/// <summary>A number as people type it for an indicator: a duration as 5:00 or in seconds, a share in per cent, all else as a number of their culture. Pure.</summary>
public static class TargetInput
{
    /// <returns>In the indicator's own unit; null where it is no number.</returns>
    public static double? Parse(string? text, Indicator indicator, CultureInfo culture)
    {
        var typed = (text ?? "").Trim().Replace('−', '-').TrimEnd('%').TrimEnd();
        if (indicator.Unit == IndicatorUnit.Seconds && typed.Contains(':')) return Duration(typed);
        if (!double.TryParse(typed, NumberStyles.Float, culture, out var number) && !double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return null;
        return !double.IsFinite(number) ? null : indicator.Unit == IndicatorUnit.Share ? number / 100 : number;
    }

    private static double? Duration(string typed)
    {
        var parts = typed.Split(':');
        if (parts.Length > 3) return null;
        var seconds = 0.0;
        foreach (var (index, part) in parts.Index())
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (index > 0 && number > 59)) return null;
            seconds = seconds * 60 + number;
        }
        return seconds;
    }
}
