using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>What everybody aims at, how far they are from it, and a form for the next aim.</summary>
public partial class Targets
{
    private const string Dash = "—";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(55);

    private Metric _metric;
    private TargetBoard? _board;
    private volatile bool _isUnsure;
    private bool _isLoading;
    private DateTimeOffset? _readAt, _failedAt;
    private IDisposable? _tick;

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required ILogger<Targets> Log { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }

    [SupplyParameterFromQuery(Name = "metric")] public string? MetricCode { get; set; }

    private DateOnly Today => Company.DayOf(Clock.Now);
    private ScoreKind Kind => ScorecardNames.Kind(_metric);
    private Dictionary<TargetSubject, string> Names => _board!.Rows.ToDictionary(r => r.Subject, r => r.Figures.Name);

    protected override void OnInitialized()
    {
        Signal.Changed += OnChanged;
        _tick = Clock.OnTick(() => InvokeAsync(Tick));
    }

    protected override Task OnParametersSetAsync()
    {
        _metric = ScorecardsApi.Pick(MetricCode, Metric.Csat) ?? Metric.Csat;
        return Load();
    }

    private async Task Load()
    {
        (_isLoading, _isUnsure) = (true, false);
        try
        {
            _board = await Current.Get() is { } viewer ? await Db.Read(s => TargetBoardQuery.Read(s, viewer, _metric, Today)) : null;
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

    private static string LinkTo(Metric metric) => metric == Metric.Csat ? "/targets" : "/targets?metric=" + metric.ToString().ToLowerInvariant();

    private string Day(DateOnly day) => day.ToString(Text["DayFormat"], CultureInfo.CurrentCulture);

    // On the writer's thread: it only takes a note.
    private void OnChanged(Change change)
    {
        if (change.Topics.Contains(ChangeTopic.Targets) || change.Topics.Contains(ChangeTopic.Units)) _isUnsure = true;
    }

    private async Task Tick()
    {
        if (_isLoading || (!_isUnsure && Clock.Now - (_readAt ?? DateTimeOffset.MinValue) < Beat)) return;
        await Load();
        StateHasChanged();
    }

    public void Dispose()
    {
        Signal.Changed -= OnChanged;
        _tick?.Dispose();
    }
}
