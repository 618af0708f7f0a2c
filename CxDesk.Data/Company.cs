using NodaTime;

namespace CxDesk.Data;

/// <summary>Section <c>Company</c> of the settings.</summary>
public sealed class CompanyOptions : ISettings
{
    /// <summary>IANA zone in which days are cut.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Month in which the fiscal year begins; quarters and years follow it.</summary>
    public int FiscalStart { get; set; } = 1;

    public IEnumerable<string> Faults()
    {
        if (FiscalStart is < 1 or > 12) yield return "Company:FiscalStart: a month, 1 to 12.";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is null) yield return $"Company:TimeZone: '{TimeZone}' is not an IANA time zone.";
    }
}

/// <summary>The company's own days.</summary>
public sealed class Company
{
    public Company(CompanyOptions options)
    {
        Zone = DateTimeZoneProviders.Tzdb[options.TimeZone];
        FiscalStart = options.FiscalStart;
    }

    public DateTimeZone Zone { get; }

    /// <summary>Month in which the fiscal year begins, 1 to 12.</summary>
    public int FiscalStart { get; }

    /// <summary>The day of the company's zone on which an instant falls.</summary>
    public DateOnly DayOf(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Zone).Date.ToDateOnly();

    /// <summary>The first instant of a day.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Zone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();
}
