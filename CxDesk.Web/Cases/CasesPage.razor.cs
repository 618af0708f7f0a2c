using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>
/// The case desk: the board or the list, and beside it the chosen case. The address is its state. It re-reads when cases
/// or places change, when a deadline passes, and on a slow beat; while somebody works in it, new rows wait.
/// </summary>
public partial class CasesPage : IAsyncDisposable
{
    private const int CardsPerLane = 30, LinesPerPage = 50;

    private CaseParameters _parameters = new();
    private string? _parameterFault;
    private CaseBoardRead? _read, _news;
    private DateTimeOffset? _failedSince;
    private IReadOnlyList<CaseChoice> _units = [], _products = [];
    private string? _shown;
    private int _lines = LinesPerPage, _waiting, _asked, _answered;
    private bool _busy;
    private ScreenRefresh? _refresh;
    private IDisposable? _tick;

    [Parameter] public string? Reference { get; set; }
    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "severity")] public string? Severity { get; set; }
    [SupplyParameterFromQuery(Name = "owner")] public string? Owner { get; set; }
    [SupplyParameterFromQuery(Name = "unit")] public string? Unit { get; set; }
    [SupplyParameterFromQuery(Name = "product")] public string? Product { get; set; }
    [SupplyParameterFromQuery(Name = "overdue")] public string? Overdue { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }
    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }

    [Inject] public required CaseBoardQuery Board { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<CasesPage> Log { get; set; }

    private CaseLanes? _lanes => _read as CaseLanes;
    private CaseBoardPage? _page => _read as CaseBoardPage;
    private bool IsList => View == "list";
    private long? Chosen => CaseReference.TryParse(Reference, out var id) ? id : null;

    private IEnumerable<CaseStatus> ShownLanes => _parameters.Filter.Statuses.Count == 0 ? CaseLanes.All : CaseLanes.All.Where(_parameters.Filter.Statuses.Contains);

    protected override async Task OnParametersSetAsync()
    {
        var parsed = CaseParameters.Parse(name => name switch
        {
            "status" => Status, "severity" => Severity, "owner" => Owner, "unit" => Unit, "product" => Product,
            "overdue" => Overdue, "q" => Search, "sort" => Sort, _ => null,
        }, out var fault);
        _parameterFault = fault is null ? null : $"{fault.Name}={Navigation.ToAbsoluteUri(Navigation.Uri).Query}";
        if (parsed is null) return;
        _parameters = parsed;
        // Choosing a case does not change what the board shows.
        var shown = $"{IsList} {_parameters.ToQuery()}";
        if (shown == _shown) return;
        (_shown, _read, _news, _waiting, _lines) = (shown, null, null, 0, LinesPerPage);
        await Read();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Read), [ChangeTopic.Cases, ChangeTopic.Units]);
        _tick = Clock.OnTick(() =>
        {
            // Time is not a write: a deadline that passes changes counts, and rows where the filter asks for overdue ones.
            if (_read is { } read && Rows(read).Any(row => row.Status.IsTimed() && row.DueAt >= read.AsOf && row.DueAt < Clock.Now)) _refresh.Wake();
            return Task.CompletedTask;
        });
    }

    private async Task Read()
    {
        var (mine, shown) = (++_asked, _shown);
        try
        {
            if (await Current.Get() is not { } viewer)
            {
                (_read, _news) = (null, null);
                return;
            }
            CaseBoardRead read = IsList
                ? await Board.Read(viewer, _parameters.Listed().Filter, _parameters.Sort, _lines)
                : await Board.ReadLanes(viewer, _parameters.Filter, CardsPerLane);
            if (_units.Count + _products.Count == 0) (_units, _products) = await Board.ReadChoices(viewer);
            // An older answer never overwrites a newer one, nor one for another filter.
            if (mine < _answered || shown != _shown) return;
            (_answered, _failedSince, _parameterFault) = (mine, null, null);
            Take(read);
        }
        catch (UnknownFilterException e)
        {
            _parameterFault = $"{e.Parameter}: {e.Code}";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The rows of the last good read stay, and the page says since when they are old.
            Log.LogError(e, "The case board could not be read");
            _failedSince ??= Clock.Now;
        }
        StateHasChanged();
    }

    // While somebody works in the board nothing moves under them: rows change in place or go, new ones wait.
    private void Take(CaseBoardRead read)
    {
        if (_read is null || !_busy || IsEmpty(_read))
        {
            (_read, _news, _waiting) = (read, null, 0);
            return;
        }
        var known = Rows(_read).Select(row => row.Id).ToHashSet();
        var fresh = Rows(read).ToDictionary(row => row.Id);
        _waiting = fresh.Keys.Count(id => !known.Contains(id));
        _news = _waiting > 0 ? read : null;
        IReadOnlyList<CaseBoardRow> InPlace(IReadOnlyList<CaseBoardRow> rows) => [.. from row in rows where fresh.ContainsKey(row.Id) select fresh[row.Id]];
        _read = _read switch
        {
            CaseLanes lanes => lanes with { AsOf = read.AsOf, Counts = read.Counts, Rows = lanes.Rows.ToDictionary(lane => lane.Key, lane => InPlace(lane.Value)) },
            CaseBoardPage page => page with { AsOf = read.AsOf, Counts = read.Counts, Rows = InPlace(page.Rows) },
            _ => read,
        };
    }

    private void ShowNews()
    {
        if (_news is null) return;
        (_read, _news, _waiting) = (_news, null, 0);
    }

    private void LetGo()
    {
        _busy = false;
        _refresh?.Wake();
    }

    private async Task More()
    {
        _lines += LinesPerPage;
        _busy = false;
        await Read();
    }

    private Task Retry() => Read();

    private void Go(CaseParameters parameters, string? view) => Navigation.NavigateTo(Link(null, parameters, view));

    private string Link(string? reference) => Link(reference, _parameters, View);

    private static string Link(string? reference, CaseParameters parameters, string? view = null)
    {
        var query = parameters.ToQuery();
        if (view == "list") query = query.Length == 0 ? "view=list" : query + "&view=list";
        return $"/cases{(reference is null ? "" : "/" + reference)}{(query.Length == 0 ? "" : "?" + query)}";
    }

    private CaseParameters LaneParameters(CaseStatus lane) => _parameters with { Filter = _parameters.Filter with { Statuses = [lane] } };

    private string FilterInWords => CaseFilterBar.InWords(_parameters, Text, Words, _units, _products);

    // The chosen unit, else the viewer's own: those of the units they see that lie in no other of them.
    private string Place
    {
        get
        {
            static string Full(CaseChoice unit) => unit.Parent is null ? unit.Name : $"{unit.Parent} ▸ {unit.Name}";
            if (_parameters.Filter.Unit is { } code && _units.FirstOrDefault(unit => unit.Code == code) is { } chosen) return Full(chosen);
            var regions = _units.Where(unit => unit.Parent is null).Select(unit => unit.Name).ToHashSet();
            var own = _units.Where(unit => unit.Parent is null || !regions.Contains(unit.Parent)).Select(Full).ToList();
            return own.Count is > 0 and <= 3 ? string.Join(", ", own) : Text["Filter.AnyUnit"];
        }
    }

    private static bool IsEmpty(CaseBoardRead read) => !Rows(read).Any();

    private static IEnumerable<CaseBoardRow> Rows(CaseBoardRead read) => read switch
    {
        CaseLanes lanes => lanes.Rows.Values.SelectMany(rows => rows),
        CaseBoardPage page => page.Rows,
        _ => [],
    };

    public async ValueTask DisposeAsync()
    {
        _tick?.Dispose();
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
