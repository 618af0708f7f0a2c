using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Calendars;

/// <summary>Reads calendars as they are edited, and whom a change would touch.</summary>
public sealed class CalendarQuery(Db db, Company company)
{
    /// <summary>Rows of <see cref="CalendarUnitRow"/>.</summary>
    internal static readonly Statement Units = new($"""
        SELECT u.Id AS {nameof(CalendarUnitRow.Id)}, u.ParentId AS {nameof(CalendarUnitRow.ParentId)}, u.Kind AS {nameof(CalendarUnitRow.Kind)},
            u.Code AS {nameof(CalendarUnitRow.Code)}, u.Name AS {nameof(CalendarUnitRow.Name)}, u.TimeZone AS {nameof(CalendarUnitRow.Zone)},
            u.RowVersion AS {nameof(CalendarUnitRow.UnitVersion)}, k.Hours AS {nameof(CalendarUnitRow.HoursJson)}, k.Days AS {nameof(CalendarUnitRow.DaysJson)},
            COALESCE(k.RowVersion, 0) AS {nameof(CalendarUnitRow.Version)}
        FROM Units u LEFT JOIN CalendarSources k ON k.UnitId = u.Id
        WHERE u.Kind < 3
        ORDER BY u.Kind, u.Name, u.Id
        """);

    private static readonly Statement Versions = new(d => $"""
        SELECT Version AS {nameof(CalendarVersionRow.Version)}, CreatedAt AS {nameof(CalendarVersionRow.CreatedAt)},
            CreatedBy AS {nameof(CalendarVersionRow.CreatedBy)}, Document AS {nameof(CalendarVersionRow.DocumentJson)}
        FROM Calendars WHERE UnitId = @regionId ORDER BY Version DESC {d.Limit("30")}
        """);

    private static readonly StatementFamily<Reach> OpenCases = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) FROM Cases c WHERE c.Status < 4 AND c.RegionId = @regionId AND {RowPolicy.Cases(reach, "c")}
        """);

    /// <summary>The company and its regions, with what each says of its own.</summary>
    public Task<IReadOnlyList<CalendarUnitRow>> ReadUnits(CancellationToken cancel = default) => db.Read(s => s.Query<CalendarUnitRow>(Units), cancel);

    /// <summary>The newest versions of a region's calendar, as they held.</summary>
    public Task<IReadOnlyList<CalendarVersionRow>> ReadVersions(int regionId, CancellationToken cancel = default) =>
        db.Read(s => s.Query<CalendarVersionRow>(Versions, new { regionId }), cancel);

    /// <summary>The regions whose calendar a save would change, with how many open cases follow; those that the viewer may see.</summary>
    public Task<IReadOnlyList<CalendarEffect>> Effects(Viewer viewer, SaveCalendar save, CancellationToken cancel = default) => db.Read<IReadOnlyList<CalendarEffect>>(async s =>
    {
        var units = await s.Query<CalendarUnitRow>(Units);
        var effects = new List<CalendarEffect>();
        IReadOnlyList<CalendarUnitRow> after = [.. units.Select(u => u.Id == save.UnitId ? u.After(save) : u)];
        foreach (var region in units.Where(u => u.Kind == UnitKind.Region))
        {
            if (CalendarUnitRow.Effective(units, region.Id, company).Equals(CalendarUnitRow.Effective(after, region.Id, company))) continue;
            var cases = await s.Single<int>(OpenCases[viewer.Reach], RowPolicy.Parameters(viewer, new { regionId = region.Id }));
            effects.Add(new CalendarEffect(region.Id, region.Name, cases));
        }
        return effects;
    }, cancel);
}

/// <summary>A region that a save would touch.</summary>
public sealed record CalendarEffect(int RegionId, string RegionName, int OpenCases);

/// <summary>What the company or a region says of its own; what is null is inherited.</summary>
public sealed record CalendarUnitRow
{
    public required int Id { get; init; }
    public required int? ParentId { get; init; }
    public required UnitKind Kind { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string? Zone { get; init; }
    public required int UnitVersion { get; init; }
    public required string? HoursJson { get; init; }
    public required string? DaysJson { get; init; }

    /// <summary>0 where nothing of its own is stored.</summary>
    public required int Version { get; init; }

    public IReadOnlyList<WeekdayHours>? Hours => HoursJson is null ? null : JsonSerializer.Deserialize<List<WeekdayHours>>(HoursJson, CalendarDocument.Json);

    public IReadOnlyList<CalendarDay>? Days => DaysJson is null ? null : JsonSerializer.Deserialize<List<CalendarDay>>(DaysJson, CalendarDocument.Json);

    /// <summary>The unit as a save would leave it.</summary>
    public CalendarUnitRow After(SaveCalendar save) => this with
    {
        Zone = save.Zone,
        HoursJson = save.Hours is null ? null : JsonSerializer.Serialize(CalendarRules.InOrder(save.Hours), CalendarDocument.Json),
        DaysJson = save.Days is null ? null : JsonSerializer.Serialize(CalendarRules.InOrder(save.Days), CalendarDocument.Json),
    };

    /// <summary>What holds for a unit with everything that it inherits.</summary>
    public static CalendarDocument Effective(IReadOnlyList<CalendarUnitRow> units, int unitId, Company company)
    {
        var own = units.First(u => u.Id == unitId);
        var above = units.FirstOrDefault(u => u.Id == own.ParentId);
        return new CalendarDocument
        {
            Zone = own.Zone ?? above?.Zone ?? company.Zone.Id,
            Hours = own.Hours ?? above?.Hours ?? CalendarDocument.StandardHours,
            Days = own.Days ?? above?.Days ?? [],
        };
    }
}

/// <summary>One version of a region's calendar.</summary>
public sealed record CalendarVersionRow
{
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required string DocumentJson { get; init; }

    public CalendarDocument Document => CalendarDocument.FromJson(DocumentJson);
}
