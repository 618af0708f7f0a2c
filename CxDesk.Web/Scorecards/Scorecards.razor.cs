using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>From the company down to the single answer: score, target, gap, and what became of them.</summary>
public partial class Scorecards : IAsyncDisposable
{
    // Answers come all the time, while losing access has to clear a screen within 5 s.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3), Beat = TimeSpan.FromSeconds(55);

    private ScorecardLink _link = new();
    private ScorecardPeriod _period;
    private Scorecard? _card;
    private ScorecardRow? _about;
    private AnswersFilter? _answers;
    private Viewer? _viewer;
    private bool _isNowhere, _isLoading;
    private int _version;
    private DateTimeOffset? _readAt, _failedAt;
    private ScreenRefresh? _refresh;

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ScorecardQuery Query { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required ScorecardSentence Sentence { get; set; }
    [Inject] public required ILogger<Scorecards> Log { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    /// <summary>The whole state is in the query; to be called at each change of it, a page has to ask for one part.</summary>
    [SupplyParameterFromQuery(Name = "parent")] public string? Parent { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);
    private ScorecardView View => _link.View(_card!.Place.Kind);

    /// <summary>What the head of the page is about: one agent, product or channel, or the whole place.</summary>
    private ScorecardRow Focus => _about ?? _card!.Total;
    private string? Subject => _about is { } row ? ScorecardNames.Of(row, Text) : null;
    private string Title => Subject is { } subject ? Text["Page.TitleIn", subject, ScorecardNames.Of(_card!.Place, Text)] : ScorecardNames.Of(_card!.Place, Text);

    private IEnumerable<ScorecardView> Views =>
    [
        .. _card!.Place.Kind switch
        {
            UnitKind.Company => new[] { ScorecardView.Region, ScorecardView.Team },
            UnitKind.Region => [ScorecardView.Team],
            UnitKind.Team => [],
        },
        .. SeesAgents(_card.Total) ? new[] { ScorecardView.Agent } : [],
        ScorecardView.Product, ScorecardView.Channel, ScorecardView.Segment,
        .. _card.Total.MayOpen || _viewer?.Reach == Reach.Own ? new[] { ScorecardView.Answer } : [],
    ];

    protected override Task OnParametersSetAsync()
    {
        _link = ScorecardLink.Parse(Navigation.Uri);
        return Load();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Answers, ChangeTopic.Targets, ChangeTopic.Units], Pause, Beat);
    }

    private async Task Load()
    {
        _isLoading = true;
        try
        {
            _viewer = await Current.Get();
            _period = _link.Period(Today);
            if (_viewer is { } viewer) await Db.Read(async s => { await Read(s, viewer); return true; });
            else (_card, _isNowhere) = (null, true);
            (_readAt, _failedAt) = (Clock.Now, null);
            _version++;
        }
        catch (Exception e)
        {
            Log.LogError(e, "The scorecard could not be read");
            _failedAt ??= Clock.Now;
        }
        finally
        {
            _isLoading = false;
        }
    }

    private async Task Read(Session s, Viewer viewer)
    {
        var units = await UnitTree.Read(s);
        var place = _link.Parent is null ? ScorecardQuery.Home(viewer, units) : units.Find(_link.Parent);
        var view = place is null ? ScorecardView.Region : _link.View(place.Kind);
        var by = view == ScorecardView.Answer ? By(_link.About) : By(view);
        var card = place is null || !MayStand(viewer, place) ? null
            : await Query.Read(s, viewer, new ScorecardFilter(by, _link.Metric, _period.From, _period.To) { Parent = place.Code });
        (_card, _isNowhere) = (card, card is null);
        _about = view == ScorecardView.Answer && _link.About is not null ? card?.Rows.FirstOrDefault(r => r.Key == _link.AboutCode) : null;
        if (card is null || view != ScorecardView.Answer) return;
        // An agent, product or channel that nobody answered about here leaves nothing to show.
        if (_link.About is not null && _about is null) (_card, _isNowhere) = (null, true);
        _answers = new AnswersFilter(place!, _link.Metric, Company.StartOf(_period.From), Company.StartOf(_period.To)) { About = _link.About, AboutId = _about?.KeyId ?? 0 };
    }

    // To an agent the company would show no more than their team, under another name.
    private static bool MayStand(Viewer viewer, UnitRow place) => viewer.Reach != Reach.Own || place.Kind == UnitKind.Team;

    private string? LinkOf(ScorecardRow row) => View switch
    {
        ScorecardView.Region => _link.Into(row.Key).ToString(),
        // The agents of a team of others are nothing that the viewer would find there.
        ScorecardView.Team => (SeesAgents(row) ? _link.Into(row.Key) : _link.Into(row.Key).Down(ScorecardView.Product)).ToString(),
        ScorecardView.Agent => Answers(RollupAxis.Agent, row),
        ScorecardView.Product => Answers(RollupAxis.Product, row),
        ScorecardView.Channel => Answers(RollupAxis.Channel, row),
        ScorecardView.Segment => Answers(RollupAxis.Segment, row),
        ScorecardView.Answer => null,
    };

    private bool SeesAgents(ScorecardRow row) => row.MayOpen || _viewer?.Reach == Reach.Own || (row == _card!.Total && _card.Place.Kind != UnitKind.Team);

    private string? Answers(RollupAxis axis, ScorecardRow row) =>
        row.MayOpen && row.N > 0 ? (_link with { Parent = _card!.Place.Code }).Answers(axis, row.Key).ToString() : null;

    private static RollupBy By(ScorecardView view) => view switch
    {
        ScorecardView.Region => RollupBy.Region,
        ScorecardView.Team => RollupBy.Team,
        ScorecardView.Agent => RollupBy.Agent,
        ScorecardView.Product or ScorecardView.Answer => RollupBy.Product,
        ScorecardView.Channel => RollupBy.Channel,
        ScorecardView.Segment => RollupBy.Segment,
    };

    private static RollupBy By(RollupAxis? about) => about switch
    {
        RollupAxis.Agent => RollupBy.Agent,
        RollupAxis.Channel => RollupBy.Channel,
        RollupAxis.Segment => RollupBy.Segment,
        _ => RollupBy.Product,
    };

    private async Task Again()
    {
        // What is being read may be older than what woke this.
        if (_isLoading)
        {
            _refresh?.Wake();
            return;
        }
        await Load();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
