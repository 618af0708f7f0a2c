namespace CxDesk.Web.Calendars;

/// <summary>Names the resource files of the calendars.</summary>
public sealed class CalendarsText;
