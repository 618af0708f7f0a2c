using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Positions;

/// <summary>Products, regions, teams or segments by two indicators, and the way that one of them went.</summary>
public partial class Positions
{
    private PositionLink _link = new();
    private PositionMap? _map;
    private IndicatorBook? _book;
    private IReadOnlyList<UnitRow> _units = [];
    private bool _isNowhere;

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required PositionQuery Query { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required PositionWords Words { get; set; }
    [Inject] public required IStringLocalizer<PositionsText> Text { get; set; }

    /// <summary>The whole state is in the query; to be called at each change of it, a page has to ask for one part.</summary>
    [SupplyParameterFromQuery(Name = "by")] public string? ByCode { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);

    private string FilterWords
    {
        get
        {
            var period = _link.Period(Today);
            return string.Join(" · ", Text[$"By.{_link.By}"], _map?.Place.Name ?? _link.Parent ?? "", Text["Facts.Days", Words.Day(period.From), Words.Day(period.To.AddDays(-1))]);
        }
    }

    protected override Task OnParametersSetAsync()
    {
        _link = PositionLink.Parse(Navigation.Uri);
        return Load();
    }

    protected override ChangeTopic[] Topics => [ChangeTopic.Answers, ChangeTopic.Units];
    protected override TimeSpan? Pause => TimeSpan.FromSeconds(10);

    protected override async Task Read(Viewer? viewer)
    {
        if (viewer is not null) await Db.Read(async s => { await Read(s, viewer); return true; });
        else (_map, _isNowhere) = (null, true);
    }

    private async Task Read(Session s, Viewer viewer)
    {
        _book = await IndicatorQuery.Read(s);
        var units = await UnitTree.Read(s);
        _units = [.. units.Units.Where(u => u is { IsActive: true, IsNoTeam: false, Kind: not UnitKind.Company } && ScorecardQuery.MayEnter(viewer, u, units))];
        _map = await Query.Read(s, viewer, _link.Filter(_book, Today));
        _isNowhere = _map is null;
    }
}
