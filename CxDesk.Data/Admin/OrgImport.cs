using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Admin;

/// <summary>
/// Brings a company in from one file: units, then people, then places, whatever the order of the lines. Running it again
/// changes nothing but what the file says otherwise. On any fault nothing is stored, and every fault is told.
/// </summary>
public sealed class OrgImport(Db db, Company company)
{
    private static readonly Statement UnitByCode = new($"""
        SELECT Id AS {nameof(UnitNow.Id)}, ParentId AS {nameof(UnitNow.ParentId)}, Name AS {nameof(UnitNow.Name)}, TimeZone AS {nameof(UnitNow.TimeZone)},
               FallbackPersonId AS {nameof(UnitNow.FallbackPersonId)}, IsPlaced AS {nameof(UnitNow.IsPlaced)}, RowVersion AS {nameof(UnitNow.RowVersion)}
        FROM Units WHERE Kind = @kind AND Code = @code
        """);

    private static readonly Statement PersonBy = new($"""
        SELECT Id AS {nameof(PersonNow.Id)}, Name AS {nameof(PersonNow.Name)}, UserName AS {nameof(PersonNow.UserName)}, Role AS {nameof(PersonNow.Role)},
               AgentCode AS {nameof(PersonNow.AgentCode)}, RowVersion AS {nameof(PersonNow.RowVersion)}
        FROM People WHERE UserName = @userName OR AgentCode = @agentCode
        """);

    private static readonly Statement SamePlace = new("""
        SELECT COUNT(*) FROM Places
        WHERE PersonId = @personId AND UnitId = @unitId AND Role = @role AND FromDay = @from AND (ToDay = @to OR (ToDay IS NULL AND @to IS NULL))
        """);

    private static readonly Statement SameStart = new("SELECT Id FROM Places WHERE PersonId = @personId AND UnitId = @unitId AND Role = @role AND FromDay = @from");
    private static readonly Statement MovePlaceEnd = new("UPDATE Places SET ToDay = @to WHERE Id = @id");

    public async Task<OrgImported> Run(Viewer actor, TextReader file, CancellationToken cancel = default)
    {
        var (rows, faults) = OrgFile.Read(file);
        try
        {
            return await db.Write(s => Store(s, actor, rows, faults), cancel);
        }
        catch (OrgRefused refused)
        {
            return new OrgImported { Faults = refused.Faults };
        }
    }

    private async Task<OrgImported> Store(Session s, Viewer actor, IReadOnlyList<OrgRow> rows, IReadOnlyList<OrgFault> ofReading)
    {
        var done = new OrgImported { Faults = [] };
        var faults = new List<OrgFault>(ofReading);
        foreach (var kind in Enum.GetValues<UnitKind>())
            foreach (var row in rows.Where(r => r.Type == "unit" && r.Kind == kind)) await Try(row, async () => done.Units += await Unit(s, actor, row));
        foreach (var row in rows.Where(r => r.Type == "person")) await Try(row, async () => done.People += await Person(s, actor, row));
        foreach (var row in rows.Where(r => r.Type == "place")) await Try(row, async () => done.Places += await Place(s, actor, row));
        // Leaves the transaction by a throw, so that it is rolled back.
        if (faults.Count > 0) throw new OrgRefused([.. faults.OrderBy(f => f.Line)]);
        return done;

        async Task Try(OrgRow row, Func<Task> store)
        {
            try
            {
                await store();
            }
            catch (InvalidField fault)
            {
                faults.Add(new OrgFault(row.Line, fault.Message));
            }
        }
    }

    private async Task<int> Unit(Session s, Viewer actor, OrgRow row)
    {
        var parentId = row.Kind switch
        {
            UnitKind.Company => null,
            UnitKind.Region => (int?)(await s.First<UnitNow>(UnitByCode, new { kind = 1, code = "company" }))!.Id,
            UnitKind.Team => (await s.First<UnitNow>(UnitByCode, new { kind = 2, code = row.Parent }))?.Id
                ?? throw new InvalidField("parent", "Unknown", $"parent: there is no region with the code {row.Parent}."),
        };
        var timeZone = row.TimeZone.Length == 0 ? null : row.TimeZone;
        if (await s.First<UnitNow>(UnitByCode, new { kind = (int)row.Kind, code = row.Code }) is not { } now)
        {
            await UnitWriter.Add(s, actor, new NewUnit { Kind = row.Kind, Code = row.Code, Name = row.Name, ParentId = parentId, TimeZone = timeZone });
            return 1;
        }
        if (now.IsPlaced && now.ParentId == parentId && now.Name == row.Name && (timeZone is null || now.TimeZone == timeZone)) return 0;
        await UnitWriter.Edit(s, company, actor, new EditUnit
        {
            Id = now.Id, Version = now.RowVersion, Name = row.Name, ParentId = parentId, TimeZone = timeZone ?? now.TimeZone, FallbackPersonId = now.FallbackPersonId,
        });
        return 1;
    }

    private static async Task<int> Person(Session s, Viewer actor, OrgRow row)
    {
        var userName = row.UserName.Length == 0 ? null : Codes.UserName(row.UserName, "user");
        var agentCode = row.AgentCode.Length == 0 ? null : row.AgentCode;
        var known = await s.Query<PersonNow>(PersonBy, new { userName, agentCode });
        if (known.Count > 1) throw new InvalidField("agent", "Taken", $"agent: {agentCode} and user {userName} are two people already.");
        if (known is [])
        {
            await PeopleWriter.Add(s, actor, new NewPerson { Name = row.Name, UserName = userName, Role = row.Role ?? (userName is null ? Role.Agent : null), AgentCode = agentCode });
            return 1;
        }
        var now = known[0];
        var edit = new EditPerson
        {
            Id = now.Id, Version = now.RowVersion, Name = row.Name, UserName = userName ?? now.UserName, Role = row.Role ?? now.Role, AgentCode = agentCode ?? now.AgentCode,
        };
        if (now.UserName is not null && now.UserName != edit.UserName) throw new InvalidField("user", "Taken", $"user: agent {agentCode} is {now.UserName} already.");
        if (edit.Name == now.Name && edit.UserName == now.UserName && edit.Role == now.Role && edit.AgentCode == now.AgentCode) return 0;
        await PeopleWriter.Edit(s, actor, edit);
        return 1;
    }

    private static async Task<int> Place(Session s, Viewer actor, OrgRow row)
    {
        var userName = row.UserName.Length == 0 ? null : Codes.UserName(row.UserName, "user");
        var known = await s.Query<PersonNow>(PersonBy, new { userName, agentCode = row.AgentCode.Length == 0 ? null : row.AgentCode });
        if (known.Count != 1) throw new InvalidField("user", "Unknown", $"user: there is nobody called {row.UserName}{row.AgentCode}.");
        var unitId = await UnitId(s, row);
        var place = new { personId = known[0].Id, unitId, role = (int)row.Role!.Value, from = row.From!.Value, to = row.To };
        if (await s.Single<int>(SamePlace, place) > 0) return 0;
        if (await s.First<int?>(SameStart, place) is { } id)
        {
            // Without an end the file leaves it to a later line, or to an admin, when the place ended.
            if (row.To is not { } end) return 0;
            if (end <= row.From) throw new InvalidField("to", "BeforeFrom", "to: is not after from.");
            await s.Execute(MovePlaceEnd, new { id, to = end });
            await Audit.Write(s, actor, "placeEnded", "person", known[0].Id, new { unitId, to = end });
            s.Changed(Feed.ChangeTopic.Units);
            return 1;
        }
        await PlaceWriter.Place(s, actor, known[0].Id, unitId, row.Role!.Value, row.From!.Value, row.To);
        return 1;
    }

    // The role says which kind is meant where a region and a team have the same code.
    private static async Task<int> UnitId(Session s, OrgRow row)
    {
        UnitKind[] order = row.Role == Role.Agent || row.Role == Role.Supervisor
            ? [UnitKind.Team, UnitKind.Region, UnitKind.Company]
            : [UnitKind.Region, UnitKind.Team, UnitKind.Company];
        foreach (var kind in order)
            if (await s.First<UnitNow>(UnitByCode, new { kind = (int)kind, code = row.Unit }) is { } unit) return unit.Id;
        throw new InvalidField("unit", "Unknown", $"unit: there is no unit with the code {row.Unit}.");
    }

    private sealed class OrgRefused(IReadOnlyList<OrgFault> faults) : Exception
    {
        public IReadOnlyList<OrgFault> Faults => faults;
    }

    private sealed record UnitNow
    {
        public required int Id { get; init; }
        public int? ParentId { get; init; }
        public required string Name { get; init; }
        public string? TimeZone { get; init; }
        public int? FallbackPersonId { get; init; }
        public required bool IsPlaced { get; init; }
        public required int RowVersion { get; init; }
    }

    private sealed record PersonNow
    {
        public required int Id { get; init; }
        public required string Name { get; init; }
        public string? UserName { get; init; }
        public Role? Role { get; init; }
        public string? AgentCode { get; init; }
        public required int RowVersion { get; init; }
    }
}

/// <summary>What was added or changed; with faults, nothing was.</summary>
public sealed record OrgImported
{
    public int Units { get; set; }
    public int People { get; set; }
    public int Places { get; set; }

    /// <summary>By line.</summary>
    public required IReadOnlyList<OrgFault> Faults { get; init; }
}
