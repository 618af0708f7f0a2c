using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.People;

/// <summary>Who stands where in the hierarchy, from which day to which. Answers keep the team they came in with.</summary>
public sealed class PlaceWriter(Db db)
{
    private static readonly Statement Unit = new($"""
        SELECT Kind AS {nameof(UnitRow.Kind)}, ParentId AS {nameof(UnitRow.ParentId)}, Name AS {nameof(UnitRow.Name)} FROM Units WHERE Id = @unitId AND IsActive = 1
        """);

    // An agent has one team at a time in each region: a new one ends the running one that day.
    private static readonly Statement EndRunning = new("""
        UPDATE Places SET ToDay = @from
        WHERE PersonId = @personId AND Role = 1 AND FromDay < @from AND (ToDay IS NULL OR ToDay > @from)
          AND UnitId IN (SELECT t.Id FROM Units t WHERE t.ParentId = @regionId)
        """);

    private static readonly Statement DropSameDay = new("""
        DELETE FROM Places WHERE PersonId = @personId AND Role = 1 AND FromDay = @from AND UnitId IN (SELECT t.Id FROM Units t WHERE t.ParentId = @regionId)
        """);

    private static readonly Statement NextDay = new("""
        SELECT MIN(FromDay) FROM Places
        WHERE PersonId = @personId AND Role = 1 AND FromDay > @from AND UnitId IN (SELECT t.Id FROM Units t WHERE t.ParentId = @regionId)
        """);

    private static readonly Statement Overlapping = new("""
        SELECT COUNT(*) FROM Places
        WHERE PersonId = @personId AND UnitId = @unitId AND Role = @role AND (ToDay IS NULL OR ToDay > @from) AND (@to IS NULL OR FromDay < @to)
        """);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Places (PersonId, UnitId, Role, FromDay, ToDay) {d.Output("Id")} VALUES (@personId, @unitId, @role, @from, @to) {d.Returning("Id")}
        """);

    private static readonly Statement MarkPlaced = new("UPDATE People SET IsPlaced = 1, RowVersion = RowVersion + 1 WHERE Id = @personId");

    private static readonly Statement Placed = new($"""
        SELECT PersonId AS {nameof(PlaceRow.PersonId)}, UnitId AS {nameof(PlaceRow.UnitId)}, Role AS {nameof(PlaceRow.Role)}, FromDay AS {nameof(PlaceRow.FromDay)}
        FROM Places WHERE Id = @placeId
        """);

    private static readonly Statement SetEnd = new("UPDATE Places SET ToDay = @to WHERE Id = @placeId");
    private static readonly Statement Drop = new("DELETE FROM Places WHERE Id = @placeId");

    /// <param name="from">The first day, of the company's zone.</param>
    /// <param name="to">The first day that no longer counts; null for good.</param>
    /// <exception cref="InvalidField">unit (unknown, of the wrong kind), role, from, to.</exception>
    public Task Place(Viewer actor, int personId, int unitId, Role role, DateOnly from, DateOnly? to = null, CancellationToken cancel = default) =>
        db.Write(s => Place(s, actor, personId, unitId, role, from, to), cancel);

    /// <summary>From a day on the place is no longer held; one that never began is taken out.</summary>
    /// <exception cref="InvalidField">place (unknown).</exception>
    public Task End(Viewer actor, int placeId, DateOnly to, CancellationToken cancel = default) => db.Write(async s =>
    {
        var place = await s.First<PlaceRow>(Placed, new { placeId }) ?? throw new InvalidField("place", "Gone", "place: does not exist.");
        await s.Execute(to <= place.FromDay ? Drop : SetEnd, new { placeId, to });
        await Audit.Write(s, actor, "placeEnded", "person", place.PersonId, new { place.UnitId, place.Role, to });
        s.Changed(ChangeTopic.Units);
    }, cancel);

    internal static async Task Place(Session s, Viewer actor, int personId, int unitId, Role role, DateOnly from, DateOnly? to)
    {
        var unit = await s.First<UnitRow>(Unit, new { unitId }) ?? throw new InvalidField("unit", "Gone", "unit: does not exist, or is switched off.");
        CheckKind(role, unit);
        if (to <= from) throw new InvalidField("to", "BeforeFrom", "to: is not after from.");
        if (role == Role.Agent)
        {
            var region = new { personId, from, regionId = unit.ParentId };
            await s.Execute(EndRunning, region);
            await s.Execute(DropSameDay, region);
            if (await s.First<DateOnly?>(NextDay, region) is { } next && (to is null || next < to)) to = next;
        }
        else if (await s.Single<int>(Overlapping, new { personId, unitId, role = (int)role, from, to }) > 0)
            throw new InvalidField("from", "Overlaps", $"from: this place at {unit.Name} is held then already.");
        await s.Single<int>(Insert, new { personId, unitId, role = (int)role, from, to });
        await s.Execute(MarkPlaced, new { personId });
        await Audit.Write(s, actor, "placed", "person", personId, new { unitId, role, from, to });
        s.Changed(ChangeTopic.Units);
    }

    private static void CheckKind(Role role, UnitRow unit)
    {
        var fits = role switch
        {
            Role.Agent => unit.Kind == UnitKind.Team,
            Role.Supervisor => unit.Kind is UnitKind.Team or UnitKind.Region,
            Role.Manager => true,
            Role.Executive => unit.Kind == UnitKind.Company,
            Role.Admin or Role.Wall => throw new InvalidField("role", "NoPlace", "role: admins and displays hold no place."),
        };
        if (!fits) throw new InvalidField("unit", "WrongKind", $"unit: {unit.Name} is no place for this role: agents stand in teams, supervisors in teams or regions, executives at the company.");
    }

    private sealed record UnitRow
    {
        public required UnitKind Kind { get; init; }
        public int? ParentId { get; init; }
        public required string Name { get; init; }
    }

    private sealed record PlaceRow
    {
        public required int PersonId { get; init; }
        public required int UnitId { get; init; }
        public required Role Role { get; init; }
        public required DateOnly FromDay { get; init; }
    }
}
