using CxDesk.Data.Displays;
using CxDesk.Data.Feed;
using CxDesk.Web.Feed;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Displays;

/// <summary>
/// What hangs on the wall: the one wall that the link in the address leads to, with nobody signed in and nothing to
/// click. Revoked, it says so and shows nothing any more; moved to another wall, it goes there.
/// </summary>
public partial class DisplayPage : IAsyncDisposable
{
    /// <summary>Stands in the address where a typed code led nowhere.</summary>
    public const string NoCode = "code";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4), Sign = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(10);

    private KnownDisplay? _display;
    private DateTimeOffset? _failedAt;
    private DateTimeOffset _signedAt;
    private ScreenRefresh? _refresh;

    [Parameter] public string Token { get; set; } = "";

    [Inject] public required DisplayGate Gate { get; set; }
    [Inject] public required DisplaySightings Sightings { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IJSRuntime Script { get; set; }
    [Inject] public required ILogger<DisplayPage> Log { get; set; }
    [Inject] public required IStringLocalizer<DisplaysText> Text { get; set; }

    protected override Task OnParametersSetAsync() => Look();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Again), DisplayGate.Topics, beat: Beat);
    }

    private async ValueTask<bool> Admitted() => await Gate.Find(Token) is not null;

    private async Task Again()
    {
        await Look();
        if (_display is not null && Time.GetUtcNow() - _signedAt >= Sign) await SayHere();
    }

    private async Task Look()
    {
        var before = _display;
        try
        {
            _display = await Gate.Find(Token);
            _failedAt = null;
        }
        catch (Exception e)
        {
            // What is on the screen was the display's to see a moment ago; whether it still is comes out at the next look.
            if (_failedAt is null) Log.LogError(e, "Whether a display's link is still valid could not be found out.");
            _failedAt ??= Time.GetUtcNow();
        }
        if (before == _display) return;
        // The language is the whole page's.
        if (before is not null && _display is not null && before.Language != _display.Language) Navigation.Refresh(forceReload: true);
        StateHasChanged();
    }

    // The browser itself answers, so that a screen that was switched off is not taken for one that shows something.
    private async Task SayHere()
    {
        using var patience = new CancellationTokenSource(Patience, Time);
        try
        {
            var version = await Script.InvokeAsync<string?>("cxdesk.version", patience.Token);
            if (_display is not { } display) return;
            _signedAt = Time.GetUtcNow();
            Sightings.Note(display.Id, version);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // Not there at present.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_refresh is not null) await _refresh.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
