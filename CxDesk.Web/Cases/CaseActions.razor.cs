using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Cases;

/// <summary>
/// What to do with a case: one next step, and the others. A form remembers the case as it was seen when it was opened;
/// when somebody else was faster it says field by field who changed what, keeps what was typed and has it put together.
/// </summary>
public partial class CaseActions : IAsyncDisposable
{
    private enum Form { None, Resolve, Wait, Reopen, Assign, Edit }

    private enum Action { Claim, TakeOver, Resolve, Resume, Wait, Assign, Edit, Reopen, Close }

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private Form _open;
    private CaseRow? _seen;
    private bool _isStale, _running, _told;
    private int _expected;
    private string _cause = "", _owner = "";
    private ContactOutcome? _outcome;
    private DateTime? _until;
    private IReadOnlyList<CaseOwnerRow> _owners = [];
    private IReadOnlyList<PickerChoice> _causes = [];
    private CaseDraftKeeper? _drafts;
    private Dictionary<CaseField, string> _mine = [];
    private CaseEdit? _edit;
    private string? _said;

    [Parameter, EditorRequired] public required CaseFile File { get; set; }
    [Parameter, EditorRequired] public required Viewer Viewer { get; set; }

    /// <summary>Reads the case again at once.</summary>
    [Parameter, EditorRequired] public required Func<Task> Changed { get; set; }

    /// <summary>Whether something is being written or chosen here, when that begins and ends.</summary>
    [Parameter] public EventCallback<bool> OnEditing { get; set; }

    [Inject] public required CaseWriter Writer { get; set; }
    [Inject] public required CaseQuery Cases { get; set; }
    [Inject] public required RootCauseQuery Causes { get; set; }
    [Inject] public required CaseDraftStore Drafts { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeProvider Time { get; set; }
    [Inject] public required TimeWords TimeSaid { get; set; }
    [Inject] public required IJSRuntime Js { get; set; }
    [Inject] public required CasesOptions Options { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<CaseActions> Log { get; set; }

    private bool IsMine => File.Case.OwnerId is { } owner && owner == Viewer.PersonId;

    private bool MayClose => Viewer.Reach is Reach.Units or Reach.All;

    private bool IsEditing => _open != Form.None || Typed(CaseDraftField.Note) is not null;

    private string Again => _open == Form.Edit ? "Conflict.Merged" : "Conflict.Anyway";

    private IReadOnlyList<CaseDifference> Differences => _seen is { } seen ? CaseDifference.Of(seen, File.Case, File.Events, _edit?.Mine ?? _mine) : [];

    private bool MaySave => _edit is { Mine.Count: > 0 } edit && (!_isStale || Differences.All(d => !d.IsContested || edit.Choices.ContainsKey(d.Field)));

    /// <summary>The one thing that most likely comes next.</summary>
    private Action? Next => File.Case.Status switch
    {
        CaseStatus.New or CaseStatus.InProgress when File.Case.OwnerId is null => Action.Claim,
        CaseStatus.New or CaseStatus.InProgress => IsMine ? Action.Resolve : Action.TakeOver,
        CaseStatus.Waiting => Action.Resume,
        CaseStatus.Resolved => MayClose ? Action.Close : null,
        CaseStatus.Closed => null,
    };

    private IEnumerable<Action> Others => (File.Case.Status switch
    {
        CaseStatus.New or CaseStatus.InProgress => (Action[])[Action.Resolve, Action.Wait, Action.Assign, Action.Edit],
        CaseStatus.Waiting => [Action.Resolve, Action.Assign, Action.Edit],
        CaseStatus.Resolved or CaseStatus.Closed => [Action.Reopen],
    }).Where(action => action != Next);

    protected override void OnParametersSet()
    {
        _drafts ??= new CaseDraftKeeper(Drafts, Js, Time, Log, Viewer, File.Case.Id);
        _drafts.Viewer = Viewer;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            await _drafts!.Load();
            // Torn away a moment ago: go on where it was. Older ones are offered.
            if (_drafts.Restored.FirstOrDefault(f => FormOf(f) is { } form && IsPossible(form) && _drafts[f].RestoredFrom > Clock.Now - Fresh, CaseDraftField.Note) is var field and not CaseDraftField.Note)
                await Begin(FormOf(field)!.Value);
            await Tell();
            StateHasChanged();
        }
        catch (Exception e) when (e is not (OperationCanceledException or JSDisconnectedException or ObjectDisposedException))
        {
            Log.LogError(e, "Drafts on {Case} could not be read", File.Case.Reference);
        }
    }

    private async Task Start(Action action)
    {
        // A click on its way before the buttons were disabled: its form would close when the running step ends.
        if (_running) return;
        var id = File.Case.Id;
        switch (action)
        {
            case Action.Resolve: await Begin(Form.Resolve); return;
            case Action.Wait: await Begin(Form.Wait); return;
            case Action.Reopen: await Begin(Form.Reopen); return;
            case Action.Assign: await Begin(Form.Assign); return;
            case Action.Edit: await Begin(Form.Edit); return;
        }
        See();
        await Do(action switch
        {
            Action.Claim => new ClaimCase { CaseId = id },
            Action.TakeOver => new AssignCase { CaseId = id, ExpectedVersion = _expected, OwnerId = Viewer.PersonId!.Value },
            Action.Resume => new ResumeCase { CaseId = id, ExpectedVersion = _expected },
            _ => new CloseCase { CaseId = id, ExpectedVersion = _expected },
        });
    }

    private async Task Begin(Form form)
    {
        See();
        if (form is Form.Assign or Form.Edit) _owners = await Cases.ReadOwners(Viewer, File.Case.Id);
        if (form == Form.Edit) _edit = new CaseEdit(_seen!, _owners, await Cases.ReadProducts());
        if (form == Form.Resolve && await Causes.Read() is var causes)
            _causes = [.. causes.InUse.Select(c => new PickerChoice(c.Code, Words.RootCause(causes.PathOf(c).Select(above => above.Name ?? above.Code))))];
        _open = form;
        await Tell();
    }

    private void See() => (_said, _seen, _expected, _isStale, _mine) = (null, File.Case, File.Case.Version, false, []);

    private Task Resolve()
    {
        _mine = new() { [CaseField.Status] = CaseEventLog.Stored(CaseStatus.Resolved), [CaseField.RootCause] = _cause, [CaseField.ContactOutcome] = CaseEventLog.Stored(_outcome!.Value) };
        return Do(new ResolveCase
        {
            CaseId = File.Case.Id, ExpectedVersion = _expected, RootCause = _cause, ContactOutcome = _outcome!.Value,
            Note = Typed(CaseDraftField.Resolve), Draft = CaseDraftField.Resolve,
        });
    }

    private DateTime Here => TimeZoneInfo.ConvertTime(Clock.Now, Clock.Zone).DateTime;

    private static string Local(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private Task Wait()
    {
        if (_until is { } asked && (asked <= Here || asked > Here.AddYears(10)))
        {
            _said = Text["Wait.NotAhead"];
            return Task.CompletedTask;
        }
        DateTimeOffset? until = _until is { } local ? new DateTimeOffset(local, Clock.Zone.GetUtcOffset(local)).ToUniversalTime() : null;
        var reason = Typed(CaseDraftField.Wait)!;
        _mine = new() { [CaseField.Status] = CaseEventLog.Stored(CaseStatus.Waiting), [CaseField.WaitingReason] = reason };
        return Do(new WaitCase { CaseId = File.Case.Id, ExpectedVersion = _expected, Reason = reason, Until = until, Draft = CaseDraftField.Wait });
    }

    private Task Reopen() => Do(new ReopenCase
    {
        CaseId = File.Case.Id, ExpectedVersion = _expected, Reason = Typed(CaseDraftField.Reopen)!, Draft = CaseDraftField.Reopen,
    });

    private Task Assign()
    {
        var ownerId = int.Parse(_owner, CultureInfo.InvariantCulture);
        _mine = new() { [CaseField.Owner] = _owners.First(o => o.Id == ownerId).Name };
        return Do(new AssignCase { CaseId = File.Case.Id, ExpectedVersion = _expected, OwnerId = ownerId });
    }

    private Task Edit() => Do(_edit!.Command(File.Case.Id, _expected));

    // A note overwrites nothing, so it needs no version, and it leaves an open form alone.
    private async Task Note()
    {
        if (Typed(CaseDraftField.Note) is not { } words) return;
        if (await Send(new NoteCase { CaseId = File.Case.Id, Text = words, Draft = CaseDraftField.Note })) await Sent(CaseDraftField.Note);
    }

    /// <summary>What was typed for a step that others have made impossible is not lost: it becomes a note.</summary>
    private async Task AsNote()
    {
        var field = FieldOf(_open)!.Value;
        if (Typed(field) is { } words && await Send(new NoteCase { CaseId = File.Case.Id, Text = words, Draft = field })) await Sent(field);
    }

    private async Task Do(CaseCommand command)
    {
        if (!await Send(command)) return;
        if (command.Draft is { } draft) await Sent(draft);
        else await Cancel();
    }

    private async Task Sent(CaseDraftField field)
    {
        await _drafts!.Over(field, isStored: true);
        if (field != CaseDraftField.Note) await Cancel();
        else await Tell();
    }

    private async Task<bool> Send(CaseCommand command)
    {
        if (_running) return false;
        (_running, _said) = (true, null);
        try
        {
            // Asked again: what the screen knew of its reader may be old.
            if (await Current.Get() is not { } viewer) return false;
            var result = await Writer.Do(viewer, command);
            while (result is CaseResult.Conflict aside && aside.Since.All(CaseDifference.IsAside))
                result = await Writer.Do(viewer, command with { ExpectedVersion = aside.Version });
            switch (result)
            {
                case CaseResult.Done: return true;
                case CaseResult.Refused refused: _said = Words.Refusal(refused); break;
                case CaseResult.Conflict conflict: (_isStale, _expected) = (true, conflict.Version); break;
                case CaseResult.NotFound: _said = Text["Refusal.Gone"]; break;
            }
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Case {Case} could not be changed", File.Case.Reference);
            _said = Text["Refusal.Failed"];
            return false;
        }
        finally
        {
            await Changed();
            if (_isStale) _edit?.TakeTheirs(File.Case);
            _running = false;
        }
    }

    // What was typed stays as a draft, and is offered.
    private async Task Cancel()
    {
        (_open, _edit, _cause, _owner, _outcome, _until, _isStale, _said, _mine) = (Form.None, null, "", "", null, null, false, null, []);
        if (_drafts is not null)
            foreach (var field in Enum.GetValues<CaseDraftField>())
                if (field != CaseDraftField.Note) _drafts.PutAside(field, Clock.Now);
        await Tell();
    }

    private async Task Tell()
    {
        if (_told == IsEditing) return;
        _told = IsEditing;
        await OnEditing.InvokeAsync(_told);
    }

    private string? Typed(CaseDraftField field) => _drafts?[field].Text.Trim() is { Length: > 0 } text ? text : null;

    private bool IsPossible(Form form) => form switch
    {
        Form.Reopen => !File.Case.Status.IsOpen(),
        Form.Wait => File.Case.Status.IsTimed(),
        _ => File.Case.Status.IsOpen(),
    };

    private static Form? FormOf(CaseDraftField field) => field switch
    {
        CaseDraftField.Resolve => Form.Resolve,
        CaseDraftField.Wait => Form.Wait,
        CaseDraftField.Reopen => Form.Reopen,
        CaseDraftField.Note => null,
    };

    private static CaseDraftField? FieldOf(Form form) => Enum.GetValues<CaseDraftField>().Select(f => (CaseDraftField?)f).FirstOrDefault(f => FormOf(f!.Value) == form);

    public async ValueTask DisposeAsync()
    {
        if (_drafts is not null) await _drafts.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
