using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Calendars;

/// <summary>
/// Resolves what is edited (zone, hours and days of the region, else of the company) into the calendars that hold, and
/// stores a new version for every region to which a change makes a difference.
/// </summary>
internal static class EffectiveCalendars
{
    private static readonly Statement Newest = new($"""
        SELECT k.UnitId AS {nameof(NewestRow.RegionId)}, k.Version AS {nameof(NewestRow.Version)}, k.Document AS {nameof(NewestRow.Document)}
        FROM Calendars k
        WHERE k.Version = (SELECT MAX(n.Version) FROM Calendars n WHERE n.UnitId = k.UnitId)
        """);

    private static readonly Statement Insert = new("""
        INSERT INTO Calendars (UnitId, Version, Document, CreatedAt, CreatedBy) VALUES (@regionId, @version, @document, @at, @by)
        """);

    /// <summary>What is edited says about a region now.</summary>
    public static async Task<CalendarDocument> Of(Session session, Company company, int regionId) =>
        CalendarUnitRow.Effective(await session.Query<CalendarUnitRow>(CalendarQuery.Units), regionId, company);

    /// <summary>Of every region, by its id.</summary>
    public static async Task<IReadOnlyDictionary<int, CalendarDocument>> All(Session session, Company company)
    {
        var units = await session.Query<CalendarUnitRow>(CalendarQuery.Units);
        return units.Where(unit => unit.Kind == UnitKind.Region).ToDictionary(unit => unit.Id, unit => CalendarUnitRow.Effective(units, unit.Id, company));
    }

    /// <summary>
    /// Before a change: stores what holds now for regions of which nothing is stored, since that is what their cases were
    /// timed by.
    /// </summary>
    public static async Task Keep(Session session, Company company, Viewer actor)
    {
        var stored = (await session.Query<NewestRow>(Newest)).Select(row => row.RegionId).ToHashSet();
        foreach (var (regionId, document) in await All(session, company))
            if (!stored.Contains(regionId)) await Store(session, actor, regionId, 1, document);
    }

    /// <summary>Whether something else holds in a region than what is stored of it.</summary>
    public static async Task<bool> AreBehind(Session session, Company company) => (await Behind(session, company)).Count > 0;

    /// <summary>After a change: stores a new version for each region whose calendar is another now.</summary>
    /// <returns>How many regions got one.</returns>
    public static async Task<int> Refresh(Session session, Company company, Viewer actor)
    {
        var behind = await Behind(session, company);
        foreach (var (newest, document) in behind) await Store(session, actor, newest.RegionId, newest.Version + 1, document);
        if (behind.Count > 0) session.Changed(ChangeTopic.Calendars);
        return behind.Count;
    }

    private static async Task<IReadOnlyList<(NewestRow Newest, CalendarDocument Now)>> Behind(Session session, Company company)
    {
        var stored = await session.Query<NewestRow>(Newest);
        if (stored.Count == 0) return [];
        var now = await All(session, company);
        return [.. stored.Where(row => now.TryGetValue(row.RegionId, out var document) && !document.Equals(CalendarDocument.FromJson(row.Document))).Select(row => (row, now[row.RegionId]))];
    }

    private static Task<int> Store(Session session, Viewer actor, int regionId, int version, CalendarDocument document) =>
        session.Execute(Insert, new { regionId, version, document = document.ToJson(), at = session.Now, by = actor.Name });

    private sealed record NewestRow
    {
        public required int RegionId { get; init; }
        public required int Version { get; init; }
        public required string Document { get; init; }
    }
}
