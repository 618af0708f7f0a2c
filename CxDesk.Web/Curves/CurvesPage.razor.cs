using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Curves;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Curves;

/// <summary>How satisfaction follows what was measured: the line, its break, what another limit would bring.</summary>
public partial class CurvesPage
{
    private CurveLink _link = new();
    private ScorecardPeriod _period;
    private CurveChoices? _choices;
    private CurveFilter? _filter;
    private CurveReading? _reading;

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required CurveWords Words { get; set; }
    [Inject] public required IStringLocalizer<CurvesText> Text { get; set; }

    /// <summary>The whole state is in the query; to be called at each change of it, a page has to ask for one part.</summary>
    [SupplyParameterFromQuery(Name = "measure")] public string? Measure { get; set; }

    private bool IsNarrowed => _link.Unit is not null || _link.Product is not null || _link.Channel is not null || _link.Days != 365;
    private string PlaceName => _filter is not { } filter ? "" : filter.Place.IsNoTeam ? Text["Filter.NoTeam"] : filter.Place.Name;

    protected override Task OnParametersSetAsync()
    {
        _link = CurveLink.Parse(Navigation.Uri);
        return Load();
    }

    // A curve of months is the same a minute later: it is read anew when somebody may see other rows than before.
    protected override TimeSpan Beat => Timeout.InfiniteTimeSpan;

    protected override async Task Read(Viewer? viewer)
    {
        var link = _link;
        var today = Company.DayOf(Clock.Now);
        var read = viewer is null ? default : await Db.Read(async s =>
        {
            var choices = await CurveChoicesQuery.Read(s, viewer);
            var filter = link.Filter(choices, Company, today, out var _);
            return (Choices: choices, Filter: filter, Reading: filter is null ? null : await CurveQuery.Read(s, viewer, filter, link.Limit));
        });
        // Whoever chose again meanwhile gets that, not this.
        if (link == _link) (_choices, _filter, _reading, _period) = (read.Choices, read.Filter, read.Reading, link.Period(today, out _));
    }

    private void Try(double? limit) => Navigation.NavigateTo((_link with { Limit = limit }).ToString());

    // What a page has to say of itself, on paper too.
    private IEnumerable<string?> Facts =>
    [
        Words.Titled(_filter!.Outcome), Words.Titled(_filter.Measure),
        PlaceName, Named(_choices!.Products, _link.Product), Named(_choices.Channels, _link.Channel),
        Text["Period.Named", Day(_period.From), Day(_period.To.AddDays(-1))],
    ];

    private string Basis(Curve curve) => string.Join(" · ", Facts
        .Append(Text["Page.N", ScoreWords.Count(curve.N)]).Append(ReadAt is { } at ? Text["Page.ReadAt", Times.Exact(at, Clock.Zone)].Value : null).Where(fact => fact is not null));

    private static string? Named(IReadOnlyList<CurveCode> codes, string? code) => codes.FirstOrDefault(c => c.Code == code)?.Name;

    private string Day(DateOnly day) => day.ToString(Text["Period.DayFormat"], CultureInfo.CurrentCulture);
}
