using CxDesk.Data.Calendars;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using NodaTime;

namespace CxDesk.Data.Admin;

/// <summary>Builds the hierarchy. Answers keep the units they came in with, whatever moves later.</summary>
public sealed class UnitWriter(Db db, Company company)
{
    private static readonly Statement Taken = new("SELECT COUNT(*) FROM Units WHERE Kind = @kind AND Code = @code");

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO Units (ParentId, Kind, Code, Name, TimeZone, IsNoTeam) {d.Output("Id")}
        VALUES (@parentId, @kind, @code, @name, @timeZone, @isNoTeam) {d.Returning("Id")}
        """);

    private static readonly Statement Present = new($"""
        SELECT ParentId AS {nameof(UnitNow.ParentId)}, Kind AS {nameof(UnitNow.Kind)}, Name AS {nameof(UnitNow.Name)}, TimeZone AS {nameof(UnitNow.TimeZone)},
               FallbackPersonId AS {nameof(UnitNow.FallbackPersonId)}, IsNoTeam AS {nameof(UnitNow.IsNoTeam)}
        FROM Units WHERE Id = @id
        """);

    private static readonly Statement CanOwn = new("SELECT COUNT(*) FROM People WHERE Id = @id AND IsActive = 1 AND UserName IS NOT NULL");

    private static readonly Statement Update = new("""
        UPDATE Units SET Name = @name, TimeZone = @timeZone, ParentId = @parentId, FallbackPersonId = @fallbackPersonId, IsPlaced = 1, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @version
        """);

    /// <summary>A region or a team. A region comes with the team of those who have none.</summary>
    /// <exception cref="InvalidField">code, name, timeZone, parent.</exception>
    public Task<int> Add(Viewer actor, NewUnit unit, CancellationToken cancel = default) => db.Write(s => Add(s, actor, unit), cancel);

    /// <summary>Renames, moves, sets the zone and the fallback; a unit that intake brought is placed by it.</summary>
    /// <exception cref="InvalidField">name, timeZone, parent, fallback.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else saved this unit since it was read.</exception>
    public Task Edit(Viewer actor, EditUnit edit, CancellationToken cancel = default) => db.Write(s => Edit(s, company, actor, edit), cancel);

    internal static async Task<int> Add(Session s, Viewer actor, NewUnit unit)
    {
        var (code, name) = (Codes.Name(unit.Code, "code"), Codes.Name(unit.Name, "name"));
        var timeZone = Zone(unit.TimeZone);
        if (unit.Kind == UnitKind.Company) throw new InvalidField("kind", "OneCompany", "kind: there is one company.");
        await CheckParent(s, unit.Kind, unit.ParentId);
        if (await s.Single<int>(Taken, new { kind = (int)unit.Kind, code }) > 0) throw new InvalidField("code", "Taken", $"code: another {unit.Kind.ToString().ToLowerInvariant()} has the code {code}.");
        var id = await s.Single<int>(Insert, new { parentId = unit.ParentId, kind = (int)unit.Kind, code, name, timeZone, isNoTeam = false });
        if (unit.Kind == UnitKind.Region)
            await s.Single<int>(Insert, new { parentId = (int?)id, kind = (int)UnitKind.Team, code = code + "/no-team", name = "no team", timeZone = (string?)null, isNoTeam = true });
        await UnitHistory.Keep(s);
        await Audit.Write(s, actor, "unitAdded", "unit", id, new { unit.Kind, code, name, unit.ParentId, timeZone });
        s.Changed(ChangeTopic.Units);
        return id;
    }

    internal static async Task Edit(Session s, Company company, Viewer actor, EditUnit edit)
    {
        var now = await s.First<UnitNow>(Present, new { id = edit.Id }) ?? throw new InvalidField("unit", "Gone", "unit: does not exist.");
        var next = now with { Name = Codes.Name(edit.Name, "name"), TimeZone = Zone(edit.TimeZone), ParentId = edit.ParentId, FallbackPersonId = edit.FallbackPersonId };
        if (next.ParentId != now.ParentId)
        {
            if (now.IsNoTeam) throw new InvalidField("parent", "NoTeamStays", "parent: the team of those without a team stays in its region.");
            await CheckParent(s, now.Kind, next.ParentId);
        }
        if (next.FallbackPersonId is { } fallback && fallback != now.FallbackPersonId && await s.Single<int>(CanOwn, new { id = fallback }) == 0)
            throw new InvalidField("fallback", "CannotOwn", "fallback: is nobody who can sign in.");
        // Hours are local: another zone is another calendar for every region that takes it from here.
        var isRetimed = next.TimeZone != now.TimeZone && now.Kind != UnitKind.Team;
        if (isRetimed) await EffectiveCalendars.Keep(s, company, actor);
        if (await s.Execute(Update, new { id = edit.Id, version = edit.Version, name = next.Name, timeZone = next.TimeZone, parentId = next.ParentId, fallbackPersonId = next.FallbackPersonId }) == 0)
            throw await Audit.Conflict(s, "unit", edit.Id);
        if (isRetimed) await EffectiveCalendars.Refresh(s, company, actor);
        await UnitHistory.Keep(s);
        await Audit.Write(s, actor, "unitEdited", "unit", edit.Id, new { from = now, to = next });
        s.Changed(ChangeTopic.Units);
    }

    private static async Task CheckParent(Session s, UnitKind kind, int? parentId)
    {
        var parent = parentId is null ? null : await s.First<UnitNow>(Present, new { id = parentId });
        var fits = kind switch
        {
            UnitKind.Company => parentId is null,
            UnitKind.Region => parent?.Kind == UnitKind.Company,
            UnitKind.Team => parent?.Kind == UnitKind.Region,
        };
        if (!fits) throw new InvalidField("parent", "WrongKind", "parent: a region belongs to the company, a team to a region.");
    }

    private static string? Zone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Trim()) is { } zone
            ? zone.Id
            : throw new InvalidField("timeZone", "NoZone", $"timeZone: {name.Trim()} is not an IANA time zone such as Europe/Paris.");
    }

    private sealed record UnitNow
    {
        public int? ParentId { get; init; }
        public required UnitKind Kind { get; init; }
        public required string Name { get; init; }
        public string? TimeZone { get; init; }
        public int? FallbackPersonId { get; init; }
        public required bool IsNoTeam { get; init; }
    }
}

public sealed record NewUnit
{
    public required UnitKind Kind { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public int? ParentId { get; init; }
    public string? TimeZone { get; init; }
}

/// <summary>All that can be edited, as it is to be; <see cref="Version"/> as it was read.</summary>
public sealed record EditUnit
{
    public required int Id { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public int? ParentId { get; init; }
    public string? TimeZone { get; init; }
    public int? FallbackPersonId { get; init; }
}
