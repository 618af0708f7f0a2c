using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>From the company down to the single answer: score, target, gap, and what became of them.</summary>
public partial class Scorecards
{
    private ScorecardLink _link = new();
    private ScorecardPeriod _period, _before;
    private string? _fault;
    private RollupSpan? _span;
    private Scorecard? _card;
    private IndicatorBook? _book;
    private AnswersFilter? _answers;
    private Viewer? _viewer;
    private bool _isNowhere;
    private int _version;

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required ScorecardQuery Query { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required ScorecardSentence Sentence { get; set; }
    [Inject] public required IndicatorWords Words { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    /// <summary>The whole state is in the query; to be called at each change of it, a page has to ask for one part.</summary>
    [SupplyParameterFromQuery(Name = "parent")] public string? Parent { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);
    private ScorecardView View => _link.View(_card!.Place.Kind);
    private bool MayCompare => View is ScorecardView.Team or ScorecardView.Agent;

    private string Title => ScorecardNames.Title(_card!, Text);

    /// <summary>What it is narrowed to beside the place and the agent, and the way back.</summary>
    private IEnumerable<(string Name, ScorecardLink Without)> Narrowed =>
    [
        .. _card!.Subjects.Product is { } product ? new[] { (product.Name, _link with { Product = null }) } : [],
        .. _card.Subjects.Channel is { } channel ? new[] { (channel.Name, _link with { Channel = null }) } : [],
        .. _card.Subjects.Segment is { } segment ? new[] { (segment.Name, _link with { Segment = null }) } : [],
    ];

    private IEnumerable<ScorecardView> Views =>
    [
        .. _card!.Subjects.Agent is not null ? [] : _card.Place.Kind switch
        {
            UnitKind.Company => new[] { ScorecardView.Region, ScorecardView.Team },
            UnitKind.Region => [ScorecardView.Team],
            UnitKind.Team => [],
        },
        .. _card.Subjects.Agent is null && SeesAgents(_card.Total) ? new[] { ScorecardView.Agent } : [],
        .. _card.Subjects.Product is null ? new[] { ScorecardView.Product } : [],
        .. _card.Subjects.Channel is null ? new[] { ScorecardView.Channel } : [],
        .. _card.Subjects.Segment is null ? new[] { ScorecardView.Segment } : [],
        .. _card.Total.MayOpen || _viewer?.Reach == Reach.Own ? new[] { ScorecardView.Answer } : [],
    ];

    // Beside the parts of a change there is room for fewer; app.css hides the others.
    private int MostOnPaper => View == ScorecardView.Answer ? AnswerList.MostOnPaper : _link.Why && _card!.Split is not null ? ScorecardWhy.MostOnPaper : Paper.MostRows;

    private IEnumerable<string> Notes =>
    [
        .. _fault is null ? [] : new[] { Text[$"Against.{_fault}"].Value }, .. ScorecardNames.Missing(_span, [_period, _before], Text),
        .. _card is { IsHeld: true, Filter.To: var to } ? new[] { Text["Held", ScorecardNames.Days(new ScorecardPeriod(to.AddDays(-1), to), Text)].Value } : [],
        .. IsOwnOnly ? new[] { Text["OwnOnly"].Value } : [],
    ];

    protected override Task OnParametersSetAsync()
    {
        _link = ScorecardLink.Parse(Navigation.Uri);
        return Load();
    }

    protected override ChangeTopic[] Topics => [ChangeTopic.Answers, ChangeTopic.Targets, ChangeTopic.Units];

    // Answers come all the time, while losing access has to clear a screen within 5 s.
    protected override TimeSpan? Pause => TimeSpan.FromSeconds(3);

    protected override async Task Read(Viewer? viewer)
    {
        _viewer = viewer;
        _period = _link.Period(Company, Today);
        _before = ScorecardBefore.Of(_link.Against, _period, Company.FiscalStart, out _fault);
        if (viewer is not null) await Db.Read(async s => { await Read(s, viewer); return true; });
        else (_card, _isNowhere) = (null, true);
        _version++;
    }

    private async Task Read(Session s, Viewer viewer)
    {
        var units = await UnitTree.Read(s);
        _book = await IndicatorQuery.Read(s);
        var place = _link.Parent is null ? ScorecardQuery.Home(viewer, units) : units.Find(_link.Parent);
        var card = place is null || _book.Find(_link.Measure) is not { } indicator || !MayStand(viewer, place) ? null
            : await Query.Read(s, viewer, (_link with { Parent = place.Code }).Filter(By(_link.View(place.Kind)), indicator, _period, _before));
        (_card, _isNowhere) = (card, card is null);
        _span = card is null ? null : await RollupSpanQuery.Read(s, viewer, card.Filter.Indicator);
        _answers = card?.Answers(Company);
    }

    // No table tells how channels and segments cross in with products.
    private bool IsOwnOnly => View is ScorecardView.Channel or ScorecardView.Segment && _card!.Rows.Any(r => r is { Withheld: true, IsTooFew: false });

    // To an agent the company would show no more than their team, under another name.
    private static bool MayStand(Viewer viewer, UnitRow place) => viewer.Reach != Reach.Own || place.Kind == UnitKind.Team;

    private string? LinkOf(ScorecardRow row) => row.KeyId == 0 ? null : View switch
    {
        ScorecardView.Region => _link.Into(row.Key).ToString(),
        // The agents of a team of others are nothing that the viewer would find there.
        ScorecardView.Team => (SeesAgents(row) ? _link.Into(row.Key) : _link.Into(row.Key).Down(_link.Product is null ? ScorecardView.Product : ScorecardView.Channel)).ToString(),
        ScorecardView.Agent => _link.Of(View, row.Key).ToString(),
        ScorecardView.Product or ScorecardView.Channel or ScorecardView.Segment when _card!.Place.Kind != UnitKind.Team || SeesAgents(_card.Total) => _link.Of(View, row.Key).ToString(),
        _ => null,
    };

    private bool SeesAgents(ScorecardRow row) => row.MayOpen || _viewer?.Reach == Reach.Own || (row == _card!.Total && _card.Place.Kind != UnitKind.Team);

    // The case board knows units and products.
    private string? CasesOf(ScorecardRow row) => _link is { Agent: null, Channel: null, Segment: null } ? View switch
    {
        ScorecardView.Region or ScorecardView.Team => Cases(row.Key, _link.Product),
        ScorecardView.Product => Cases(_card!.Place.Kind == UnitKind.Company ? null : _card.Place.Code, row.Key),
        _ => null,
    } : null;

    private static string Cases(string? unit, string? product) => QueryHelpers.AddQueryString("/cases", new Dictionary<string, string?>
    {
        ["unit"] = unit, ["product"] = product,
    }.Where(p => p.Value is not null));

    private static RollupBy By(ScorecardView view) => view switch
    {
        ScorecardView.Region => RollupBy.Region,
        ScorecardView.Team => RollupBy.Team,
        ScorecardView.Agent => RollupBy.Agent,
        ScorecardView.Product => RollupBy.Product,
        ScorecardView.Channel => RollupBy.Channel,
        ScorecardView.Segment => RollupBy.Segment,
        ScorecardView.Answer => RollupBy.Company,
    };
}
