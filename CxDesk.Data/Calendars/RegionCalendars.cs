using System.Collections.Concurrent;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Calendars;

/// <summary>
/// The business calendar of each region: working hours in the zone of its unit, which is inherited, in the end from the
/// company. Remembered until a unit changes.
/// </summary>
public sealed class RegionCalendars
{
    private static readonly Statement ZoneOf = new("""
        SELECT COALESCE(r.TimeZone, p.TimeZone) FROM Units r LEFT JOIN Units p ON p.Id = r.ParentId WHERE r.Id = @regionId
        """);

    private readonly Company _company;
    private volatile ConcurrentDictionary<int, BusinessCalendar> _known = new();

    public RegionCalendars(Company company, ChangeSignal signal, EscalationOptions? escalation = null)
    {
        _company = company;
        ClimbStep = TimeSpan.FromHours((escalation ?? new EscalationOptions()).StepHours);
        // A new dictionary, not a cleared one: a read that began before the change must not put its answer into it.
        signal.Changed += change =>
        {
            if (change.Topics.Contains(ChangeTopic.Units)) _known = new();
        };
    }

    /// <summary>Business time between two levels that an overdue case climbs.</summary>
    public TimeSpan ClimbStep { get; }

    /// <summary>The day of the company's zone on which places are dated.</summary>
    public DateOnly DayOf(DateTimeOffset at) => _company.DayOf(at);

    public async ValueTask<BusinessCalendar> Of(Session session, int regionId)
    {
        var known = _known;
        if (known.TryGetValue(regionId, out var calendar)) return calendar;
        var zone = await session.First<string?>(ZoneOf, new { regionId });
        return known[regionId] = BusinessCalendar.Standard(zone ?? _company.Zone.Id);
    }
}
