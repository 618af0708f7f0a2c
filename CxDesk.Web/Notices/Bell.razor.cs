using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Notices;

/// <summary>What the viewer was told: how much of it is unread, and the newest of it.</summary>
public sealed partial class Bell : IAsyncDisposable
{
    private const int Shown = 20;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(55);

    private NoticesPage page = new(0, []);
    private ScreenRefresh? refresh;
    private bool failed;

    [Inject] public required NoticesQuery Notices { get; set; }
    [Inject] public required NoticeWriter Writer { get; set; }
    [Inject] public required CurrentViewer Viewer { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required NoticeWords Words { get; set; }
    [Inject] public required IStringLocalizer<NoticesText> Text { get; set; }
    [Inject] public required ILogger<Bell> Log { get; set; }

    private string Label => page.Unread == 0 ? Text["Bell.Label"] : Text["Bell.Unread", page.Unread];
    private string Count => page.Unread > 99 ? "99+" : page.Unread.ToString(System.Globalization.CultureInfo.CurrentCulture);

    protected override Task OnInitializedAsync() => Load();

    protected override void OnAfterRender(bool firstRender)
    {
        // Units: who lost a place may have lost the notice's case too, and the link must not promise it.
        if (firstRender) refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), [ChangeTopic.Notices, ChangeTopic.Units], beat: Beat);
    }

    public async ValueTask DisposeAsync()
    {
        if (refresh is not null) await refresh.DisposeAsync();
    }

    private async Task Again()
    {
        await Load();
        StateHasChanged();
    }

    private async Task Load()
    {
        try
        {
            page = await Viewer.Get() is { } viewer ? await Notices.Read(viewer, Shown) : new NoticesPage(0, []);
            failed = false;
        }
        catch (Exception e)
        {
            if (!failed) Log.LogError(e, "The notices could not be read; what was read before stays.");
            failed = true;
        }
    }

    private async Task MarkRead(NoticeRow notice)
    {
        if (notice.ReadAt is null && await Viewer.Get() is { } viewer) await Writer.MarkRead(viewer, notice.Id);
    }

    private async Task MarkAllRead()
    {
        if (await Viewer.Get() is { } viewer) await Writer.MarkAllRead(viewer, page.Newest[0].Id);
    }
}
