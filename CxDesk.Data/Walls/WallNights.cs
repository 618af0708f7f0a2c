using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Walls;

/// <summary>When a wall goes dim: outside the hours of the calendar that it names, holidays and make-up days counted.</summary>
internal static class WallNights
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <param name="night">Null: the wall never goes dim.</param>
    public static async Task<bool> IsNight(Session s, Company company, UnitTree units, WallNight? night, DateTimeOffset at)
    {
        if (night is null) return false;
        // A region that was closed since leaves the company's hours.
        var unit = night.Region is { } code && units.Units.FirstOrDefault(u => u.Kind == UnitKind.Region && u.Code == code) is { } region ? region : units.Company;
        var calendar = (await EffectiveCalendars.Of(s, company, unit.Id)).ToCalendar(null, 0);
        return calendar.Elapsed(at, at + Moment) == TimeSpan.Zero;
    }
}
