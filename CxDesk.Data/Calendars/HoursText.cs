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
        string.Join(' ', hours.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.From:HH:mm}-{h.To:HH:mm}")));

    private static TimeOnly? Time(string text) =>
        text == "24:00" ? TimeOnly.MinValue
        : TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
