using CxDesk.Data.Cases;
using CxDesk.Web.People;
using CxDesk.Web.Shell;

namespace CxDesk.Web.Cases;

/// <summary>The cases of a filter as CSV, read page by page through the same query and policy as the list.</summary>
public static class CasesExport
{
    public const string Path = "/cases/export.csv";
    private const int PageSize = 200;

    public static async Task Write(HttpContext context, CurrentViewer current, CaseBoardQuery board)
    {
        var cancel = context.RequestAborted;
        var response = context.Response;
        if (CaseParameters.Parse(name => context.Request.Query[name], out var fault) is not { } parameters)
        {
            await CaseCall.Fault(context, fault!).ExecuteAsync(context);
            return;
        }
        CaseCursor? after = null;
        try
        {
            do
            {
                // Asked for each page: who loses access while it runs gets no more.
                if (await current.Get() is not { } viewer) return;
                var page = await board.Read(viewer, parameters.Filter, parameters.Sort, PageSize, after, cancel);
                if (!response.HasStarted)
                {
                    response.ContentType = "text/csv; charset=utf-8";
                    response.Headers.ContentDisposition = $"attachment; filename=cases-{page.AsOf:yyyyMMdd-HHmm}.csv";
                    await response.WriteAsync(Csv.Mark + Csv.Line("id", "status", "severity", "openedAt", "dueAt", "overdue", "owner", "region", "team", "product",
                        "agent", "customer", "name", "value12m", "csat", "nps", "ces", "comment", "escalationLevel", "resolvedAt", "inTime"), cancel);
                }
                foreach (var row in page.Rows)
                    await response.WriteAsync(Csv.Line(row.Reference, CaseEventLog.Stored(row.Status), CaseEventLog.Stored(row.Severity), row.OpenedAt, row.DueAt,
                        row.IsOverdue(page.AsOf), row.OwnerName, row.RegionName, row.TeamName, row.ProductName, row.AgentName, row.CustomerCode, row.CustomerName,
                        row.Value12m, row.Csat, row.Nps, row.Ces, row.Comment, row.EscalationLevel, row.ResolvedAt, row.ResolvedInTime), cancel);
                after = page.Next;
            }
            while (after is not null);
        }
        catch (UnknownFilterException e)
        {
            await CaseCall.Fault(context, new(e.Parameter, "Unknown", e.Code)).ExecuteAsync(context);
        }
    }
}
