using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>What everybody aims at, how far they are from it, and a form for the next aim.</summary>
public partial class Targets : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(55);

    private IndicatorBook? _book;
    private TargetBoard? _board;
    private bool _isLoading, _isUnknown;
    private DateTimeOffset? _readAt, _failedAt;
    private ScreenRefresh? _refresh;

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required TargetBoardQuery Query { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required IndicatorWords Indicators { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Cards { get; set; }
    [Inject] public required ILogger<Targets> Log { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }

    /// <summary>The code of an indicator; satisfaction where it is left out.</summary>
    [SupplyParameterFromQuery(Name = "indicator")] public string? Code { get; set; }

    /// <summary>What older links call it.</summary>
    [SupplyParameterFromQuery(Name = "metric")] public string? MetricCode { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);
    private Dictionary<TargetSubject, string> Names => _board!.Rows.ToDictionary(r => r.Subject, r => r.Figures.Name);

    private static string LinkTo(Indicator indicator) => indicator.Code == Indicator.Csat.Code ? "/targets" : $"/targets?indicator={Uri.EscapeDataString(indicator.Code)}";

    protected override Task OnParametersSetAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Targets, ChangeTopic.Units], beat: Beat);
    }

    private async Task Load()
    {
        _isLoading = true;
        try
        {
            var viewer = await Current.Get();
            (_book, _board) = viewer is null ? (null, null) : await Db.Read(async s =>
            {
                var book = await IndicatorQuery.Read(s);
                return (book, book.Find(Code ?? MetricCode ?? Indicator.Csat.Code) is { } indicator ? await Query.Read(s, viewer, indicator, Today) : null);
            });
            _isUnknown = _book is not null && _board is null;
            (_readAt, _failedAt) = (Clock.Now, null);
        }
        catch (Exception e)
        {
            Log.LogError(e, "The targets could not be read");
            _failedAt ??= Clock.Now;
        }
        finally
        {
            _isLoading = false;
        }
    }

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
