using CxDesk.Data.Live;

namespace CxDesk.Web.Live;

/// <summary>
/// A board as the hub names it: <c>live:{window}:{by}</c> for the caller's own scope, or <c>wall:{code}</c> as a display sees it.
/// Exactly one of the two is said.
/// </summary>
public sealed record LiveBoardName
{
    public const string Known = "live:{hour|today|7d|30d}:{region|product|agent}, wall:main and wall:{code} of any other wall";

    public LiveFilter? Live { get; private init; }
    public string? Wall { get; private init; }

    /// <returns>Null where no board can have this name; whether there is a wall of a code is for the database to say.</returns>
    public static LiveBoardName? Of(string? name) => name?.Split(':', 2) switch
    {
        ["live", var board] when board.Split(':') is [var window, var by] && LiveFilter.WindowOf(window) is { } w && LiveFilter.ByOf(by) is { } b and not LiveBy.Team =>
            new() { Live = new LiveFilter(w, b) },
        ["wall", { Length: > 0 } code] => new() { Wall = code },
        _ => null,
    };
}
