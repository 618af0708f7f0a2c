using CxDesk.Data.Cases;
using Microsoft.JSInterop;

namespace CxDesk.Web.Cases;

// What the page's script asks for: which row is being read, and moves that need no form. Moving the focus is the
// script's own: a key that waited for the server would be no use.
public partial class CasesPage
{
    private readonly HashSet<long> _selected = [];
    private DotNetObjectReference<CasesPage>? _self;
    private IJSObjectReference? _script;
    private long? _held;
    private string? _said;
    private bool _refused;

    /// <summary>The row under the cursor or with the focus; null: nobody reads any more.</summary>
    [JSInvokable]
    public void Hold(string? reference)
    {
        _held = CaseReference.TryParse(reference, out var id) ? id : null;
        if (_held is null) LetGo();
    }

    /// <summary>Moves a case as a drop, the menu or a key asks. What is refused says why, and the card stays.</summary>
    [JSInvokable]
    public async Task Move(string reference, string move)
    {
        if (!Enum.TryParse<CaseMove>(move, out var asked) || !CaseReference.TryParse(reference, out var id)) return;
        if (_newest is null || CaseHold.AllOf(_newest).FirstOrDefault(row => row.Id == id) is not { } row || row.Command(asked) is not { } command) return;
        (_said, _refused) = (null, false);
        try
        {
            if (await Current.Get() is not { } viewer) return;
            var result = await Writer.Do(viewer, command);
            _refused = result is not CaseResult.Done;
            _said = result switch
            {
                CaseResult.Done => Desk[$"Moved.{asked}", reference],
                CaseResult.Refused refused => $"{reference}: {Words.Refusal(refused)}",
                CaseResult.Conflict { Since: [.., var last] } => Desk["Moved.Conflict", reference, last.ActorName, Words.Event(last)],
                CaseResult.Conflict => Desk["Moved.Stale", reference],
                _ => Text["Refusal.Gone"],
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Case {Case} could not be moved", reference);
            (_said, _refused) = (Text["Refusal.Failed"], true);
        }
        await ReadFreely();
    }

    /// <summary>A key asked for what cannot be done with this case now.</summary>
    [JSInvokable]
    public void NotNow(string reference)
    {
        (_said, _refused) = (Desk["Key.NotNow", reference], true);
        StateHasChanged();
    }

    // Whoever did something wants to see what came of it: nothing is held until a read that began now is there.
    private Task ReadFreely()
    {
        (_held, _free) = (null, _asked);
        return Read();
    }

    private void LetGo()
    {
        _held = null;
        if (_newest is null) return;
        _shown = CaseHold.Take(_shown, _newest, null);
        StateHasChanged();
    }

    private void Select(IReadOnlyList<long> ids)
    {
        foreach (var id in ids) if (!_selected.Remove(id)) _selected.Add(id);
        StateHasChanged();
    }

    private void SelectNone() => _selected.Clear();

    private async Task Attach()
    {
        _self = DotNetObjectReference.Create(this);
        try
        {
            _script = await Browser.InvokeAsync<IJSObjectReference>("import", "./desk/desk.js");
            await _script.InvokeVoidAsync("attach", _self);
        }
        catch (JSException e)
        {
            // Without its keys the desk still works.
            Log.LogError(e, "The script of the case desk could not be loaded");
        }
        catch (ObjectDisposedException)
        {
            // The page was left while its script was on the way.
        }
    }

    private async Task Detach()
    {
        try
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("detach", _self);
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its script with it.
        }
        _self?.Dispose();
    }
}
