using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using NodaTime;

namespace CxDesk.Data.Calendars;

/// <summary>
/// Saves what is edited of a calendar, for the company or a region, and stores a new version for each region to which
/// that makes a difference. The deadlines of its open cases follow at once, by <see cref="Cases.CaseRetimer"/>.
/// </summary>
public sealed class CalendarWriter(Db db, Company company)
{
    private static readonly Statement Present = new($"""
        SELECT u.Kind AS {nameof(SourceNow.Kind)}, u.TimeZone AS {nameof(SourceNow.Zone)}, u.RowVersion AS {nameof(SourceNow.UnitVersion)},
            k.Hours AS {nameof(SourceNow.Hours)}, k.Days AS {nameof(SourceNow.Days)}, COALESCE(k.RowVersion, 0) AS {nameof(SourceNow.Version)}
        FROM Units u LEFT JOIN CalendarSources k ON k.UnitId = u.Id
        WHERE u.Id = @unitId
        """);

    private static readonly Statement SetZone = new("""
        UPDATE Units SET TimeZone = @zone, RowVersion = RowVersion + 1 WHERE Id = @unitId AND RowVersion = @unitVersion
        """);

    private static readonly Statement Insert = new("""
        INSERT INTO CalendarSources (UnitId, Hours, Days) SELECT u.Id, @hours, @days FROM Units u
        WHERE u.Id = @unitId AND NOT EXISTS (SELECT 1 FROM CalendarSources k WHERE k.UnitId = @unitId)
        """);

    private static readonly Statement Update = new("""
        UPDATE CalendarSources SET Hours = @hours, Days = @days, RowVersion = RowVersion + 1 WHERE UnitId = @unitId AND RowVersion = @version
        """);

    /// <exception cref="InvalidField">unit, timeZone, a weekday (<c>monday</c>), a date (<c>2026-10-01</c>).</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else saved this calendar, or the zone of its unit, since it was read.</exception>
    public Task Save(Viewer actor, SaveCalendar save, CancellationToken cancel = default) => db.Write(s => Save(s, company, actor, save), cancel);

    internal static async Task Save(Session session, Company company, Viewer actor, SaveCalendar save)
    {
        var now = await session.First<SourceNow>(Present, new { unitId = save.UnitId });
        if (now is null || now.Kind == UnitKind.Team) throw new InvalidField("unit", "NoCalendar", "unit: only the company and its regions have a calendar.");
        var zone = CalendarRules.Zone(save.Zone);
        CalendarRules.Check(save);
        var hours = save.Hours is null ? null : Json(CalendarRules.InOrder(save.Hours));
        var days = save.Days is null ? null : Json(CalendarRules.InOrder(save.Days));

        await EffectiveCalendars.Keep(session, company, actor);
        if (zone != now.Zone)
        {
            if (await session.Execute(SetZone, new { zone, unitId = save.UnitId, unitVersion = save.UnitVersion }) == 0) throw await Audit.Conflict(session, "unit", save.UnitId);
            await Audit.Write(session, actor, "unitEdited", "unit", save.UnitId, new { from = new { timeZone = now.Zone }, to = new { timeZone = zone } });
            session.Changed(ChangeTopic.Units);
        }
        var values = new { hours, days, unitId = save.UnitId, version = save.Version };
        if (await session.Execute(save.Version == 0 ? Insert : Update, values) == 0) throw await Audit.Conflict(session, "calendar", save.UnitId);
        await EffectiveCalendars.Refresh(session, company, actor);
        await Audit.Write(session, actor, "calendarSaved", "calendar", save.UnitId, new
        {
            hours = hours == now.Hours ? null : new { from = Parsed(now.Hours), to = Parsed(hours) },
            days = days == now.Days ? null : new { from = Parsed(now.Days), to = Parsed(days) },
        });
        session.Changed(ChangeTopic.Calendars);
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, CalendarDocument.Json);

    private static JsonElement? Parsed(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);

    private sealed record SourceNow
    {
        public required UnitKind Kind { get; init; }
        public required string? Zone { get; init; }
        public required int UnitVersion { get; init; }
        public required string? Hours { get; init; }
        public required string? Days { get; init; }
        public required int Version { get; init; }
    }
}

/// <summary>A calendar as it is to be; the versions as they were read.</summary>
public sealed record SaveCalendar
{
    public required int UnitId { get; init; }

    /// <summary>0 where nothing of the unit's own was stored.</summary>
    public required int Version { get; init; }

    public required int UnitVersion { get; init; }

    /// <summary>Null: inherited.</summary>
    public required string? Zone { get; init; }

    /// <summary>Null: inherited.</summary>
    public required IReadOnlyList<WeekdayHours>? Hours { get; init; }

    /// <summary>Null: inherited. Empty: none.</summary>
    public required IReadOnlyList<CalendarDay>? Days { get; init; }
}
