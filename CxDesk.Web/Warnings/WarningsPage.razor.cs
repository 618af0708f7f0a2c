using CxDesk.Data.Feed;
using CxDesk.Data.Warnings;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Warnings;

/// <summary>What the waits of the last hour let expect, queue by queue, with how often that came true before.</summary>
public partial class WarningsPage : IAsyncDisposable
{
    // Read anew every five minutes, for all who look.
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private WarningBoard? _board;
    private DateTimeOffset? _readAt, _failedAt;
    private ScreenRefresh? _refresh;

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required WarningFeed Feed { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required WarningWords Words { get; set; }
    [Inject] public required ILogger<WarningsPage> Log { get; set; }
    [Inject] public required IStringLocalizer<WarningsText> Text { get; set; }

    private string? Lead => _board is not { Queues.Count: > 0 } board ? null
        : board.Queues.Count(q => q.IsWarning) is var warned && warned > 0 ? Text["Page.Warned", warned, board.Queues.Count].Value : Text["Page.Quiet", WarningWords.Wait(board.Limit)].Value;

    /// <summary>The code of the queue that is told more of; the most pressing one unless said.</summary>
    [SupplyParameterFromQuery(Name = "queue")] public string? Queue { get; set; }

    private QueueWarning? Chosen => _board?.Queues.FirstOrDefault(q => q.Team.Code == Queue) ?? _board?.Queues.FirstOrDefault();

    protected override Task OnInitializedAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Units], beat: Beat);
    }

    private async Task Load()
    {
        try
        {
            _board = await Current.Get() is { } viewer ? await Feed.Read(viewer) : null;
            (_readAt, _failedAt) = (Clock.Now, null);
        }
        catch (Exception e)
        {
            Log.LogError(e, "Early warnings could not be read");
            _failedAt ??= Clock.Now;
        }
    }

    private async Task Again()
    {
        await Load();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
