using System.Security.Claims;

namespace CxDesk.Web.Shell;

/// <summary>One entry of the rail. A feature adds its line to <see cref="All"/> once its page works.</summary>
/// <param name="Path">Where it leads.</param>
/// <param name="Icon">A name that <see cref="Icon"/> draws.</param>
/// <param name="Key">The word under the icon, in ShellText.</param>
/// <param name="Roles">Who sees it; empty for everybody.</param>
public sealed record NavEntry(string Path, string Icon, string Key, params string[] Roles)
{
    public static readonly IReadOnlyList<NavEntry> All =
    [
        new("/", "live", "Nav.Live"),
        new("/cases", "cases", "Nav.Cases", "Agent", "Supervisor", "Manager", "Executive", "Admin"),
        new("/scorecards", "scorecards", "Nav.Scorecards", "Agent", "Supervisor", "Manager", "Executive", "Admin"),
        new("/targets", "targets", "Nav.Targets", "Supervisor", "Manager", "Executive", "Admin"),
        new("/drivers", "drivers", "Nav.Drivers", "Supervisor", "Manager", "Executive", "Admin"),
        new("/curves", "curve", "Nav.Curves", "Supervisor", "Manager", "Executive", "Admin"),
        new("/positions", "positions", "Nav.Positions", "Supervisor", "Manager", "Executive", "Admin"),
        new("/walls", "wall", "Nav.Walls", "Supervisor", "Manager", "Executive", "Admin"),
        new("/admin", "admin", "Nav.Admin", "Admin"),
    ];

    public bool MaySee(ClaimsPrincipal person) => Roles.Length == 0 || Roles.Any(person.IsInRole);
}
