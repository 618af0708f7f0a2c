using CxDesk.Data.Cases;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>Cases as lines, with the columns that were chosen. A head that is an order sorts by it.</summary>
public partial class CaseTable
{
    [Parameter, EditorRequired] public required CaseHold Shown { get; set; }
    [Parameter, EditorRequired] public required CaseColumns Columns { get; set; }
    [Parameter, EditorRequired] public required CaseSort Sort { get; set; }
    [Parameter, EditorRequired] public required Func<string, string> Link { get; set; }

    /// <summary>Leads to the same list in another order.</summary>
    [Parameter, EditorRequired] public required Func<CaseSort, string> SortLink { get; set; }
    [Parameter] public long? Chosen { get; set; }
    [Parameter] public IReadOnlySet<long> Selected { get; set; } = new HashSet<long>();

    /// <summary>Turns the selection of some rows round.</summary>
    [Parameter] public EventCallback<IReadOnlyList<long>> OnSelect { get; set; }

    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Desk { get; set; }
    [Inject] public required CaseWords Words { get; set; }

    private CaseBoardPage Page => (CaseBoardPage)Shown.Read;

    private bool AllSelected => Page.Rows.Count > 0 && Page.Rows.All(row => Selected.Contains(row.Id));

    // All rows, or none where all are selected already.
    private Task SelectAll() => OnSelect.InvokeAsync([.. from row in Page.Rows where AllSelected || !Selected.Contains(row.Id) select row.Id]);

    private string? Order(CaseSort? sort) => sort != Sort ? null : sort == CaseSort.Newest ? "descending" : "ascending";

    private string? Cell(CaseBoardRow row, CaseColumn column) => column switch
    {
        CaseColumn.Customer => Customer(row) ?? "—",
        CaseColumn.Value => row.Value12m > 0 ? Words.Value(row.Value12m) : "",
        CaseColumn.Words => row.Comment,
        CaseColumn.Score => Words.Scores(row.Csat, row.Nps, row.Ces),
        CaseColumn.Owner => row.OwnerName ?? Text["Case.Unowned"],
        CaseColumn.Product => row.ProductName,
        CaseColumn.Region => row.RegionName,
        CaseColumn.Team => row.IsNoTeam ? "" : row.TeamName,
        CaseColumn.Status => Words.Status(row.Status),
        CaseColumn.Agent => row.AgentName ?? row.AgentCode,
        CaseColumn.Escalation => row.EscalationLevel > 0 ? $"↑{row.EscalationLevel}" : "",
        CaseColumn.Due or CaseColumn.Opened => null,
    };

    private static string Class(CaseColumn column) => column switch
    {
        CaseColumn.Due or CaseColumn.Value or CaseColumn.Opened or CaseColumn.Escalation => "num",
        CaseColumn.Words => "wide",
        CaseColumn.Score => "scores",
        _ => "name",
    };

    private static string? Customer(CaseBoardRow row) => row.CustomerName ?? row.CustomerCode;
}
