using CxDesk.Data.Live;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>The live board for programs that ask rather than listen.</summary>
public static class LiveApi
{
    public static void MapLiveApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/live", Get).RequireAuthorization("read")
            .WithSummary("The live board: scores, rows, cases, measures and the newest low answers of a window.")
            .Produces<LiveSnapshot>().ProducesProblem(400);

    private static async Task<IResult> Get(LiveQuery query, CurrentViewer current, IStringLocalizer<LiveText> text, CancellationToken cancel, string? window = null, string? by = null, string? unit = null, string? product = null)
    {
        if (LiveFilter.WindowOf(window ?? LiveFilter.Default.WindowCode) is not { } w)
            return ApiProblem.Fault("window", text["Api.OneOf", "window", "hour, today, 7d, 30d"]);
        if (LiveFilter.ByOf(by ?? LiveFilter.Default.ByCode) is not { } b)
            return ApiProblem.Fault("by", text["Api.OneOf", "by", "region, team, product, agent"]);
        if (await current.Get() is not { } viewer) return TypedResults.Unauthorized();
        var board = await query.Read(new LiveFilter(w, b) { Unit = LiveLink.Said(unit), Product = LiveLink.Said(product) }, viewer, cancel);
        return board.Missing is { } field
            ? ApiProblem.Fault(field, text[$"Api.No.{field}", (field == "unit" ? unit : product)!])
            : TypedResults.Json(board, LiveJson.Options);
    }
}
