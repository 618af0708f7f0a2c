using System.Globalization;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Web.Scorecards;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.Positions;

/// <summary>What stands on the map.</summary>
public enum PositionBy { Product, Region, Team, Segment }

/// <summary>What the bubbles' area is.</summary>
public enum PositionSize { N, Value }

/// <summary>The state of the page, which is its address.</summary>
public sealed record PositionLink
{
    public const string Path = "/positions";
    public const int DefaultDays = 90;

    /// <summary>The periods to choose from, in days that end with today.</summary>
    public static readonly IReadOnlyList<int> Periods = [30, DefaultDays, 365];

    public PositionBy By { get; init; }

    /// <summary>Codes of the indicators.</summary>
    public string X { get; init; } = Indicator.Csat.Code;
    public string Y { get; init; } = Indicator.Nps.Code;
    public PositionSize Size { get; init; }

    /// <summary>So many days ending with today; null where the days are named.</summary>
    public int? Days { get; init; } = DefaultDays;
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>Code of the unit looked into; null for the company.</summary>
    public string? Parent { get; init; }

    /// <summary>Code of the one that is followed over time.</summary>
    public string? Pick { get; init; }

    /// <summary>What cannot be read falls back to the default.</summary>
    public static PositionLink Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Said(string name) => query.TryGetValue(name, out var value) && value[0] is { Length: > 0 } text ? text : null;
        var (from, to) = (Said("from"), Said("to"));
        return new PositionLink
        {
            By = ScorecardsApi.Pick(Said("by"), PositionBy.Product) ?? PositionBy.Product,
            X = Said("x") ?? Indicator.Csat.Code, Y = Said("y") ?? Indicator.Nps.Code,
            Size = ScorecardsApi.Pick(Said("size"), PositionSize.N) ?? PositionSize.N,
            Days = from is not null || to is not null ? null
                : int.TryParse(Said("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Periods.Contains(days) ? days : DefaultDays,
            From = from, To = to, Parent = Said("parent"), Pick = Said("pick"),
        };
    }

    public ScorecardPeriod Period(DateOnly today) =>
        Days is { } days ? ScorecardPeriod.Ending(today, days) : ScorecardPeriod.Parse(From, To, today, out _);

    public static RollupBy RollupBy(PositionBy by) => by switch
    {
        PositionBy.Product => Data.Rollups.RollupBy.Product,
        PositionBy.Region => Data.Rollups.RollupBy.Region,
        PositionBy.Team => Data.Rollups.RollupBy.Team,
        PositionBy.Segment => Data.Rollups.RollupBy.Segment,
    };

    /// <param name="book">An indicator that is not in it falls back to the default.</param>
    public PositionFilter Filter(IndicatorBook book, DateOnly today)
    {
        var period = Period(today);
        return new PositionFilter(RollupBy(By), book.Find(X) ?? Indicator.Csat, book.Find(Y) ?? Indicator.Nps, period.From, period.To) { Parent = Parent, Picked = Pick };
    }

    public PositionLink Between(DateOnly from, DateOnly to) => this with { Days = null, From = Day(from), To = Day(to) };

    /// <summary>Another kind of things, of which none is picked.</summary>
    public PositionLink Of(PositionBy by) => this with { By = by, Pick = null };

    /// <summary>The same figures as a file; the days are named, so that the file says what it holds.</summary>
    public string Export(DateOnly today) => Period(today) is var period ? QueryHelpers.AddQueryString(Path + "/export.csv", Between(period.From, period.To).Query()) : "";

    public override string ToString() => QueryHelpers.AddQueryString(Path, Query());

    private Dictionary<string, string?> Query()
    {
        var query = new Dictionary<string, string?>
        {
            ["by"] = By == PositionBy.Product ? null : By.ToString().ToLowerInvariant(),
            ["x"] = X == Indicator.Csat.Code ? null : X, ["y"] = Y == Indicator.Nps.Code ? null : Y,
            ["size"] = Size == PositionSize.N ? null : Size.ToString().ToLowerInvariant(),
            ["days"] = Days is { } days and not DefaultDays ? days.ToString(CultureInfo.InvariantCulture) : null,
            ["from"] = From, ["to"] = To, ["parent"] = Parent, ["pick"] = Pick,
        };
        return query.Where(q => q.Value is not null).ToDictionary();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
