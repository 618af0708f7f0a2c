using System.Globalization;

namespace CxDesk.Data.Calendars;

/// <summary>Hours of a day as people write them: "09:00-12:00 13:00-18:00".</summary>
public static class HoursText
{
    /// <returns>Null where the text is no hours; empty for none.</returns>
    public static IReadOnlyList<BusinessHours>? Read(string text)
    {
        var hours = new List<BusinessHours>();
        foreach (var part in text.Split([' ', ';', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('-', '–') is not [var from, var to] || Time(from) is not { } opens || Time(to) is not { } closes) return null;
            hours.Add(new BusinessHours(opens, closes));
        }
        return hours;
    }

    public static string Write(IEnumerable<BusinessHours> hours) =>
        string.Join(' ', hours.Select(h => $"{Write(h.From)}-{Write(h.To)}"));

    public static string Write(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"9:00", "0900" or "9"; 24:00 is the midnight that ends a day.</summary>
    /// <returns>Null where the text is no time of the day.</returns>
    public static TimeOnly? Time(string text) =>
        text.Trim() is "24:00" or "2400" or "24" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text.Trim().Replace('：', ':'), ["HH:mm", "H:mm", "HHmm", "%H"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
