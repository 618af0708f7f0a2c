using CxDesk.Data;
using CxDesk.Data.Database;
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
    // It looks ahead from whole hours: a few minutes late is early enough.
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(3);

    private WarningBoard? _board;
    private DateTimeOffset? _readAt, _failedAt;
    private ScreenRefresh? _refresh;

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required Db Db { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required WarningWords Words { get; set; }
    [Inject] public required ILogger<WarningsPage> Log { get; set; }
    [Inject] public required IStringLocalizer<WarningsText> Text { get; set; }

    private string? Lead => _board is not { Queues.Count: > 0 } board ? null
        : board.Queues.Count(q => q.IsWarning) is var warned && warned > 0 ? Text["Page.Warned", warned, board.Queues.Count].Value : Text["Page.Quiet", WarningWords.Wait(board.Limit)].Value;

    protected override Task OnInitializedAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Units], beat: Beat);
    }

    private async Task Load()
    {
        try
        {
            _board = await Current.Get() is { } viewer ? await Db.Read(s => WarningQuery.Read(s, viewer, Company)) : null;
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
