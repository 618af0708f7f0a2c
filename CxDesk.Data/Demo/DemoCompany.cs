using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Targets;

namespace CxDesk.Data.Demo;

/// <summary>Puts the cast into an empty database: units, people in their places, codes with names, and what is aimed at.</summary>
public sealed class DemoCompany(Db db, Company company, IPasswordHash passwords)
{
    public const string Password = "demo";

    private const int TheCompany = 1;

    private static readonly IReadOnlyList<WeekdayHours> WithNoonBreak =
    [
        .. from day in Enumerable.Range(1, 5)
           from hours in (BusinessHours[])[BusinessHours.Between(9, 12), BusinessHours.Between(13, 18)]
           select new WeekdayHours((DayOfWeek)day, hours),
    ];

    private static readonly Statement Anything = new("""
        SELECT (SELECT COUNT(*) FROM Units WHERE Id <> 1) + (SELECT COUNT(*) FROM People) + (SELECT COUNT(*) FROM Sources)
        """);

    private static readonly Statement NameCompany = new("UPDATE Units SET Name = @name, FallbackPersonId = @fallback WHERE Id = 1");

    private static readonly Statement AddUnit = new(d => $"""
        INSERT INTO Units (ParentId, Kind, Code, Name, TimeZone, IsNoTeam) {d.Output("Id")}
        VALUES (@parentId, @kind, @code, @name, @zone, @isNoTeam) {d.Returning("Id")}
        """);

    private static readonly Statement AddPerson = new(d => $"""
        INSERT INTO People (Name, AgentCode, UserName, Role, PasswordHash, SecurityStamp, Language) {d.Output("Id")}
        VALUES (@name, @agentCode, @userName, @role, @hash, @stamp, @language) {d.Returning("Id")}
        """);

    private static readonly Statement AddPlace = new("INSERT INTO Places (PersonId, UnitId, Role, FromDay) VALUES (@personId, @unitId, @role, @from)");
    private static readonly Statement AddSource = new("INSERT INTO Sources (Code, Name, IsPlaced) VALUES (@code, @name, 1)");
    private static readonly Statement AddProduct = new("INSERT INTO Products (Code, Name, IsPlaced) VALUES (@code, @name, 1)");
    private static readonly Statement AddChannel = new("INSERT INTO Channels (Code, Name, IsPlaced) VALUES (@code, @name, 1)");
    private static readonly Statement AddSegment = new("INSERT INTO Segments (Code, Name, IsPlaced) VALUES (@code, @name, 1)");
    private static readonly Statement AddTouchpoint = new("INSERT INTO Touchpoints (Code, Name, IsPlaced) VALUES (@code, @name, 1)");

    // The reserved ones are there already.
    private static readonly Statement AddAttribute = new("""
        INSERT INTO Attributes (Code, Name, IsPlaced)
        SELECT CAST(@code AS nvarchar(200)), CAST(@name AS nvarchar(200)), 1 FROM Units WHERE Id = 1 AND NOT EXISTS (SELECT 1 FROM Attributes WHERE Code = @code)
        """);

    private static readonly Statement LimitWait = new("UPDATE Measures SET UpperLimit = 300 WHERE Code = 'wait'");

    private static readonly Statement AddTarget = new("""
        INSERT INTO Targets (UnitId, ProductId, ChannelId, Kind, MetricId, FromDay, Target, Source, Note, CreatedAt, CreatedBy)
        SELECT (SELECT Id FROM Units WHERE Code = @unit AND Kind < 3), (SELECT Id FROM Products WHERE Code = @product), NULL, 1, @metric, @from, @target,
               @source, @note, @at, @by
        FROM Units WHERE Id = 1
        """);

    private static readonly Statement AimAtWait = new($"""
        INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy)
        SELECT 1, {(int)RollupKind.Measure}, Id, @from, @target, {(int)TargetSource.Management}, @at, @by FROM Measures WHERE Code = 'wait'
        """);

    /// <summary>Whether nobody has used the database yet: no unit but the company, no person, nothing that came in.</summary>
    public Task<bool> IsEmpty(CancellationToken cancel = default) => db.Read(async s => await s.Single<long>(Anything) == 0, cancel);

    /// <summary>Creates everything in one transaction.</summary>
    public Task Create(CancellationToken cancel = default)
    {
        var hash = passwords.Hash(Password);
        return db.Write(async s =>
        {
            var from = company.DayOf(s.Now).AddYears(-1);
            var executive = await Person(s, DemoCast.Executive, "executive", Role.Executive, hash, TheCompany, from);
            await s.Execute(NameCompany, new { name = DemoCast.Company, fallback = executive });
            await Person(s, DemoCast.Admin, "admin", Role.Admin, hash, null, from);
            await Person(s, "Wall", "wall", Role.Wall, hash, null, from);
            var agents = 0;
            foreach (var region in DemoCast.Regions)
            {
                var regionId = await Unit(s, TheCompany, UnitKind.Region, region.Code, region.Name, region.Zone);
                await CalendarWriter.Save(s, company, Viewer.System, new SaveCalendar
                {
                    UnitId = regionId, Version = 0, UnitVersion = 1, Zone = region.Zone, Hours = region.Code == "china" ? WithNoonBreak : null,
                    Days = ShippedHolidays.All.First(set => set.Code == region.Holidays).Days,
                });
                await Unit(s, regionId, UnitKind.Team, region.Code + "/no-team", "no team", null, isNoTeam: true);
                await Person(s, region.Manager, region.ManagerUser, Role.Manager, hash, regionId, from);
                foreach (var team in region.Teams)
                {
                    var teamId = await Unit(s, regionId, UnitKind.Team, team.Code, team.Name);
                    await Person(s, team.Supervisor, team.SupervisorUser, Role.Supervisor, hash, teamId, from);
                    foreach (var agent in team.Agents)
                    {
                        var code = DemoAnswers.AgentCode(++agents);
                        var userName = agent == DemoCast.AgentWhoSignsIn ? "agent" : code.ToLowerInvariant();
                        await Person(s, agent, userName, Role.Agent, hash, teamId, from, code);
                    }
                }
            }
            await Codes(s);
            await Targets(s, from);
            await Views(s, executive);
            // It was there when its history began.
            await UnitHistory.Keep(s, company.StartOf(from));
            await Audit.Write(s, Viewer.System, "demoCreated", "company", TheCompany);
            s.Changed(ChangeTopic.Units);
            s.Changed(ChangeTopic.Targets);
        }, cancel);
    }

    private static Task<int> Unit(Session s, int parentId, UnitKind kind, string code, string name, string? zone = null, bool isNoTeam = false) =>
        s.Single<int>(AddUnit, new { parentId, kind = (int)kind, code, name, zone, isNoTeam });

    private static async Task<int> Person(Session s, string name, string userName, Role role, string hash, int? unitId, DateOnly from, string? agentCode = null)
    {
        var personId = await s.Single<int>(AddPerson, new { name, agentCode, userName, role = (int)role, hash, stamp = Secret.Make(), language = (string?)null });
        if (unitId is not null) await s.Execute(AddPlace, new { personId, unitId, role = (int)role, from });
        return personId;
    }

    private static async Task Codes(Session s)
    {
        await s.Execute(AddSource, new { code = DemoCast.Source, name = "Surveys" });
        foreach (var product in DemoCast.Products) await s.Execute(AddProduct, new { code = product.Code, name = product.Name });
        foreach (var (statement, codes) in ((Statement, IReadOnlyList<DemoCode>)[])
            [(AddChannel, DemoCast.Channels), (AddSegment, DemoCast.Segments), (AddTouchpoint, DemoCast.Touchpoints), (AddAttribute, DemoCast.Attributes)])
            foreach (var code in codes) await s.Execute(statement, new { code = code.Code, name = code.Name });
        await s.Execute(LimitWait);
    }

    // What everybody finds in the menu of views.
    private static async Task Views(Session s, int executive)
    {
        var owner = new Viewer { PersonId = executive, Name = DemoCast.Executive, Role = Role.Executive, Reach = Reach.All };
        foreach (var (name, query) in ((string, string)[])
            [("Mine by deadline", "owner=me&sort=due&view=list"), ("Critical and nobody's", "severity=critical&owner=none"), ("Overdue", "overdue=true&sort=due&view=list")])
            await SavedViewWriter.Save(s, owner, new SavedViewDraft { Name = name, Query = query, Audience = ViewAudience.Company });
    }

    // What is aimed at: the industry's figure for the company, own agreements with two regions and two products.
    private static async Task Targets(Session s, DateOnly from)
    {
        (string? Unit, string? Product, int Metric, double Target, int Source, string Note)[] targets =
        [
            ("company", null, 1, 4.30, 1, "Telecom median"), ("company", null, 2, 35, 1, "Telecom median"), ("company", null, 3, 5.4, 3, "Agreed for the year"),
            ("china", null, 1, 4.35, 3, "Agreed for the year"), ("europe", null, 1, 4.25, 3, "Agreed for the year"),
            (null, "home-internet", 1, 4.10, 2, "Same quarter last year"), (null, "business-line", 1, 4.45, 3, "Agreed for the year"),
            ("china", null, 1, 4.30, 1, "Telecom median of the region"), ("europe", null, 1, 4.20, 2, "Same quarter last year"), ("company", null, 3, 5.2, 1, "Telecom median"),
        ];
        foreach (var (unit, product, metric, target, source, note) in targets)
            await s.Execute(AddTarget, new { unit, product, metric, target, source, note, from, at = new DateTimeOffset(from, default, TimeSpan.Zero), by = DemoCast.Executive });
        await s.Execute(AimAtWait, new { target = 240.0, from, at = new DateTimeOffset(from, default, TimeSpan.Zero), by = DemoCast.Executive });
    }
}
