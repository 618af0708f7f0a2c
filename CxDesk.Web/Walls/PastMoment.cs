using CxDesk.Data;
using CxDesk.Data.Cases;
using NodaTime;
using NodaTime.Text;

namespace CxDesk.Web.Walls;

/// <summary>Why a moment cannot be looked back on.</summary>
public enum PastFault { None, Unreadable, TooOld, Ahead }

/// <summary>
/// The moment of a past wall, as an address says it: <c>2026-11-21T10:40</c> on the company's clock, so that it means the same to
/// whoever gets the link; or with an offset or Z.
/// </summary>
public readonly record struct PastMoment(DateTimeOffset At, PastFault Fault)
{
    private static readonly LocalDateTimePattern[] Patterns =
        [.. ((string[])["uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm"]).Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    /// <summary>The first minute that can be looked back on.</summary>
    public static DateTimeOffset Oldest(DateTimeOffset now) => Minute(now) - CaseHistory.Kept;

    /// <summary>The minute in which an instant lies.</summary>
    public static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    /// <param name="text">Null: the present minute.</param>
    public static PastMoment Of(string? text, Company company, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text)) return new(Minute(now), PastFault.None);
        if (Parsed(text.Trim(), company) is not { } at) return new(Minute(now), PastFault.Unreadable);
        return new(at, at > now ? PastFault.Ahead : at < Oldest(now) ? PastFault.TooOld : PastFault.None);
    }

    /// <summary>As the address says it.</summary>
    public static string Text(DateTimeOffset at, Company company) =>
        Patterns[0].Format(Instant.FromDateTimeOffset(at).InZone(company.Zone).LocalDateTime);

    private static DateTimeOffset? Parsed(string text, Company company)
    {
        foreach (var pattern in Patterns)
            if (pattern.Parse(text) is { Success: true, Value: var local } && local.Year is > 1 and < 9999)
                return local.InZoneLeniently(company.Zone).ToDateTimeOffset().ToUniversalTime();
        return OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var exact } && exact.Year is > 1 and < 9999
            ? exact.ToDateTimeOffset().ToUniversalTime() : null;
    }
}
