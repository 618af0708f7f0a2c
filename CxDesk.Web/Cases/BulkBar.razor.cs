using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>Gives the chosen cases to a person, or notes the same on each, and names those where it was not possible.</summary>
public partial class BulkBar
{
    private string _owner = "", _note = "";
    private IReadOnlyList<CaseOwnerRow> _owners = [];
    private IReadOnlyList<CaseOfMany>? _results;
    private HashSet<long> _known = [];
    private bool _running, _failed;

    /// <summary>The chosen cases.</summary>
    [Parameter, EditorRequired] public required IReadOnlyCollection<long> Ids { get; set; }

    /// <summary>After something was done: what came of it for each case.</summary>
    [Parameter] public EventCallback<IReadOnlyList<CaseOfMany>> OnDone { get; set; }

    /// <summary>Nothing is to be chosen any more.</summary>
    [Parameter] public EventCallback OnClear { get; set; }

    [Inject] public required CaseBulkWriter Writer { get; set; }
    [Inject] public required CaseQuery Cases { get; set; }
    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<BulkBar> Log { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_known.SetEquals(Ids)) return;
        _known = [.. Ids];
        if (await Current.Get() is { } viewer) _owners = await Cases.ReadOwners(viewer, _known);
    }

    private async Task Assign()
    {
        var ownerId = int.Parse(_owner, CultureInfo.InvariantCulture);
        if (await Do(id => new AssignCase { CaseId = id, OwnerId = ownerId })) _owner = "";
    }

    private async Task Note()
    {
        var words = _note.Trim();
        if (await Do(id => new NoteCase { CaseId = id, Text = words })) _note = "";
    }

    /// <returns>True where it was done to all; else what was chosen or typed stays.</returns>
    private async Task<bool> Do(Func<long, CaseCommand> command)
    {
        if (_running) return false;
        (_running, _failed, _results) = (true, false, null);
        try
        {
            if (await Current.Get() is not { } viewer) return false;
            _results = await Writer.Do(viewer, Ids, [command]);
            await OnDone.InvokeAsync(_results);
            return _results.All(r => r.IsDone);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "{Count} cases could not be changed", Ids.Count);
            _failed = true;
            return false;
        }
        finally
        {
            _running = false;
        }
    }
}
