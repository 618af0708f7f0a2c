using System.Globalization;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.Scorecards;

/// <summary>What a scorecard shows below its total.</summary>
public enum ScorecardView { Region, Team, Agent, Product, Channel, Segment, Answer }

/// <summary>The state of the page, which is its address: a link shows a colleague the same, as far as they may see it.</summary>
public sealed record ScorecardLink
{
    public const string Path = "/scorecards";

    /// <summary>The periods to choose from, in days that end with today.</summary>
    public static readonly IReadOnlyList<int> Periods = [7, ScorecardPeriod.DefaultDays, 90];

    /// <summary>Code of the unit looked into; null where the viewer begins.</summary>
    public string? Parent { get; init; }

    /// <summary>Null: the next level down.</summary>
    public ScorecardView? By { get; init; }
    public Metric Metric { get; init; } = Metric.Csat;

    /// <summary>So many days ending with today; null where the days are named.</summary>
    public int? Days { get; init; } = ScorecardPeriod.DefaultDays;
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>Which axis and code the answers are about (By is Answer); null for all of the place.</summary>
    public RollupAxis? About { get; init; }
    public string? AboutCode { get; init; }

    /// <summary>What cannot be read falls back to the default, as a link from an older version may say what is gone.</summary>
    public static ScorecardLink Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Said(string name) => query.TryGetValue(name, out var value) && value[0] is { Length: > 0 } text ? text : null;
        var (from, to) = (Said("from"), Said("to"));
        var about = ((RollupAxis, string Name)[])[(RollupAxis.Agent, "agent"), (RollupAxis.Product, "product"), (RollupAxis.Channel, "channel"), (RollupAxis.Segment, "segment")];
        var (axis, name) = about.FirstOrDefault(a => Said(a.Name) is not null);
        return new ScorecardLink
        {
            Parent = Said("parent"),
            By = Said("by") is { } by ? ScorecardsApi.Pick(by, ScorecardView.Region) : null,
            Metric = ScorecardsApi.Pick(Said("metric"), Metric.Csat) ?? Metric.Csat,
            Days = from is not null || to is not null ? null
                : int.TryParse(Said("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Periods.Contains(days) ? days : ScorecardPeriod.DefaultDays,
            From = from, To = to,
            About = name is null ? null : axis, AboutCode = name is null ? null : Said(name),
        };
    }

    public ScorecardPeriod Period(DateOnly today) =>
        Days is { } days ? ScorecardPeriod.Ending(today, days) : ScorecardPeriod.Parse(From, To, today, out _);

    /// <summary>The level that a place is broken down by unless the address says otherwise.</summary>
    public ScorecardView View(UnitKind place) => By ?? place switch
    {
        UnitKind.Company => ScorecardView.Region,
        UnitKind.Region => ScorecardView.Team,
        UnitKind.Team => ScorecardView.Agent,
    };

    /// <summary>The same days and metric in another place.</summary>
    public ScorecardLink Into(string parent) => this with { Parent = parent, By = null, About = null, AboutCode = null };

    /// <summary>The same place broken down in another way.</summary>
    public ScorecardLink Down(ScorecardView view) => this with { By = view, About = null, AboutCode = null };

    /// <summary>The single answers of one agent, product, channel or segment in the same place.</summary>
    public ScorecardLink Answers(RollupAxis axis, string code) => this with { By = ScorecardView.Answer, About = axis, AboutCode = code };

    public ScorecardLink Last(int days) => this with { Days = days, From = null, To = null };

    public ScorecardLink Between(DateOnly from, DateOnly to) => this with { Days = null, From = Day(from), To = Day(to) };

    public override string ToString() => QueryHelpers.AddQueryString(Path, Query());

    /// <summary>The same figures as a file; the days are named, so that the file says what it holds.</summary>
    public string Export(UnitRow place, DateOnly today)
    {
        var period = Period(today);
        return QueryHelpers.AddQueryString(Path + "/export.csv",
            (Between(period.From, period.To) with { Parent = place.Code, By = View(place.Kind) }).Query());
    }

    private Dictionary<string, string?> Query()
    {
        var query = new Dictionary<string, string?>();
        void Say(string name, string? value)
        {
            if (value is not null) query[name] = value;
        }
        Say("parent", Parent);
        Say("by", By is { } by ? Code(by) : null);
        if (About is { } about) Say(Code(about), AboutCode);
        if (Metric != Metric.Csat) Say("metric", Code(Metric));
        if (Days is { } days && days != ScorecardPeriod.DefaultDays) Say("days", days.ToString(CultureInfo.InvariantCulture));
        Say("from", From);
        Say("to", To);
        return query;
    }

    private static string Code<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
