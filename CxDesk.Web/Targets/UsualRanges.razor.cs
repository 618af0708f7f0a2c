using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>The frozen limits of the charts of days, and the one thing that may be done to them: to freeze them anew from a day on.</summary>
public partial class UsualRanges
{
    private int _of;
    private DateOnly _from;
    private string? _said;
    private InvalidField? _fault;
    private bool _isBusy, _isAll;

    [Parameter, EditorRequired] public required Indicator Indicator { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<TargetBoardRow> Rows { get; set; }
    [Parameter, EditorRequired] public DateOnly Today { get; set; }
    [Parameter] public EventCallback OnFrozen { get; set; }

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required BaselineWriter Writer { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }
    [Inject] public required IStringLocalizer<ShellText> Shell { get; set; }

    private IReadOnlyList<TargetBoardRow> Known => [.. Rows.Where(r => r.Usual is not null)];
    private IReadOnlyList<TargetBoardRow> Mine => [.. Rows.Where(r => r.MayFreeze && BaselineSubject.Of(r.By, Indicator.Kind, Indicator.MetricId, r.Subject.Id) is not null)];

    protected override void OnInitialized() => _from = Today.AddDays(-XmrChart.BaselineDays);

    // What no answer can reach is no limit.
    private string Range(XmrBaseline usual)
    {
        return Text["Usual.Range", IndicatorWords.Value(Math.Max(Indicator.Lowest, usual.Lower), Indicator), IndicatorWords.Value(Math.Min(Indicator.Highest, usual.Upper), Indicator)];
    }

    private string Day(DateOnly day) => day.ToString(Text["DayFormat"], CultureInfo.CurrentCulture);

    private async Task Freeze()
    {
        if (_isBusy || _of >= Mine.Count || await Current.Get() is not { } viewer) return;
        (_isBusy, _fault, _said) = (true, null, null);
        var row = Mine[_of];
        try
        {
            await Writer.FreezeAnew(viewer, row.By, Indicator.Kind, Indicator.MetricId, row.Subject.Id, _from);
            _said = Text["Usual.Done", row.Figures.Name];
            await OnFrozen.InvokeAsync();
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
