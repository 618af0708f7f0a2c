using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Targets;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Targets;

/// <summary>Which source counts where several have a number: the rule in force, all there were, and a form for the next.</summary>
public partial class TargetRule
{
    private const int Most = 10;

    private static readonly IReadOnlyList<IReadOnlyList<TargetSource>> Orders =
        [.. from a in Enum.GetValues<TargetSource>() from b in Enum.GetValues<TargetSource>() from c in Enum.GetValues<TargetSource>()
            where a != b && b != c && a != c
            orderby a descending, b descending
            select (IReadOnlyList<TargetSource>)[a, b, c]];

    private int _order;
    private DateOnly _from;
    private string? _said, _meanwhile;
    private InvalidField? _fault;
    private bool _isBusy;

    [Parameter, EditorRequired] public required TargetBoard Board { get; set; }
    [Parameter, EditorRequired] public DateOnly Today { get; set; }
    [Parameter] public EventCallback OnSet { get; set; }

    [Inject] public required CurrentViewer Current { get; set; }
    [Inject] public required TargetWriter Writer { get; set; }
    [Inject] public required IStringLocalizer<TargetsText> Text { get; set; }

    protected override void OnInitialized() =>
        (_from, _order) = (Today, Enumerable.Range(0, Orders.Count).First(i => Orders[i].SequenceEqual(Board.Order)));

    private string Words(IReadOnlyList<TargetSource> order) => string.Join(" › ", order.Select(source => Text[$"Source.{source}"].Value));

    private string Day(DateOnly day) => day.ToString(Text["DayFormat"], CultureInfo.CurrentCulture);

    private async Task Set()
    {
        if (_isBusy || await Current.Get() is not { } viewer) return;
        (_isBusy, _fault, _said, _meanwhile) = (true, null, null, null);
        try
        {
            await Writer.SetRule(viewer, new SetTargetRule { FromDay = _from, Order = Orders[_order], SeenId = Board.Rules.Select(r => r.Id).DefaultIfEmpty().Max() });
            _said = Text["Rule.Done", Day(_from)];
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
}
