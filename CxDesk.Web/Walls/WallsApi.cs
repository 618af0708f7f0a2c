using CxDesk.Data;
using CxDesk.Data.Walls;
using CxDesk.Web.Live;
using CxDesk.Web.People;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>The walls that there are, for programs that put them on screens.</summary>
public static class WallsApi
{
    public static void MapWallsApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/walls", Get).RequireAuthorization("read")
            .WithSummary("The walls: code, name, owner, pages and version. The hub gives what one shows as wall:{code}.")
            .Produces<IReadOnlyList<WallItem>>();
        api.MapGet("/walls/{code}", One).RequireAuthorization("read")
            .WithSummary("What a wall shows, as displays see it; with at, what it showed at that minute of the last 90 days.")
            .Produces<WallSnapshot>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> Get(WallsQuery query, CurrentViewer current, CancellationToken cancel) =>
        await current.Get() is { } viewer
            ? TypedResults.Json((await query.All(viewer, cancel)).Select(w => new WallItem(w.Code, w.Name, w.OwnerName, w.Document?.Pages.Count, w.Version, w.ChangedAt, w.ChangedBy)))
            : TypedResults.Unauthorized();

    /// <param name="at">With an offset or Z, or on the company's clock.</param>
    private static async Task<IResult> One(
        string code, WallQuery query, CurrentViewer current, Company company, TimeProvider time, IStringLocalizer<PastText> words, CancellationToken cancel, string? at = null)
    {
        if (await current.Get() is null) return TypedResults.Unauthorized();
        var moment = PastMoment.Of(at, company, time.GetUtcNow());
        if (moment.Fault != PastFault.None)
        {
            var message = words["Api.At", words[$"Fault.{moment.Fault}", PastMoment.Text(PastMoment.Oldest(time.GetUtcNow()), company)]].Value;
            return ApiProblem.Fault("at", message);
        }
        var wall = at is null ? await query.Read(code, LiveFeed.Display, cancel) : await query.ReadAt(code, moment.At, LiveFeed.Display, cancel);
        return wall.IsGone ? TypedResults.Problem(detail: words["Api.NoWall", code], statusCode: StatusCodes.Status404NotFound) : TypedResults.Json(wall, LiveJson.Options);
    }

    /// <param name="Owner">Null: the company's.</param>
    /// <param name="Pages">Null: laid out from the regions that there are.</param>
    public sealed record WallItem(string Code, string Name, string? Owner, int? Pages, int Version, DateTimeOffset ChangedAt, string ChangedBy);
}
