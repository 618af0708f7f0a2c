using CxDesk.Data;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Scorecards;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>Sets the next target. What was refused stays typed, with the reason at its field.</summary>
public partial class TargetForm
{
    private int _of;
    private TargetSource _source = TargetSource.Management;
    private double? _target;
    private DateOnly _from;
    private string? _note, _said;
    private InvalidField? _fault;
    private bool _isBusy;

    [Parameter, EditorRequired] public Metric Metric { get; set; }

    /// <summary>Those that the viewer may set a target for.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<TargetBoardRow> Rows { get; set; }
    [Parameter, EditorRequired] public DateOnly Today { get; set; }
    [Parameter] public EventCallback OnSet { get; set; }

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required TargetWriter Writer { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }

    private (double Lowest, double Highest) Bounds => Metric.Bounds();

    protected override void OnInitialized() => _from = Today;

    private async Task Set()
    {
        if (_isBusy || _of >= Rows.Count || await Current.Get() is not { } viewer) return;
        (_isBusy, _fault, _said) = (true, null, null);
        var row = Rows[_of];
        try
        {
            await Writer.Set(viewer, new SetTarget { Subject = row.Subject, Metric = Metric, FromDay = _from, Target = _target, Source = _source, Note = string.IsNullOrWhiteSpace(_note) ? null : _note.Trim() });
            _said = Text["Form.Done", row.Figures.Name];
            (_target, _note) = (null, null);
            await OnSet.InvokeAsync();
        }
        catch (InvalidField fault)
        {
            _fault = fault;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
