using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>The filters of the desk. It changes nothing itself: it says where to go, and the address is the filter.</summary>
public partial class CaseFilterBar
{
    [Parameter, EditorRequired] public required CaseParameters Parameters { get; set; }
    [Parameter] public CaseCounts? Counts { get; set; }
    [Parameter] public IReadOnlyList<CaseChoice> Units { get; set; } = [];
    [Parameter] public IReadOnlyList<CaseChoice> Products { get; set; } = [];

    /// <summary>The columns that the list shows: what is exported has the same.</summary>
    [Parameter] public CaseColumns? Shown { get; set; }

    /// <summary>What takes the next case.</summary>
    [Parameter] public RenderFragment? Next { get; set; }

    /// <summary>The menu of saved views.</summary>
    [Parameter] public RenderFragment? Views { get; set; }

    /// <summary>The choice of columns, where there are columns.</summary>
    [Parameter] public RenderFragment? Columns { get; set; }

    /// <summary>Goes to the page with these parameters.</summary>
    [Parameter, EditorRequired] public required Action<CaseParameters> To { get; set; }

    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Desk { get; set; }
    [Inject] public required CaseWords Words { get; set; }

    private string ExportLink => $"{CasesExport.Path}?{(Parameters.Listed() with { Columns = Parameters.IsList ? Shown : null }).ToQuery()}";

    /// <summary>The filter as a sentence: what a screen that found nothing says it looked for.</summary>
    public static string InWords(
        CaseParameters parameters, IStringLocalizer<CasesText> text, CaseWords words, IReadOnlyList<CaseChoice> units, IReadOnlyList<CaseChoice> products)
    {
        var filter = parameters.Filter;
        IEnumerable<string?> parts =
        [
            .. filter.Statuses.Select(words.Status),
            .. filter.Severities.Select(s => words.Severity(CaseEventLog.Stored(s))),
            filter.Overdue == true ? text["Filter.Overdue"].Value : null,
            filter.Owner switch
            {
                null => null,
                CaseBoardFilter.Me => text["Filter.Mine"],
                CaseBoardFilter.None => text["Filter.Nobodys"],
                var name => name,
            },
            filter.Unit is { } unit ? units.FirstOrDefault(u => u.Code == unit)?.Name ?? unit : null,
            filter.Product is { } product ? products.FirstOrDefault(p => p.Code == product)?.Name ?? product : null,
            filter.Text is { } looked ? $"“{looked}”" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private void Set(Func<CaseBoardFilter, CaseBoardFilter> change) => To(Parameters with { Filter = change(Parameters.Filter) });

    private void Toggle(CaseStatus lane) => Set(f => f with
    {
        Statuses = f.Statuses.Contains(lane) ? [.. f.Statuses.Where(s => s != lane)] : [.. f.Statuses.Append(lane).Order()],
    });

    private void ToggleOverdue() => Set(f => f with { Overdue = f.Overdue == true ? null : true });

    private static IReadOnlyList<CaseSeverity> Severities(ChangeEventArgs e) => CaseParameters.Word<CaseSeverity>(Value(e)) is { } severity ? [severity] : [];

    private static string? Value(ChangeEventArgs e) => e.Value is string { Length: > 0 } text ? text : null;
}
