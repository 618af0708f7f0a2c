using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Cases;

/// <summary>
/// The case desk: the board or the list, and beside it the chosen case. The address is its state. It re-reads when cases
/// or places change, when a deadline passes, and on a slow beat; the list in which somebody reads keeps its order.
/// What keys and drops do is in CasesPage.Moves.cs and wwwroot/desk.
/// </summary>
public partial class CasesPage : IAsyncDisposable
{
    private const int CardsPerLane = 30, LinesPerPage = 50, MostLines = 500;

    // A deadline that passes brings rows under "overdue" though nothing was written: 5 seconds are promised.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);

    private CaseParameters _parameters = new();
    private string? _parameterFault;
    private CaseHold? _shown;
    private CaseBoardRead? _newest;
    private DateTimeOffset? _failedSince;
    private IReadOnlyList<CaseChoice> _units = [], _products = [];
    private DeskViews? _views;
    private string? _reading, _opened;
    private int _lines = LinesPerPage, _asked, _answered;
    private int? _free;
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
    [SupplyParameterFromQuery(Name = "columns")] public string? ColumnWords { get; set; }

    [Inject] public required CaseBoardQuery Board { get; set; }
    [Inject] public required SavedViewQuery Views { get; set; }
    [Inject] public required SavedViewWriter ViewWriter { get; set; }
    [Inject] public required CaseWriter Writer { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IJSRuntime Browser { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Desk { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<CasesPage> Log { get; set; }

    private long? Chosen => CaseReference.TryParse(Reference, out var id) ? id : null;

    private IEnumerable<CaseStatus> ShownLanes => _parameters.Filter.Statuses.Count == 0 ? CaseLanes.All : CaseLanes.All.Where(_parameters.Filter.Statuses.Contains);

    /// <summary>Those of the address, else those that the person chose last, else the usual ones.</summary>
    private CaseColumns Columns => _parameters.Columns ?? (CaseColumns.TryParse(_views?.Columns, out var own) ? own : null) ?? CaseColumns.Usual;

    private CaseParameters Cleared => new() { Sort = _parameters.Sort, IsList = _parameters.IsList, Columns = _parameters.Columns };

    protected override async Task OnParametersSetAsync()
    {
        var parsed = CaseParameters.Parse(name => name switch
        {
            "status" => Status, "severity" => Severity, "owner" => Owner, "unit" => Unit, "product" => Product,
            "overdue" => Overdue, "q" => Search, "sort" => Sort, "view" => View, "columns" => ColumnWords, _ => null,
        }, out var fault);
        _parameterFault = fault is null ? null : $"{fault.Name}={Navigation.ToAbsoluteUri(Navigation.Uri).Query}";
        if (parsed is null) return;
        var first = _views is null;
        _parameters = parsed;
        // Whoever comes back from a case sees what they did with it.
        var back = _opened is not null && Reference is null;
        _opened = Reference;
        if (first) await ReadViews();
        // The bare address is where the desk begins for this person; from inside the desk it is everything.
        if (first && Reference is null && Navigation.ToAbsoluteUri(Navigation.Uri).Query.Length == 0 && _views?.Default is { Query.Length: > 0 } start)
        {
            Navigation.NavigateTo($"/cases?{start.Query}", replace: true);
            return;
        }
        // Choosing a case or columns does not change what the board shows.
        var reading = (_parameters with { Columns = null }).ToQuery();
        if (reading == _reading)
        {
            if (back) await ReadFreely();
            return;
        }
        (_reading, _shown, _newest, _held, _lines) = (reading, null, null, null, LinesPerPage);
        _selected.Clear();
        await Read();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Read), [ChangeTopic.Cases, ChangeTopic.Units], beat: Beat);
        _tick = Clock.OnTick(() =>
        {
            // Time is not a write: a deadline that passes changes counts, and rows where the filter asks for overdue ones.
            if (_newest is { } read && CaseHold.AllOf(read).Any(row => row.Status.IsTimed() && row.DueAt >= read.AsOf && row.DueAt < Clock.Now)) _refresh.Wake();
            return Task.CompletedTask;
        });
        await Attach();
    }

    private async Task Read()
    {
        var (mine, reading) = (++_asked, _reading);
        try
        {
            if (await Current.Get() is not { } viewer)
            {
                (_shown, _newest) = (null, null);
                return;
            }
            CaseBoardRead read = _parameters.IsList
                ? await Board.Read(viewer, _parameters.Listed().Filter, _parameters.Sort, _lines)
                : await Board.ReadLanes(viewer, _parameters.Filter, CardsPerLane);
            if (_units.Count + _products.Count == 0) (_units, _products) = await Board.ReadChoices(viewer);
            // An older answer never overwrites a newer one, nor one for another filter.
            if (mine < _answered || reading != _reading) return;
            (_answered, _failedSince, _parameterFault, _newest) = (mine, null, null, read);
            _shown = CaseHold.Take(_shown, read, _free is null ? _held : null);
            if (mine > _free) _free = null;
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

    private async Task ReadViews()
    {
        try
        {
            _views = await Current.Get() is { } viewer ? await Views.Read(viewer) : DeskViews.None;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The desk works without them; the menu says that they could not be read.
            Log.LogError(e, "Saved views could not be read");
        }
    }

    private async Task More()
    {
        _lines += LinesPerPage;
        await Read();
    }

    /// <summary>The columns go into the address, so that a link shows the same, and are kept for the next time.</summary>
    private async Task Choose(CaseColumns columns)
    {
        if (await Current.Get() is { } viewer)
        {
            await ViewWriter.KeepColumns(viewer, columns.Equals(CaseColumns.Usual) ? null : columns.ToString());
            await ReadViews();
        }
        Navigation.NavigateTo((_parameters with { Columns = columns.Equals(CaseColumns.Usual) ? null : columns }).ToLink(Reference), replace: true);
    }

    private void Go(CaseParameters parameters) => Navigation.NavigateTo(parameters.ToLink());

    private CaseParameters LaneParameters(CaseStatus lane) => _parameters with { IsList = true, Filter = _parameters.Filter with { Statuses = [lane] } };

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

    public async ValueTask DisposeAsync()
    {
        _tick?.Dispose();
        if (_refresh is not null) await _refresh.DisposeAsync();
        await Detach();
        GC.SuppressFinalize(this);
    }
}
