using System.Threading.Channels;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using Microsoft.JSInterop;

namespace CxDesk.Web.Cases;

/// <summary>
/// The words that somebody types on one case. The server keeps them a moment after the last key; until it has them the
/// browser does (drafts.js). What was left behind is offered again.
/// </summary>
public sealed class CaseDraftKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500), Again = TimeSpan.FromSeconds(5);

    private readonly CaseDraftStore _store;
    private readonly IJSRuntime _js;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly long _caseId;
    private readonly Dictionary<CaseDraftField, Typing> _texts = Enum.GetValues<CaseDraftField>().ToDictionary(f => f, _ => new Typing("", null));
    private readonly HashSet<CaseDraftField> _unkept = [];
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public CaseDraftKeeper(CaseDraftStore store, IJSRuntime js, TimeProvider time, ILogger log, Viewer viewer, long caseId)
    {
        (_store, _js, _time, _log, Viewer, _caseId) = (store, js, time, log, viewer, caseId);
        _running = Run();
    }

    /// <summary>Who types; refreshed by the page that shows the case.</summary>
    public Viewer Viewer { get; set; }

    public Typing this[CaseDraftField field] => _texts[field];

    /// <summary>Those that were left behind and are not sent, the newest first.</summary>
    public IEnumerable<CaseDraftField> Restored => _texts.Where(t => t.Value is { RestoredFrom: not null, Text.Length: > 0 }).OrderByDescending(t => t.Value.RestoredFrom).Select(t => t.Key);

    /// <summary>What drafts.js calls a field of this person's on this case.</summary>
    public string KeyOf(CaseDraftField field) => $"{Start}{CaseEventLog.Stored(field)}";

    private string Start => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Viewer.PersonId}/{_caseId}/");

    /// <summary>Fetches what was left behind, here and in the browser. A field in which somebody types already is left alone.</summary>
    public async Task Load()
    {
        foreach (var draft in await _store.Read(Viewer, _caseId))
            if (_texts[draft.Field].Text.Length == 0) _texts[draft.Field] = new Typing(draft.Text, draft.UpdatedAt);
        foreach (var left in await _js.InvokeAsync<BrowserDraft[]?>("cxdesk.drafts.of", Start) ?? [])
        {
            if (left.Text is null || !Enum.TryParse<CaseDraftField>(left.Field, ignoreCase: true, out var field)) continue;
            // The server never had it, so it is what was typed last.
            _texts[field] = new Typing(left.Text, left.Text.Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(left.At));
            Mark(field);
        }
    }

    public void Type(CaseDraftField field, string text)
    {
        _texts[field] = _texts[field] with { Text = text };
        Mark(field);
    }

    /// <summary>Words whose form is closed stay, to be offered again.</summary>
    public void PutAside(CaseDraftField field, DateTimeOffset now)
    {
        if (_texts[field].Text.Trim().Length > 0) _texts[field] = _texts[field] with { RestoredFrom = now };
    }

    /// <summary>A draft is over: its words were sent, or thrown away.</summary>
    /// <param name="isStored">False where the server has to forget it too.</param>
    public async Task Over(CaseDraftField field, bool isStored)
    {
        _texts[field] = new Typing("", null);
        // What is being kept at this moment would be stored after it went; so that it went is said once more.
        Mark(field);
        if (!isStored) await _store.Keep(Viewer, _caseId, field, "");
        await _js.InvokeVoidAsync("cxdesk.drafts.drop", KeyOf(field));
    }

    /// <summary>Keeps what is not kept yet, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        // The page goes; the browser keeps its own copy in case this fails.
        await Keep(tell: false);
        _stop.Dispose();
    }

    private void Mark(CaseDraftField field)
    {
        lock (_gate) _unkept.Add(field);
        _wake.Writer.TryWrite(true);
    }

    private async Task Run()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stop.Token))
            {
                _wake.Reader.TryRead(out _);
                await Task.Delay(Pause, _time, _stop.Token);
                if (await Keep(tell: true)) continue;
                await Task.Delay(Again, _time, _stop.Token);
                _wake.Writer.TryWrite(true);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    /// <returns>False where something could not be kept; it is tried again.</returns>
    private async Task<bool> Keep(bool tell)
    {
        List<CaseDraftField> fields;
        lock (_gate)
        {
            fields = [.. _unkept];
            _unkept.Clear();
        }
        var all = true;
        foreach (var field in fields)
        {
            try
            {
                var text = _texts[field].Text;
                await _store.Keep(Viewer, _caseId, field, text);
                if (tell) await _js.InvokeVoidAsync("cxdesk.drafts.kept", _stop.Token, KeyOf(field), text);
            }
            catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException)
            {
                // The server has it; that the browser keeps it too does no harm.
            }
            catch (Exception e)
            {
                _log.LogWarning(e, "A draft on {Case} could not be kept", CaseReference.Of(_caseId));
                lock (_gate) _unkept.Add(field);
                all = false;
            }
        }
        return all;
    }

    /// <param name="RestoredFrom">When the words were left behind; null where they are of now.</param>
    public sealed record Typing(string Text, DateTimeOffset? RestoredFrom);

    private sealed record BrowserDraft(string Field, string? Text, long At);
}
