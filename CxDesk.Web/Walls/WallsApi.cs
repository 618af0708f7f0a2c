using CxDesk.Data.Walls;
using CxDesk.Web.People;

namespace CxDesk.Web.Walls;

/// <summary>The walls that there are, for programs that put them on screens.</summary>
public static class WallsApi
{
    public static void MapWallsApi(this IEndpointRouteBuilder api) =>
        api.MapGet("/walls", Get).RequireAuthorization("read")
            .WithSummary("The walls: code, name, owner, pages and version. The hub gives what one shows as wall:{code}.")
            .Produces<IReadOnlyList<WallItem>>();

    private static async Task<IResult> Get(WallsQuery query, CurrentViewer current, CancellationToken cancel) =>
        await current.Get() is { } viewer
            ? TypedResults.Json((await query.All(viewer, cancel)).Select(w => new WallItem(w.Code, w.Name, w.OwnerName, w.Document?.Pages.Count, w.Version, w.ChangedAt, w.ChangedBy)))
            : TypedResults.Unauthorized();

    /// <param name="Owner">Null: the company's.</param>
    /// <param name="Pages">Null: laid out from the regions that there are.</param>
    public sealed record WallItem(string Code, string Name, string? Owner, int? Pages, int Version, DateTimeOffset ChangedAt, string ChangedBy);
}
