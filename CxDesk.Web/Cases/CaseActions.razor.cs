using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>
/// What to do with a case: one next step, and the others. A form remembers the version that was seen when it was opened;
/// when somebody else was faster it says who changed what and keeps what was typed.
/// </summary>
public partial class CaseActions
{
    private enum Form { None, Resolve, Wait, Reopen, Assign, Severity }

    private enum Action { Claim, TakeOver, Resolve, Resume, Wait, Assign, Severity, Reopen, Close }

    private Form _open;
    private int _seen;
    private string _text = "", _cause = "", _owner = "", _note = "";
    private ContactOutcome? _outcome;
    private CaseSeverity _severity;
    private DateTime? _until;
    private IReadOnlyList<CaseOwnerRow> _owners = [];
    private RootCauseTree? _causes;
    private IReadOnlyList<CaseEventRow>? _conflict;
    private string? _said;
    private bool _running;

    [Parameter, EditorRequired] public required CaseFile File { get; set; }
    [Parameter, EditorRequired] public required Viewer Viewer { get; set; }

    /// <summary>Reads the case again at once.</summary>
    [Parameter, EditorRequired] public required Func<Task> Changed { get; set; }

    [Inject] public required CaseWriter Writer { get; set; }
    [Inject] public required CaseQuery Cases { get; set; }
    [Inject] public required RootCauseQuery Causes { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required CasesOptions Options { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<CaseActions> Log { get; set; }

    private bool IsMine => File.Case.OwnerId is { } owner && owner == Viewer.PersonId;

    private bool MayClose => Viewer.Reach is Reach.Units or Reach.All;

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
        CaseStatus.New or CaseStatus.InProgress => (Action[])[Action.Resolve, Action.Wait, Action.Assign, Action.Severity],
        CaseStatus.Waiting => [Action.Resolve, Action.Assign, Action.Severity],
        CaseStatus.Resolved or CaseStatus.Closed => [Action.Reopen],
    }).Where(action => action != Next);

    private async Task Start(Action action)
    {
        // A click on its way before the buttons were disabled: its form would close when the running step ends.
        if (_running) return;
        (_conflict, _said, _seen) = (null, null, File.Case.Version);
        switch (action)
        {
            case Action.Claim: await Do(new ClaimCase { CaseId = File.Case.Id }); break;
            case Action.TakeOver: await Do(new AssignCase { CaseId = File.Case.Id, ExpectedVersion = _seen, OwnerId = Viewer.PersonId!.Value }); break;
            case Action.Resume: await Do(new ResumeCase { CaseId = File.Case.Id, ExpectedVersion = _seen }); break;
            case Action.Close: await Do(new CloseCase { CaseId = File.Case.Id, ExpectedVersion = _seen }); break;
            case Action.Resolve:
                _causes = await Causes.Read();
                _open = Form.Resolve;
                break;
            case Action.Wait: _open = Form.Wait; break;
            case Action.Reopen: _open = Form.Reopen; break;
            case Action.Severity: (_open, _severity) = (Form.Severity, File.Case.Severity); break;
            case Action.Assign:
                _owners = await Cases.ReadOwners(Viewer, File.Case.Id);
                _open = Form.Assign;
                break;
        }
    }

    private Task Resolve() => Do(new ResolveCase { CaseId = File.Case.Id, ExpectedVersion = _seen, RootCause = _cause, ContactOutcome = _outcome!.Value, Note = Given(_text) });

    private Task Wait()
    {
        DateTimeOffset? until = _until is { } local ? new DateTimeOffset(local, Clock.Zone.GetUtcOffset(local)).ToUniversalTime() : null;
        return Do(new WaitCase { CaseId = File.Case.Id, ExpectedVersion = _seen, Reason = _text.Trim(), Until = until });
    }

    private Task Reopen() => Do(new ReopenCase { CaseId = File.Case.Id, ExpectedVersion = _seen, Reason = _text.Trim() });

    private Task Assign() => Do(new AssignCase { CaseId = File.Case.Id, ExpectedVersion = _seen, OwnerId = int.Parse(_owner, CultureInfo.InvariantCulture) });

    private Task Edit() => Do(new EditCase { CaseId = File.Case.Id, ExpectedVersion = _seen, Severity = _severity });

    // A note overwrites nothing, so it needs no version, and it leaves an open form alone.
    private async Task Note()
    {
        if (await Send(new NoteCase { CaseId = File.Case.Id, Text = _note.Trim() })) _note = "";
    }

    private async Task Do(CaseCommand command)
    {
        if (await Send(command)) Cancel();
    }

    private async Task<bool> Send(CaseCommand command)
    {
        if (_running) return false;
        (_running, _said) = (true, null);
        try
        {
            // Asked again: what the screen knew of its reader may be old.
            if (await Current.Get() is not { } viewer) return false;
            switch (await Writer.Do(viewer, command))
            {
                case CaseResult.Done: return true;
                case CaseResult.Refused refused: _said = Words.Refusal(refused); break;
                case CaseResult.Conflict conflict: (_conflict, _seen) = (conflict.Since, conflict.Version); break;
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
            _running = false;
        }
    }

    private void Cancel()
    {
        (_open, _text, _cause, _owner, _outcome, _until, _conflict, _said) = (Form.None, "", "", "", null, null, null, null);
    }

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
