using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Curves;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Web.Scorecards;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.Curves;

/// <summary>Which curve is looked at: the state of the page, which is its address, and of the API.</summary>
public sealed record CurveLink
{
    public const string Path = "/curves";
    public const int DefaultDays = 90, LongestDays = 366;
    public static readonly IReadOnlyList<int> Periods = [30, DefaultDays, 365];

    /// <summary>Code of the measure as intake sends it; null takes the wait, or the first there is.</summary>
    public string? Measure { get; init; }
    public string Outcome { get; init; } = Indicator.Csat.Code;

    /// <summary>Code of a region or team; null for all that the viewer may open.</summary>
    public string? Unit { get; init; }
    public string? Product { get; init; }
    public string? Channel { get; init; }

    /// <summary>So many days ending with today; null where the days are named.</summary>
    public int? Days { get; init; } = DefaultDays;
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>A limit to try, in the unit of the measure.</summary>
    public double? Limit { get; init; }

    public static CurveLink Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Said(string name) => query.TryGetValue(name, out var value) && value[0] is { Length: > 0 } text ? text.Trim() : null;
        var (from, to) = (Said("from"), Said("to"));
        return new CurveLink
        {
            Measure = Said("measure"), Outcome = Said("outcome") ?? Indicator.Csat.Code,
            Unit = Said("unit"), Product = Said("product"), Channel = Said("channel"),
            Days = from is not null || to is not null ? null
                : int.TryParse(Said("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Periods.Contains(days) ? days : DefaultDays,
            From = from, To = to,
            Limit = double.TryParse(Said("limit"), NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) && double.IsFinite(limit) ? limit : null,
        };
    }

    /// <param name="fault">Which parameter is wrong and why, <c>Api.{Reason}</c> in the resources.</param>
    public ScorecardPeriod Period(DateOnly today, out (string Field, string Reason)? fault)
    {
        fault = null;
        if (Days is { } days) return ScorecardPeriod.Ending(today, days);
        var period = ScorecardPeriod.Parse(From, To, today, out fault);
        if (fault is null && period.Days > LongestDays) fault = ("from", "TooLong");
        return fault is null ? period : ScorecardPeriod.Ending(today, DefaultDays);
    }

    /// <summary>What the codes stand for.</summary>
    /// <param name="fault">The parameter that names nothing that the viewer may look at; the filter is null then.</param>
    public CurveFilter? Filter(CurveChoices choices, Company company, DateOnly today, out (string Field, string Reason)? fault)
    {
        var period = Period(today, out fault);
        var measure = Find(choices.Measures, Measure);
        var outcome = CurveFilter.Outcomes.FirstOrDefault(o => o.Code == Outcome);
        var place = Unit is null || Unit == choices.Company.Code ? choices.Company : choices.Places.FirstOrDefault(p => p.Code == Unit);
        var product = choices.Products.FirstOrDefault(p => p.Code == Product);
        var channel = choices.Channels.FirstOrDefault(c => c.Code == Channel);
        fault ??= measure is null ? ("measure", "NoSuch")
            : outcome is null ? ("outcome", "NoOutcome")
            : place is null ? ("unit", "NoSuch")
            : Product is not null && product is null ? ("product", "NoSuch")
            : Channel is not null && channel is null ? ("channel", "NoSuch") : null;
        return fault is not null ? null
            : new CurveFilter(measure!, outcome!, place!, company.StartOf(period.From), company.StartOf(period.To)) { ProductId = product?.Id, ChannelId = channel?.Id };
    }

    /// <summary>The code of a measure without the "measure:" before it.</summary>
    public static string Code(Indicator measure) => measure.Code[(measure.Code.IndexOf(':') + 1)..];

    public CurveLink Last(int days) => this with { Days = days, From = null, To = null };

    public CurveLink Between(DateOnly from, DateOnly to) => this with { Days = null, From = Day(from), To = Day(to) };

    public override string ToString() => QueryHelpers.AddQueryString(Path, Query());

    /// <summary>The same figures as a file; the days are named, so that the file says what it holds.</summary>
    public string Export(ScorecardPeriod period) => QueryHelpers.AddQueryString(Path + "/export.csv", Between(period.From, period.To).Query());

    private Dictionary<string, string?> Query() => new (string Name, string? Value)[]
    {
        ("measure", Measure), ("outcome", Outcome == Indicator.Csat.Code ? null : Outcome), ("unit", Unit), ("product", Product), ("channel", Channel),
        ("days", Days is { } days && days != DefaultDays ? days.ToString(CultureInfo.InvariantCulture) : null), ("from", From), ("to", To),
        ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
    }.Where(q => q.Value is not null).ToDictionary(q => q.Name, q => q.Value);

    private static Indicator? Find(IReadOnlyList<Indicator> measures, string? code) =>
        code is null ? measures.FirstOrDefault(m => Code(m) == "wait") ?? measures.FirstOrDefault() : measures.FirstOrDefault(m => Code(m) == code || m.Code == code);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
