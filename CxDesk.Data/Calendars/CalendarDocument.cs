using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxDesk.Data.Calendars;

/// <summary>One version of a region's calendar in full, as it is stored: zone, hours and days with all inheritance resolved.</summary>
public sealed record CalendarDocument
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An IANA zone id.</summary>
    public required string Zone { get; init; }

    public required IReadOnlyList<WeekdayHours> Hours { get; init; }
    public required IReadOnlyList<CalendarDay> Days { get; init; }

    /// <summary>Monday to Friday 9–18 without holidays: what holds until somebody says otherwise.</summary>
    public static IReadOnlyList<WeekdayHours> StandardHours { get; } =
        [.. Enumerable.Range((int)DayOfWeek.Monday, 5).Select(day => new WeekdayHours((DayOfWeek)day, BusinessHours.Between(9, 18)))];

    /// <param name="id">The row that holds it; null where nothing is stored.</param>
    /// <exception cref="ArgumentException">The zone is not known, the week is empty, or a date stands twice.</exception>
    public BusinessCalendar ToCalendar(int? id, int version) =>
        new(BusinessCalendar.ZoneOf(Zone), Hours, Days.Select(day => day.In(Hours))) { Id = id, Version = version, Days = Days.ToDictionary(day => day.Date) };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static CalendarDocument FromJson(string json) =>
        JsonSerializer.Deserialize<CalendarDocument>(json, Json) ?? throw new JsonException("The calendar is empty.");

    public bool Equals(CalendarDocument? other) =>
        other is not null && Zone == other.Zone && Hours.SequenceEqual(other.Hours) && Days.SequenceEqual(other.Days);

    public override int GetHashCode() => HashCode.Combine(Zone, Hours.Count, Days.Count);
}
