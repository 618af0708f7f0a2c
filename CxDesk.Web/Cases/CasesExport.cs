using System.Globalization;
using System.Text;
using CxDesk.Data.Cases;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>The cases of a filter as CSV: the same filter, order and columns as the list, read page by page through the same query and policy.</summary>
public static class CasesExport
{
    public const string Path = "/cases/export.csv";

    /// <summary>More than these are not written; the last line then says so.</summary>
    public const int MostRows = 100_000;

    private const int PageSize = 1_000;

    /// <summary>What is written where no columns are asked for.</summary>
    private static readonly IReadOnlyList<Field> All =
    [
        new("id", (row, _) => row.Reference), .. FieldsOf(CaseColumn.Status), new("severity", (row, _) => CaseEventLog.Stored(row.Severity)), .. FieldsOf(CaseColumn.Opened), .. FieldsOf(CaseColumn.Due), .. FieldsOf(CaseColumn.Owner), .. FieldsOf(CaseColumn.Region),
        .. FieldsOf(CaseColumn.Team), .. FieldsOf(CaseColumn.Product), .. FieldsOf(CaseColumn.Agent), .. FieldsOf(CaseColumn.Customer), .. FieldsOf(CaseColumn.Value),
        .. FieldsOf(CaseColumn.Score), .. FieldsOf(CaseColumn.Words), .. FieldsOf(CaseColumn.Escalation),
        new("resolvedAt", (row, _) => row.ResolvedAt), new("inTime", (row, _) => row.ResolvedInTime),
    ];

    private static IReadOnlyList<Field> Case => [new("id", (row, _) => row.Reference), new("severity", (row, _) => CaseEventLog.Stored(row.Severity))];

    public static async Task Write(HttpContext context, CurrentViewer current, CaseBoardQuery board, TimeProvider time, IStringLocalizer<DeskText> text)
    {
        var cancel = context.RequestAborted;
        var response = context.Response;
        if (CaseParameters.Parse(name => context.Request.Query[name], out var fault) is not { } parameters)
        {
            await CaseCall.Fault(context, fault!).ExecuteAsync(context);
            return;
        }
        try
        {
            await foreach (var part in Parts(Read, parameters.Columns, MostRows, text["Export.Capped", MostRows.ToString("N0", CultureInfo.CurrentCulture)]))
            {
                if (!response.HasStarted)
                {
                    response.ContentType = "text/csv; charset=utf-8";
                    response.Headers.ContentDisposition = $"attachment; filename=cases-{time.GetUtcNow():yyyyMMdd-HHmm}.csv";
                }
                await response.WriteAsync(part, cancel);
            }
        }
        catch (UnknownFilterException e)
        {
            await CaseCall.Fault(context, new(e.Parameter, "Unknown", e.Code)).ExecuteAsync(context);
        }

        // Asked for each page: who loses access while it runs gets no more.
        async Task<CaseRows?> Read(int limit, CaseCursor? after) =>
            await current.Get() is { } viewer ? await board.ReadRows(viewer, parameters.Filter, parameters.Sort, limit, after, cancel) : null;
    }

    /// <summary>The file, a page at a time, so that a long one is never held in memory.</summary>
    /// <param name="read">Reads a page; null ends the file.</param>
    /// <param name="columns">Those of the list; null: everything.</param>
    /// <param name="most">How many cases at most.</param>
    /// <param name="capped">What the last line says where there are more.</param>
    public static async IAsyncEnumerable<string> Parts(Func<int, CaseCursor?, Task<CaseRows?>> read, CaseColumns? columns, int most, string capped)
    {
        var fields = columns is null ? All : [.. Case, .. columns.All.SelectMany(FieldsOf)];
        CaseCursor? after = null;
        var left = most;
        var lines = new StringBuilder(Csv.Mark).Append(Csv.Line(fields.Select(field => field.Name)));
        do
        {
            if (await read(Math.Min(PageSize, left), after) is not { } page) yield break;
            foreach (var row in page.Rows) lines.Append(Csv.Line(fields.Select(field => field.Value(row, page.AsOf))));
            (left, after) = (left - page.Rows.Count, page.Next);
            if (left == 0 && after is not null) lines.Append(Csv.Line(capped));
            yield return lines.ToString();
            lines.Clear();
        }
        while (after is not null && left > 0);
    }

    private static IReadOnlyList<Field> FieldsOf(CaseColumn column) => column switch
    {
        CaseColumn.Due => [new("dueAt", (row, _) => row.DueAt), new("overdue", (row, now) => row.IsOverdue(now))],
        CaseColumn.Customer => [new("customer", (row, _) => row.CustomerCode), new("name", (row, _) => row.CustomerName)],
        CaseColumn.Value => [new("value12m", (row, _) => row.Value12m)],
        CaseColumn.Words => [new("comment", (row, _) => row.Comment)],
        CaseColumn.Score => [new("csat", (row, _) => row.Csat), new("nps", (row, _) => row.Nps), new("ces", (row, _) => row.Ces)],
        CaseColumn.Owner => [new("owner", (row, _) => row.OwnerName)],
        CaseColumn.Product => [new("product", (row, _) => row.ProductName)],
        CaseColumn.Region => [new("region", (row, _) => row.RegionName)],
        CaseColumn.Team => [new("team", (row, _) => row.TeamName)],
        CaseColumn.Status => [new("status", (row, _) => CaseEventLog.Stored(row.Status))],
        CaseColumn.Agent => [new("agent", (row, _) => row.AgentName)],
        CaseColumn.Opened => [new("openedAt", (row, _) => row.OpenedAt)],
        CaseColumn.Escalation => [new("escalationLevel", (row, _) => row.EscalationLevel)],
    };

    /// <param name="Value">The cell, from a row and the time of the read.</param>
    private sealed record Field(string Name, Func<CaseBoardRow, DateTimeOffset, object?> Value);
}
