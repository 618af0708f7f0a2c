using CxDesk.Data.Calendars;

namespace CxDesk.Web.Calendars;

/// <summary>When people work: calendars of the company and its regions.</summary>
public static class CalendarsSetup
{
    public static void AddCalendars(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CalendarQuery>();
        services.AddSingleton<CalendarWriter>();
        services.AddSingleton<CalendarWords>();
    }
}
