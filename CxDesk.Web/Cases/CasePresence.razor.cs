using CxDesk.Data.Cases;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Cases;

/// <summary>
/// Says that this screen shows a case, for as long as its browser answers, and who else has it open. A browser that is
/// gone without a word leaves a circuit behind that would go on beating: so each beat asks the browser first.
/// </summary>
public partial class CasePresence : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _screen = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _saying = new(1, 1);
    private IReadOnlyList<CasePresenceRow> _others = [];
    private ScreenRefresh? _refresh;
    private Task? _beating;
    private Viewer? _viewer;
    private bool _said;

    [Parameter, EditorRequired] public long CaseId { get; set; }

    /// <summary>Something is being written or chosen on this screen.</summary>
    [Parameter] public bool IsEditing { get; set; }

    [Inject] public required CasePresenceStore Presence { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ChangeSignal Signal { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required IJSRuntime Js { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required ILogger<CasePresence> Log { get; set; }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _beating = Beat();
        _refresh = new ScreenRefresh(Signal, Time, () => InvokeAsync(Read), [ChangeTopic.Presence, ChangeTopic.Units], pause: TimeSpan.FromMilliseconds(500));
        _refresh.Wake();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_beating is not null && _said != IsEditing) await Say();
    }

    private string Said(CasePresenceRow person) => Text[person.IsEditing ? "Presence.Editing" : "Presence.Viewing", person.Name];

    private static string IconOf(CasePresenceRow person) => person.IsEditing ? "note" : "person";

    private async Task Beat()
    {
        try
        {
            while (true)
            {
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
                {
                    limit.CancelAfter(Patience);
                    if (await Answers(limit.Token)) await InvokeAsync(Say);
                }
                await Task.Delay(CasePresenceStore.Beat, Time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> Answers(CancellationToken limit)
    {
        try
        {
            return await Js.InvokeAsync<bool>("cxdesk.here", limit);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException && !_stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task Say()
    {
        await _saying.WaitAsync(_stop.Token);
        try
        {
            if (await Current.Get() is not { } viewer) return;
            (_viewer, _said) = (viewer, IsEditing);
            await Presence.Here(viewer, CaseId, _screen, IsEditing, _stop.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogWarning(e, "Presence on {Case} could not be said", CaseReference.Of(CaseId));
        }
        finally
        {
            _saying.Release();
        }
    }

    private async Task Read()
    {
        try
        {
            _others = await Current.Get() is { } viewer ? await Presence.Read(viewer, CaseId, _stop.Token) : [];
            StateHasChanged();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Who is there is worth no fault on a case that can be worked on.
            Log.LogWarning(e, "Presence on {Case} could not be read", CaseReference.Of(CaseId));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_refresh is not null) await _refresh.DisposeAsync();
        if (_beating is not null) await _beating;
        // A beat that had begun ends first, or it would put the screen back.
        await _saying.WaitAsync();
        if (_viewer is not null) await Presence.Gone(_viewer, CaseId, _screen);
        _saying.Dispose();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }
}
