using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>Times and lengths of time as people say them, in the language of the moment.</summary>
public sealed class TimeWords(IStringLocalizer<ShellText> text)
{
    /// <summary>A length of time in its two largest units: "40 s", "20 min", "1 h 20 min", "2 d 4 h". The sign is dropped.</summary>
    public string Span(TimeSpan span)
    {
        span = span.Duration();
        if (span < TimeSpan.FromMinutes(1)) return text["Time.Seconds", (int)span.TotalSeconds];
        if (span < TimeSpan.FromHours(1)) return text["Time.Minutes", (int)span.TotalMinutes];
        if (span < TimeSpan.FromDays(1))
            return span.Minutes == 0 ? text["Time.Hours", span.Hours] : text["Time.HoursMinutes", span.Hours, span.Minutes];
        return span.Hours == 0 ? text["Time.Days", span.Days] : text["Time.DaysHours", span.Days, span.Hours];
    }

    /// <summary>"in 20 min", "20 min ago", "now"; a date from a week away on.</summary>
    public string Relative(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var ahead = at - now;
        if (ahead.Duration() >= TimeSpan.FromDays(7)) return Clock(at, now, zone);
        if (ahead.Duration() < TimeSpan.FromSeconds(10)) return text["Time.Now"];
        return ahead > TimeSpan.Zero ? text["Time.In", Span(ahead)] : text["Time.Ago", Span(ahead)];
    }

    /// <summary>"12:41" today, "Tue 12:41" within six days, "14 Sep 12:41" in the same year, else with the year.</summary>
    public string Clock(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var today = TimeZoneInfo.ConvertTime(now, zone);
        var days = Math.Abs((local.Date - today.Date).Days);
        var format = days == 0 ? "Time.TodayFormat"
            : days <= 6 ? "Time.WeekFormat"
            : local.Year == today.Year ? "Time.YearFormat"
            : "Time.DateFormat";
        return local.ToString(text[format], CultureInfo.CurrentCulture);
    }

    /// <summary>The instant to the second, with the zone's name and its offset on that day.</summary>
    public string Exact(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return text["Time.Exact", local.ToString(text["Time.ExactFormat"], CultureInfo.CurrentCulture), zone.Id, local.ToString("zzz", CultureInfo.InvariantCulture)];
    }
}
