using System.Threading.Channels;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Notices;

public sealed partial class Bell : IAsyncDisposable
{
    private const int Shown = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private NoticesPage page = new(0, []);
    private Task listening = Task.CompletedTask;
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
        if (!firstRender) return;
        Signal.Changed += Hear;
        listening = Listen();
    }

    public async ValueTask DisposeAsync()
    {
        Signal.Changed -= Hear;
        await stop.CancelAsync();
        await listening;
        stop.Dispose();
    }

    // Units: who lost a place may have lost the notice's case too, and the link must not promise it.
    private void Hear(Change change)
    {
        if (change.Topics.Contains(ChangeTopic.Notices) || change.Topics.Contains(ChangeTopic.Units)) wake.Writer.TryWrite(true);
    }

    private async Task Listen()
    {
        try
        {
            await foreach (var _ in wake.Reader.ReadAllAsync(stop.Token))
            {
                await InvokeAsync(async () =>
                {
                    await Load();
                    StateHasChanged();
                });
                await Task.Delay(Pace, Time, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task Load()
    {
        try
        {
            page = await Viewer.Get() is { } viewer ? await Notices.Read(viewer, Shown, stop.Token) : new NoticesPage(0, []);
            failed = false;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
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
