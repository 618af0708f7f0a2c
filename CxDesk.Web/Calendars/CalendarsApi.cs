using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.People;
using CxDesk.Web.People;

namespace CxDesk.Web.Calendars;

/// <summary>Calendars for programs, to plan by.</summary>
public static class CalendarsApi
{
    public static void MapCalendarsApi(this IEndpointRouteBuilder api) => api.MapGet("/calendars", List).RequireAuthorization("read")
        .WithSummary("When each region works now: zone, hours by weekday, and the days that are not like their weekday").Produces<IEnumerable<CalendarItem>>();

    private static async Task<IResult> List(CurrentViewer current, CalendarQuery calendars, Company company, CancellationToken cancel)
    {
        if (await current.Get() is not { } viewer) return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized);
        var units = await calendars.ReadUnits(cancel);
        return TypedResults.Ok(
            from unit in units
            where unit.Kind == UnitKind.Region && (viewer.Reach == Reach.All || viewer.RegionIds.Contains(unit.Id))
            select CalendarItem.Of(unit, CalendarUnitRow.Effective(units, unit.Id, company)));
    }
}

/// <summary>A region's calendar. Hours that do not end after they begin end on the next day; 00:00 to 00:00 is the whole day.</summary>
public sealed record CalendarItem(string Region, string Name, string TimeZone, IEnumerable<CalendarHours> Hours, IEnumerable<CalendarDayItem> Days)
{
    public static CalendarItem Of(CalendarUnitRow unit, CalendarDocument document) => new(unit.Code, unit.Name, document.Zone,
        document.Hours.Select(entry => new CalendarHours(CalendarRules.Field(entry.Day), HoursText.Write([entry.Hours]))),
        document.Days.Select(day => new CalendarDayItem(day.Date, day.Kind switch
        {
            CalendarDayKind.Holiday => "holiday",
            CalendarDayKind.ShortDay => "short",
            CalendarDayKind.WorkingDay => "working",
        }, day.Name, day.Hours.Count > 0 ? HoursText.Write(day.Hours) : null)));
}

/// <param name="Hours">09:00-12:00.</param>
public sealed record CalendarHours(string Day, string Hours);

/// <param name="Kind">holiday, short, working.</param>
/// <param name="Hours">Null: none, or as on the first working weekday.</param>
public sealed record CalendarDayItem(DateOnly Date, string Kind, string Name, string? Hours);
