using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>Sets the next target, or ends one. What was refused stays typed, with the reason at its field.</summary>
public partial class TargetForm
{
    private int _of;
    private TargetSource _source = TargetSource.Management;
    private Deed _what;
    private BaselineDays _days;
    private bool _isBusy;
    private string? _target, _note, _said, _meanwhile;
    private DateOnly? _from, _daysFrom, _daysTo;
    private InvalidField? _fault;

    [Parameter, EditorRequired] public required Indicator Indicator { get; set; }

    /// <summary>Those that the viewer may set a target for.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<TargetBoardRow> Rows { get; set; }
    [Parameter, EditorRequired] public DateOnly Today { get; set; }
    [Parameter] public EventCallback OnSet { get; set; }

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required TargetWriter Writer { get; set; }
    [Inject] public required IndicatorWords Words { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }

    private bool IsEnd => _what == Deed.End;
    private bool IsOwnDays => _days == BaselineDays.Own;

    private string Range => Indicator.Unit switch
    {
        IndicatorUnit.Seconds => Text["Form.Seconds"],
        IndicatorUnit.Number => Text["Form.AnyNumber"],
        IndicatorUnit.Share => Text["Form.Range", "0 %", "100 %"],
        IndicatorUnit.Scale or IndicatorUnit.Nps => Text["Form.Range", IndicatorWords.Value(Indicator.Lowest, Indicator), IndicatorWords.Value(Indicator.Highest, Indicator)],
    };

    protected override void OnInitialized() => (_from, _daysFrom, _daysTo) = (Today, Today.AddMonths(-3), Today.AddDays(-1));

    private async Task Set()
    {
        if (_isBusy || _of >= Rows.Count || await Current.Get() is not { } viewer) return;
        (_isBusy, _fault, _said, _meanwhile) = (true, null, null, null);
        var row = Rows[_of];
        var seen = row.Own.GetValueOrDefault(_source)?.Id ?? 0;
        var note = string.IsNullOrWhiteSpace(_note) ? null : _note.Trim();
        try
        {
            var from = _from ?? throw new InvalidField("from", "Day", "from: a day.");
            if (IsEnd)
            {
                await Writer.End(viewer, new EndTarget { Subject = row.Subject, Indicator = Indicator, Source = _source, FromDay = from, Note = note, SeenId = seen });
                _said = Text["Form.Ended", row.Figures.Name];
            }
            else
            {
                await Writer.Set(viewer, new SetTarget { Subject = row.Subject, Indicator = Indicator, Source = _source, FromDay = from, Note = note, SeenId = seen, Target = Typed(), Baseline = Days() });
                _said = Text["Form.Done", row.Figures.Name];
            }
            (_target, _note) = (null, null);
            await OnSet.InvokeAsync();
        }
        catch (InvalidField fault)
        {
            _fault = fault;
        }
        catch (ChangedMeanwhile other)
        {
            _meanwhile = Text["Form.Meanwhile", other.By ?? ""];
            await OnSet.InvokeAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private double? Typed() => _source == TargetSource.OwnBaseline ? null
        : TargetInput.Parse(_target, Indicator, CultureInfo.CurrentCulture) ?? throw new InvalidField("target", "Number", "target: a number.");

    private (DateOnly From, DateOnly To)? Days() => _source != TargetSource.OwnBaseline || !IsOwnDays ? null
        : _daysFrom is { } from && _daysTo is { } to ? (from, to.AddDays(1)) : throw new InvalidField("baseline", "Days", "baseline: a first and a last day.");

    private enum Deed { Set, End }

    private enum BaselineDays { LastYear, Own }
}
