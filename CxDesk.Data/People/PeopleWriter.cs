using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.People;

/// <summary>People and their accounts. Where they stand in the hierarchy: <see cref="PlaceWriter"/>.</summary>
public sealed class PeopleWriter(Db db)
{
    private static readonly Statement ByUserName = new("SELECT Id FROM People WHERE UserName = @userName");

    private static readonly Statement ByAgentCode = new($"""
        SELECT Id AS {nameof(AgentRow.Id)}, UserName AS {nameof(AgentRow.UserName)} FROM People WHERE AgentCode = @agentCode
        """);

    private static readonly Statement Insert = new(d => $"""
        INSERT INTO People (Name, AgentCode, UserName, Role, SecurityStamp, Language) {d.Output("Id")}
        VALUES (@name, @agentCode, @userName, @role, @stamp, @language) {d.Returning("Id")}
        """);

    private static readonly Statement GiveAccount = new("""
        UPDATE People SET Name = @name, UserName = @userName, Role = @role, SecurityStamp = @stamp, IsPlaced = 1, IsActive = 1, RowVersion = RowVersion + 1
        WHERE Id = @id
        """);

    private static readonly Statement Update = new("""
        UPDATE People SET Name = @name, UserName = @userName, Role = @role, AgentCode = @agentCode, SecurityStamp = COALESCE(SecurityStamp, @stamp),
               IsPlaced = 1, RowVersion = RowVersion + 1
        WHERE Id = @id AND RowVersion = @version
        """);

    private static readonly Statement Present = new($"""
        SELECT Name AS {nameof(PersonNow.Name)}, UserName AS {nameof(PersonNow.UserName)}, Role AS {nameof(PersonNow.Role)},
               AgentCode AS {nameof(PersonNow.AgentCode)}, IsActive AS {nameof(PersonNow.IsActive)}
        FROM People WHERE Id = @id
        """);

    private static readonly Statement SetActive = new("""
        UPDATE People SET IsActive = @active, SecurityStamp = @stamp, RowVersion = RowVersion + 1 WHERE Id = @id AND RowVersion = @version
        """);

    private static readonly Statement ClearLock = new("UPDATE People SET FailedSignIns = 0, LockedUntil = NULL WHERE Id = @id");

    private static readonly Statement OtherAdmins = new("SELECT COUNT(*) FROM People WHERE Role = 5 AND IsActive = 1 AND UserName IS NOT NULL AND Id <> @id");

    /// <summary>A person, with or without an account. An agent code that intake brought already is tied, not made anew.</summary>
    /// <exception cref="InvalidField">name, userName, role, agentCode.</exception>
    public Task<int> Create(Viewer actor, NewPerson person, CancellationToken cancel = default) => db.Write(s => Add(s, actor, person), cancel);

    /// <summary>The same with the link by which the person sets a password, and with a place from a day on.</summary>
    /// <exception cref="InvalidField">As above, and unit.</exception>
    public Task<(int Id, string Link)> Invite(Viewer actor, NewPerson person, int? unitId = null, DateOnly from = default, CancellationToken cancel = default) => db.Write(async s =>
    {
        Codes.UserName(person.UserName);
        var id = await Add(s, actor, person);
        if (unitId is { } unit) await PlaceWriter.Place(s, actor, id, unit, person.Role!.Value, from, null);
        return (id, await PasswordWriter.MakeLink(s, actor, id));
    }, cancel);

    /// <exception cref="InvalidField">name, userName, role, agentCode.</exception>
    /// <exception cref="ChangedMeanwhile">Somebody else saved this person since they were read.</exception>
    public Task Edit(Viewer actor, EditPerson edit, CancellationToken cancel = default) => db.Write(s => Edit(s, actor, edit), cancel);

    internal static async Task Edit(Session s, Viewer actor, EditPerson edit)
    {
        var now = await s.First<PersonNow>(Present, new { id = edit.Id }) ?? throw new InvalidField("person", "Gone", "person: does not exist.");
        var next = new PersonNow
        {
            Name = Codes.Name(edit.Name, "name"),
            UserName = string.IsNullOrWhiteSpace(edit.UserName) ? null : Codes.UserName(edit.UserName),
            Role = edit.Role,
            AgentCode = string.IsNullOrWhiteSpace(edit.AgentCode) ? null : Codes.Name(edit.AgentCode, "agentCode"),
            IsActive = now.IsActive,
        };
        CheckRole(next.UserName, next.Role);
        if (next.UserName is not null && await s.First<int?>(ByUserName, new { userName = next.UserName }) is { } holder && holder != edit.Id) throw UserNameTaken(next.UserName);
        if (next.AgentCode is not null && await s.First<AgentRow>(ByAgentCode, new { agentCode = next.AgentCode }) is { } agent && agent.Id != edit.Id) throw AgentCodeTaken(next.AgentCode);
        if (now.Role == Role.Admin && next.Role != Role.Admin) await KeepAnAdmin(s, edit.Id);
        if (await s.Execute(Update, new { id = edit.Id, version = edit.Version, name = next.Name, userName = next.UserName, role = (int?)next.Role, agentCode = next.AgentCode, stamp = Secret.Make() }) == 0)
            throw await Audit.Conflict(s, "person", edit.Id);
        await Audit.Write(s, actor, "personEdited", "person", edit.Id, new { from = now, to = next });
        s.Changed(ChangeTopic.Units);
    }

    /// <summary>Ends every session of theirs; their past stays. Nobody deactivates the last admin.</summary>
    /// <exception cref="ChangedMeanwhile">Somebody else saved this person since they were read.</exception>
    public Task Deactivate(Viewer actor, int id, int version, CancellationToken cancel = default) => Switch(actor, id, version, active: false, cancel);

    /// <exception cref="ChangedMeanwhile">Somebody else saved this person since they were read.</exception>
    public Task Reactivate(Viewer actor, int id, int version, CancellationToken cancel = default) => Switch(actor, id, version, active: true, cancel);

    /// <summary>Lets somebody try again who mistyped too often.</summary>
    public Task Unlock(Viewer actor, int id, CancellationToken cancel = default) => db.Write(async s =>
    {
        await s.Execute(ClearLock, new { id });
        await Audit.Write(s, actor, "personUnlocked", "person", id);
        s.Changed(ChangeTopic.Units);
    }, cancel);

    internal static async Task<int> Add(Session s, Viewer actor, NewPerson person)
    {
        var name = Codes.Name(person.Name, "name");
        var userName = person.UserName is null ? null : Codes.UserName(person.UserName);
        var agentCode = string.IsNullOrWhiteSpace(person.AgentCode) ? null : Codes.Name(person.AgentCode, "agentCode");
        CheckRole(userName, person.Role);
        if (userName is not null && await s.First<int?>(ByUserName, new { userName }) is not null) throw UserNameTaken(userName);
        var known = agentCode is null ? null : await s.First<AgentRow>(ByAgentCode, new { agentCode });
        if (known is not null && (known.UserName is not null || userName is null)) throw AgentCodeTaken(agentCode!);
        var parameters = new { id = known?.Id, name, agentCode, userName, role = (int?)person.Role, stamp = userName is null ? null : Secret.Make(), language = person.Language };
        int id;
        if (known is null) id = await s.Single<int>(Insert, parameters);
        else
        {
            id = known.Id;
            await s.Execute(GiveAccount, parameters);
        }
        await Audit.Write(s, actor, "personCreated", "person", id, new { name, userName, person.Role, agentCode });
        s.Changed(ChangeTopic.Units);
        return id;
    }

    private Task Switch(Viewer actor, int id, int version, bool active, CancellationToken cancel) => db.Write(async s =>
    {
        if (!active)
        {
            if (id == actor.PersonId) throw new InvalidField("person", "Oneself", "person: nobody deactivates themselves.");
            var now = await s.First<PersonNow>(Present, new { id });
            if (now?.Role == Role.Admin) await KeepAnAdmin(s, id);
        }
        if (await s.Execute(SetActive, new { id, version, active, stamp = Secret.Make() }) == 0) throw await Audit.Conflict(s, "person", id);
        await Audit.Write(s, actor, active ? "personReactivated" : "personDeactivated", "person", id);
        s.Changed(ChangeTopic.Units);
    }, cancel);

    private static async Task KeepAnAdmin(Session s, int id)
    {
        if (await s.Single<int>(OtherAdmins, new { id }) == 0) throw new InvalidField("role", "LastAdmin", "role: this is the last admin.");
    }

    private static void CheckRole(string? userName, Role? role)
    {
        if (userName is not null && role is null) throw new InvalidField("role", "Missing", "role: whoever signs in has a role.");
        if (role is { } given && !Enum.IsDefined(given)) throw new InvalidField("role", "Unknown", "role: is none of agent, supervisor, manager, executive, admin, wall.");
    }

    private static InvalidField UserNameTaken(string name) => new("userName", "Taken", $"userName: {name} is taken.");
    private static InvalidField AgentCodeTaken(string code) => new("agentCode", "Taken", $"agentCode: {code} belongs to another person.");

    private sealed record AgentRow
    {
        public required int Id { get; init; }
        public string? UserName { get; init; }
    }

    private sealed record PersonNow
    {
        public required string Name { get; init; }
        public string? UserName { get; init; }
        public Role? Role { get; init; }
        public string? AgentCode { get; init; }
        public required bool IsActive { get; init; }
    }
}

/// <summary>Somebody new. Without a user name they cannot sign in: an agent whom intake speaks of.</summary>
public sealed record NewPerson
{
    public required string Name { get; init; }
    public string? UserName { get; init; }
    public Role? Role { get; init; }
    public string? AgentCode { get; init; }
    public string? Language { get; init; }
}

/// <summary>All that can be edited, as it is to be; <see cref="Version"/> as it was read.</summary>
public sealed record EditPerson
{
    public required int Id { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public string? UserName { get; init; }
    public Role? Role { get; init; }
    public string? AgentCode { get; init; }
}
