using System.Globalization;
using CxDesk.Data.Drivers;
using CxDesk.Web.Scorecards;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.Drivers;

/// <summary>The state of the page, which is its address.</summary>
public sealed record DriverLink
{
    public const string Path = "/drivers";
    public const int DefaultDays = 90;

    /// <summary>The periods to choose from, in days that end with today.</summary>
    public static readonly IReadOnlyList<int> Periods = [30, DefaultDays, 365];

    public DriverOutcome Outcome { get; init; }

    /// <summary>So many days ending with today; null where the days are named.</summary>
    public int? Days { get; init; } = DefaultDays;
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Unit { get; init; }
    public string? Product { get; init; }
    public string? Channel { get; init; }
    public string? Segment { get; init; }

    /// <summary>Codes of the attributes to weigh, with commas; null for those that are rated often enough.</summary>
    public string? Attributes { get; init; }

    /// <summary>The codes in <see cref="Attributes"/> that there are, in the order of <paramref name="known"/>.</summary>
    public IReadOnlyList<string> Chosen(IReadOnlyList<DriverAttribute> known) =>
        Attributes?.Split(',', StringSplitOptions.TrimEntries) is { } codes ? [.. known.Select(a => a.Code).Where(codes.Contains)] : [];

    /// <summary>With one attribute more, or less, than <paramref name="taken"/>; without the last one, those of the rule.</summary>
    public DriverLink Toggled(string code, IReadOnlyList<string> taken, IReadOnlyList<DriverAttribute> known)
    {
        // In one order, so that the same choice is the same calculation.
        var left = known.Select(a => a.Code).Where(c => taken.Contains(c) != (c == code));
        return this with { Attributes = string.Join(',', left) is { Length: > 0 } codes ? codes : null };
    }

    public bool IsNarrowed => (Unit ?? Product ?? Channel ?? Segment ?? Attributes) is not null;

    /// <summary>The same outcome and days, of everything.</summary>
    public DriverLink Wide => this with { Unit = null, Product = null, Channel = null, Segment = null, Attributes = null };

    /// <summary>What cannot be read falls back to the default.</summary>
    public static DriverLink Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Said(string name) => query.TryGetValue(name, out var value) && value[0] is { Length: > 0 } text ? text : null;
        var (from, to) = (Said("from"), Said("to"));
        return new DriverLink
        {
            Outcome = ScorecardsApi.Pick(Said("outcome"), DriverOutcome.Csat) ?? DriverOutcome.Csat,
            Days = from is not null || to is not null ? null
                : int.TryParse(Said("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Periods.Contains(days) ? days : DefaultDays,
            From = from, To = to, Unit = Said("unit"), Product = Said("product"), Channel = Said("channel"), Segment = Said("segment"), Attributes = Said("attributes"),
        };
    }

    public ScorecardPeriod Period(DateOnly today) =>
        Days is { } days ? ScorecardPeriod.Ending(today, days) : ScorecardPeriod.Parse(From, To, today, out _);

    public DriverFilter Filter(DateOnly today)
    {
        var period = Period(today);
        return new DriverFilter(Outcome, period.From, period.To) { Unit = Unit, Product = Product, Channel = Channel, Segment = Segment, Attributes = Attributes };
    }

    public DriverLink Between(DateOnly from, DateOnly to) => this with { Days = null, From = Day(from), To = Day(to) };

    /// <summary>The same figures as a file; the days are named, so that the file says what it holds.</summary>
    public string Export(DateOnly today) => Period(today) is var period ? QueryHelpers.AddQueryString(Path + "/export.csv", Between(period.From, period.To).Query()) : "";

    public override string ToString() => QueryHelpers.AddQueryString(Path, Query());

    private Dictionary<string, string?> Query()
    {
        var query = new Dictionary<string, string?>
        {
            ["outcome"] = Outcome == DriverOutcome.Csat ? null : Outcome.ToString().ToLowerInvariant(),
            ["days"] = Days is { } days and not DefaultDays ? days.ToString(CultureInfo.InvariantCulture) : null,
            ["from"] = From, ["to"] = To, ["unit"] = Unit, ["product"] = Product, ["channel"] = Channel, ["segment"] = Segment, ["attributes"] = Attributes,
        };
        return query.Where(q => q.Value is not null).ToDictionary();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
