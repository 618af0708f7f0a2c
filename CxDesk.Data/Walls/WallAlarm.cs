using CxDesk.Data.Cases;
using CxDesk.Data.Live;

namespace CxDesk.Data.Walls;

/// <summary>What on a wall calls for somebody: an overdue or critical case that nobody has. Pure.</summary>
public static class WallAlarm
{
    /// <summary>A critical case calls from when it was opened, any other from when it became overdue.</summary>
    public static DateTimeOffset Since(LiveUrgentCase it) => it.Severity == CaseSeverity.Critical ? it.OpenedAt : it.DueAt;

    /// <returns>Since when a case on any page of it has called; null where none does, or the wall makes no sound.</returns>
    public static DateTimeOffset? SoundsSince(WallSnapshot wall) => !wall.Document.HasSound ? null : wall.Pages
        .SelectMany(page => page.Tiles).OfType<CasesFigure>().SelectMany(figure => figure.Cases.Urgent)
        .Where(it => it.Calls).Select(it => (DateTimeOffset?)Since(it)).Min();

    /// <returns>How urgently it sounds, 1–5.</returns>
    public static int Level(TimeSpan unanswered) => unanswered.TotalMinutes switch { < 1 => 1, < 3 => 2, < 6 => 3, < 10 => 4, _ => 5 };
}
