using CxDesk.Data.Live;

namespace CxDesk.Web.Live;

/// <summary>A board as the hub names it: <c>live:{window}:{by}</c> for the caller's own scope, or <c>wall:{id}</c> as a display sees it.</summary>
public sealed record LiveBoardName(LiveFilter Filter, bool IsWall)
{
    /// <summary>Code of the wall; null for a live board.</summary>
    public string? Wall => IsWall ? "main" : null;

    public const string Known = "live:{hour|today|7d|30d}:{region|product|agent} and wall:main";

    /// <returns>Null where there is no such board.</returns>
    public static LiveBoardName? Of(string? name) => name?.Split(':') switch
    {
        ["live", var window, var by] when LiveFilter.WindowOf(window) is { } w && LiveFilter.ByOf(by) is { } b and not LiveBy.Team => new(new LiveFilter(w, b), false),
        ["wall", "main"] => new(LiveFilter.Default, true),
        _ => null,
    };
}
