using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Drivers;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Drivers;

/// <summary>How strongly each rated attribute goes with satisfaction, and where work on it would pay.</summary>
public partial class Drivers : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(55);

    private DriverLink _link = new();
    private DriverChoices? _choices;
    private DriverReport? _report;
    private Viewer? _viewer;
    private bool _isDrawn, _isNowhere, _isStopped;
    private double _share;
    private DateTimeOffset? _failedAt;
    private CancellationTokenSource? _stop;
    private ScreenRefresh? _refresh;

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required DriverRuns Runs { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required DriverWords Words { get; set; }
    [Inject] public required ILogger<Drivers> Log { get; set; }
    [Inject] public required IStringLocalizer<DriversText> Text { get; set; }

    /// <summary>The whole state is in the query; to be called at each change of it, a page has to ask for one part.</summary>
    [SupplyParameterFromQuery(Name = "outcome")] public string? OutcomeCode { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);
    private IReadOnlyList<string> LeftOut => [.. _report?.Findings.LeftOut.Select(l => l.Attribute.Code) ?? []];
    private int ScaledShare => (int)(_share * 100);

    /// <summary>"CSAT · Europe · Mobile · 1 Aug 2026 – 30 Sep 2026", as it is printed too.</summary>
    private string FilterWords
    {
        get
        {
            var period = _link.Period(Today);
            var unit = _choices?.Units.FirstOrDefault(u => u.Code == _link.Unit) ?? (_link.Unit is null ? _choices?.Home : null);
            string?[] parts =
            [
                Words.Outcome(_link.Outcome), unit?.Name ?? _link.Unit,
                _choices?.Products.FirstOrDefault(p => p.Code == _link.Product)?.Name ?? _link.Product,
                _choices?.Channels.FirstOrDefault(c => c.Code == _link.Channel)?.Name ?? _link.Channel,
                _choices?.Segments.FirstOrDefault(g => g.Code == _link.Segment)?.Name ?? _link.Segment,
                Text["Facts.Days", Day(period.From), Day(period.To.AddDays(-1))],
            ];
            return string.Join(" · ", parts.Where(p => p is not null));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _link = DriverLink.Parse(Navigation.Uri);
        await Choose();
        // What is drawn for the first time has nobody yet who could stop it.
        if (_isDrawn) await Calculate();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _isDrawn = true;
        _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Units], beat: Beat);
        await Calculate();
    }

    private async Task Choose()
    {
        try
        {
            _viewer = await Current.Get();
            _choices = _viewer is { } viewer ? await Db.Read(s => DriverQuery.Choices(s, viewer)) : null;
        }
        catch (Exception e)
        {
            Log.LogError(e, "What drivers can be narrowed to could not be read");
            _failedAt ??= Clock.Now;
        }
    }

    private async Task Calculate()
    {
        var before = _stop;
        using var stop = _stop = new CancellationTokenSource();
        if (before is not null) await before.CancelAsync();
        (_report, _isStopped, _isNowhere, _failedAt, _share) = (null, false, false, null, 0);
        StateHasChanged();
        try
        {
            var report = _viewer is { } viewer ? await Runs.Get(viewer, _link.Filter(Today), new Progress<double>(Told), stop.Token) : null;
            if (_stop == stop) (_report, _isNowhere) = (report, report is null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Log.LogError(e, "The drivers could not be calculated");
            if (_stop == stop) _failedAt = Clock.Now;
        }
        if (_stop != stop) return;
        _stop = null;
        StateHasChanged();
    }

    private void Told(double share)
    {
        if (share < _share + .02) return;
        _share = share;
        StateHasChanged();
    }

    private async Task Stop()
    {
        if (_stop is null) return;
        _isStopped = true;
        await _stop.CancelAsync();
    }

    // Who may see less, or more, than before gets other figures.
    private async Task Again()
    {
        var before = _viewer?.Scope;
        await Choose();
        if (_viewer?.Scope != before) await Calculate();
    }

    private string Day(DateOnly day) => day.ToString(Text["DayFormat"], CultureInfo.CurrentCulture);

    public async ValueTask DisposeAsync()
    {
        if (_stop is { } stop)
        {
            _stop = null;
            await stop.CancelAsync();
        }
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
