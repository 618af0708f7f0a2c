using System.Globalization;
using System.Text.RegularExpressions;
using CxDesk.Data;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using Microsoft.AspNetCore.WebUtilities;

namespace CxDesk.Web.Scorecards;

/// <summary>What a scorecard shows below its total.</summary>
public enum ScorecardView { Region, Team, Agent, Product, Channel, Segment, Answer }

/// <summary>The state of the page, which is its address: a link shows a colleague the same, as far as they may see it.</summary>
public sealed partial record ScorecardLink
{
    public const string Path = "/scorecards";

    /// <summary>The periods to choose from, in days that end with today.</summary>
    public static readonly IReadOnlyList<int> Periods = [7, ScorecardPeriod.DefaultDays, 90];

    /// <summary>Code of the unit looked into; null where the viewer begins.</summary>
    public string? Parent { get; init; }

    /// <summary>Null: the next level down.</summary>
    public ScorecardView? By { get; init; }

    /// <summary>Code of the indicator; whether there is such a one is for the reader to find out.</summary>
    public string Measure { get; init; } = Indicator.Csat.Code;

    /// <summary>A week, month, quarter or year by its name; null where days are meant.</summary>
    public string? Named { get; init; }

    /// <summary>So many days ending with today; null where the period or its days are named.</summary>
    public int? Days { get; init; } = ScorecardPeriod.DefaultDays;
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>Codes of what it is narrowed to beside the place.</summary>
    public string? Agent { get; init; }
    public string? Product { get; init; }
    public string? Channel { get; init; }
    public string? Segment { get; init; }

    /// <summary>What the period is held against, as <see cref="ScorecardBefore.Of"/> reads it; null for the period before.</summary>
    public string? Against { get; init; }

    public ScorecardSort Sort { get; init; }
    public ScorecardCompare Compare { get; init; }

    /// <summary>The change is taken apart.</summary>
    public bool Why { get; init; }

    /// <summary>What cannot be read falls back to the default, as a link from an older version may say what is gone.</summary>
    public static ScorecardLink Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Said(string name) => query.TryGetValue(name, out var value) && value[0] is { Length: > 0 } text ? text : null;
        var (from, to) = (Said("from"), Said("to"));
        var named = Said("period") is { } period && ScorecardPeriod.Named(period, 1) is not null ? period : null;
        return new ScorecardLink
        {
            Parent = Said("parent"),
            By = Said("by") is { } by ? ScorecardsApi.Pick(by, ScorecardView.Region) : null,
            Measure = Said("metric") is { } metric && Code().IsMatch(metric) ? metric : Indicator.Csat.Code,
            Named = named,
            Days = named is not null || from is not null || to is not null ? null
                : int.TryParse(Said("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Periods.Contains(days) ? days : ScorecardPeriod.DefaultDays,
            From = named is null ? from : null, To = named is null ? to : null,
            Agent = Said("agent"), Product = Said("product"), Channel = Said("channel"), Segment = Said("segment"),
            Against = Said("against") is { } against and not ScorecardBefore.Previous ? against : null,
            Sort = ScorecardsApi.Pick(Said("sort"), ScorecardSort.Attention) ?? ScorecardSort.Attention,
            Compare = ScorecardsApi.Pick(Said("compare"), ScorecardCompare.None) ?? ScorecardCompare.None,
            Why = Said("why") == "1",
        };
    }

    public ScorecardPeriod Period(Company company, DateOnly today) =>
        Days is { } days ? ScorecardPeriod.Ending(today, days) : ScorecardPeriod.Parse(Named, From, To, today, company.FiscalStart, out _);

    /// <summary>What it asks the database for, of a place and by what its rows are.</summary>
    /// <param name="before">What the period is held against.</param>
    public ScorecardFilter Filter(RollupBy by, Indicator indicator, ScorecardPeriod period, ScorecardPeriod before) => new(by, indicator, period.From, period.To)
    {
        BeforeFrom = before.From, BeforeTo = before.To, Parent = Parent, Agent = Agent, Product = Product, Channel = Channel, Segment = Segment, Sort = Sort, Compare = Compare,
    };

    /// <summary>The level that a place, or an agent, is broken down by unless the address says otherwise.</summary>
    public ScorecardView View(UnitKind place) => By ?? (Agent is not null ? ScorecardView.Answer : place switch
    {
        UnitKind.Company => ScorecardView.Region,
        UnitKind.Region => ScorecardView.Team,
        UnitKind.Team => ScorecardView.Agent,
    });

    /// <summary>The same of another place.</summary>
    public ScorecardLink Into(string parent) => this with { Parent = parent, By = null, Agent = null };

    /// <summary>The same place broken down in another way.</summary>
    public ScorecardLink Down(ScorecardView view) => this with { By = view };

    /// <summary>The same place, of one agent, product, channel or segment alone.</summary>
    public ScorecardLink Of(ScorecardView view, string? code) => view switch
    {
        ScorecardView.Agent => this with { Agent = code, By = null },
        ScorecardView.Product => this with { Product = code, By = null },
        ScorecardView.Channel => this with { Channel = code, By = null },
        ScorecardView.Segment => this with { Segment = code, By = null },
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "A place is gone into."),
    };

    public ScorecardLink Last(int days) => this with { Days = days, Named = null, From = null, To = null, Against = AgainstAny };

    public ScorecardLink Between(DateOnly from, DateOnly to) => this with { Days = null, Named = null, From = Day(from), To = Day(to), Against = AgainstAny };

    public ScorecardLink During(ScorecardPeriod period) => period.Code is { } code
        ? this with { Days = null, Named = code, From = null, To = null, Against = AgainstAny }
        : Between(period.From, period.To);

    // Days that were chosen for one period are not those for another.
    private string? AgainstAny => Against == ScorecardBefore.LastYear ? Against : null;

    public override string ToString() => QueryHelpers.AddQueryString(Path, Query());

    /// <summary>The same figures as a file; the days are named, so that the file says what it holds.</summary>
    /// <param name="what">The rows; or <c>why</c>, what the change is made of; <c>lines</c>, the numbers of the lines; <c>answers</c>, the answers behind it.</param>
    public string Export(UnitRow place, ScorecardPeriod period, string what = "export") =>
        QueryHelpers.AddQueryString($"{Path}/{what}.csv", (During(period) with { Parent = place.Code, By = View(place.Kind), Against = Against }).Query());

    private Dictionary<string, string?> Query()
    {
        var query = new Dictionary<string, string?>();
        void Say(string name, string? value)
        {
            if (value is not null) query[name] = value;
        }
        Say("parent", Parent);
        Say("by", By is { } by ? Word(by) : null);
        Say("agent", Agent);
        Say("product", Product);
        Say("channel", Channel);
        Say("segment", Segment);
        if (Measure != Indicator.Csat.Code) Say("metric", Measure);
        Say("period", Named);
        if (Days is { } days && days != ScorecardPeriod.DefaultDays) Say("days", days.ToString(CultureInfo.InvariantCulture));
        Say("from", From);
        Say("to", To);
        Say("against", Against);
        if (Sort != ScorecardSort.Attention) Say("sort", Word(Sort));
        if (Compare != ScorecardCompare.None) Say("compare", Word(Compare));
        if (Why) Say("why", "1");
        return query;
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex("^(csat|csat-top2|nps|ces|retention|(attribute|measure):.+)$")]
    private static partial Regex Code();
}
