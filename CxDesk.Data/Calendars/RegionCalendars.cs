using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Calendars;

/// <summary>
/// The business calendar of each region: the present one, and by which a case was timed. A region of which nothing is
/// stored yet goes by what its own and the company's sources say. Remembered until a unit or a calendar changes.
/// </summary>
public sealed class RegionCalendars
{
    private static readonly Statement Present = new(d => $"""
        SELECT Id AS {nameof(CalendarRow.Id)}, Version AS {nameof(CalendarRow.Version)}, Document AS {nameof(CalendarRow.Document)}
        FROM Calendars WHERE UnitId = @regionId ORDER BY Version DESC {d.Limit("1")}
        """);

    private static readonly Statement First = new(d => $"""
        SELECT Id AS {nameof(CalendarRow.Id)}, Version AS {nameof(CalendarRow.Version)}, Document AS {nameof(CalendarRow.Document)}
        FROM Calendars WHERE UnitId = @regionId ORDER BY Version {d.Limit("1")}
        """);

    private static readonly Statement One = new($"""
        SELECT Id AS {nameof(CalendarRow.Id)}, Version AS {nameof(CalendarRow.Version)}, Document AS {nameof(CalendarRow.Document)}
        FROM Calendars WHERE Id = @id
        """);

    private readonly Company _company;
    private readonly CommittedCache<int, BusinessCalendar> _present, _first, _stored;

    public RegionCalendars(Company company, ChangeSignal signal)
    {
        _company = company;
        _present = new(signal, ChangeTopic.Units, ChangeTopic.Calendars);
        _first = new(signal, ChangeTopic.Units, ChangeTopic.Calendars);
        _stored = new(signal);      // a stored version never changes
    }

    /// <summary>The day of the company's zone on which places are dated.</summary>
    public DateOnly DayOf(DateTimeOffset at) => _company.DayOf(at);

    /// <summary>The present calendar of a region.</summary>
    public ValueTask<BusinessCalendar> Of(Session session, int regionId) => _present.Get(session, regionId, (s, id) => Read(s, Present, id));

    /// <summary>The calendar that a case of the region was timed by.</summary>
    /// <param name="calendarId">The case's own; null for one that was timed before the region had a stored calendar.</param>
    public ValueTask<BusinessCalendar> Of(Session session, int regionId, int? calendarId) => calendarId is { } stored
        ? _stored.Get(session, stored, async (s, id) => (await s.Single<CalendarRow>(One, new { id })).ToCalendar())
        : _first.Get(session, regionId, (s, id) => Read(s, First, id));

    private async Task<BusinessCalendar> Read(Session session, Statement statement, int regionId) =>
        await session.First<CalendarRow>(statement, new { regionId }) is { } row
            ? row.ToCalendar()
            : (await EffectiveCalendars.Of(session, _company, regionId)).ToCalendar(null, 0);

    private sealed record CalendarRow
    {
        public required int Id { get; init; }
        public required int Version { get; init; }
        public required string Document { get; init; }

        public BusinessCalendar ToCalendar() => CalendarDocument.FromJson(Document).ToCalendar(Id, Version);
    }
}
