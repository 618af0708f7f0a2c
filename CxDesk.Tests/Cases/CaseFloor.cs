using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Cases;

/// <summary>A small company on a test database: a region in Paris with a team, its people, and answers as asked for.</summary>
public sealed class CaseFloor : IAsyncDisposable
{
    public const int Region = 2, Team = 3, NoTeam = 4, OtherRegion = 5, OtherTeam = 6;
    public const int Supervisor = 1, Manager = 2, Agent = 3, Colleague = 4, Stranger = 5, Gone = 6, Executive = 7;

    private static readonly Statement Units = new("""
        INSERT INTO Units (Id, ParentId, Kind, Code, Name, TimeZone, IsNoTeam) VALUES
            (2, 1, 2, 'north', 'North', 'Europe/Paris', 0), (3, 2, 3, 'phone', 'Phone', NULL, 0), (4, 2, 3, 'north/no-team', 'no team', NULL, 1),
            (5, 1, 2, 'east', 'East', 'Asia/Shanghai', 0), (6, 5, 3, 'mail', 'Mail', NULL, 0)
        """);

    private static readonly Statement People = new("""
        INSERT INTO People (Id, Name, AgentCode, UserName, Role, IsActive) VALUES
            (1, 'Sue', NULL, 'sue', 2, 1), (2, 'Mia', NULL, 'mia', 3, 1), (3, 'Ann', 'a1', 'ann', 1, 1), (4, 'Bob', 'a2', 'bob', 1, 1),
            (5, 'Eve', 'a3', 'eve', 1, 1), (6, 'Gil', 'a4', 'gil', 1, 0), (7, 'Max', NULL, 'max', 4, 1)
        """);

    private static readonly Statement Places = new("""
        INSERT INTO Places (PersonId, UnitId, Role, FromDay) VALUES
            (1, 3, 2, '2020-01-01'), (2, 2, 3, '2020-01-01'), (3, 3, 1, '2020-01-01'), (4, 3, 1, '2020-01-01'), (5, 6, 1, '2020-01-01'),
            (6, 3, 1, '2020-01-01'), (7, 1, 4, '2020-01-01')
        """);

    private static readonly Statement Codes = new("""
        INSERT INTO Products (Id, Code, Name) VALUES (1, 'net', 'Home net'), (2, 'tv', 'Streaming')
        """);

    private static readonly Statement Channels = new("INSERT INTO Channels (Id, Code, Name) VALUES (1, 'phone', 'Phone')");
    private static readonly Statement Sources = new("INSERT INTO Sources (Id, Code, Name) VALUES (1, 'survey', 'Survey')");

    private static readonly Statement AddCustomer = new(d => $"""
        INSERT INTO Customers (Code, Name, Value12m, AsOf) {d.Output("Id")} VALUES (@code, @name, @value, @at) {d.Returning("Id")}
        """);

    private static readonly Statement AddAnswer = new(d => $"""
        INSERT INTO Answers (SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, CustomerId, Csat, IsLow, Comment)
        {d.Output("Id")}
        VALUES (1, @externalId, @at, @at, @day, @regionId, @teamId, @agentId, @productId, 1, @customerId, @csat, 1, @comment)
        {d.Returning("Id")}
        """);

    private int _answers;

    private CaseFloor(TestDatabase database)
    {
        Database = database;
        Calendars = new RegionCalendars(database.Company, database.Signal);
        Policies = new PolicyBook(database.Signal);
        Opener = new CaseOpener(Calendars, new CaseResponsibility(database.Company, database.Signal));
        Writer = new CaseWriter(database.Db, Calendars, Policies);
        Query = new CaseQuery(database.Db, Calendars);
        Board = new CaseBoardQuery(database.Db, database.Company, Calendars);
    }

    public TestDatabase Database { get; }
    public RegionCalendars Calendars { get; }
    public PolicyBook Policies { get; }
    public CaseOpener Opener { get; }
    public CaseWriter Writer { get; }
    public CaseQuery Query { get; }
    public CaseBoardQuery Board { get; }

    /// <summary>SQLite takes the ids as they are given; SQL Server numbers them from where its first row stands.</summary>
    public static async Task<CaseFloor> Create(DatabaseProvider engine)
    {
        var floor = new CaseFloor(await TestDatabase.Create(engine));
        await floor.Database.Db.Write(async s =>
        {
            foreach (var (table, statement) in ((string, Statement)[])[("Units", Units), ("People", People), ("Products", Codes), ("Channels", Channels), ("Sources", Sources)])
                await s.Execute(WithIds(table, statement));
            await s.Execute(Places);
        });
        return floor;
    }

    public static Viewer ViewerOf(int personId) => personId switch
    {
        Supervisor => new Viewer { PersonId = Supervisor, Name = "Sue", Role = Role.Supervisor, Reach = Reach.Units, TeamIds = [Team] },
        Manager => new Viewer { PersonId = Manager, Name = "Mia", Role = Role.Manager, Reach = Reach.Units, RegionIds = [Region] },
        Agent => new Viewer { PersonId = Agent, Name = "Ann", Role = Role.Agent, Reach = Reach.Own, TeamIds = [Team] },
        Colleague => new Viewer { PersonId = Colleague, Name = "Bob", Role = Role.Agent, Reach = Reach.Own, TeamIds = [Team] },
        Stranger => new Viewer { PersonId = Stranger, Name = "Eve", Role = Role.Agent, Reach = Reach.Own, TeamIds = [OtherTeam] },
        Executive => new Viewer { PersonId = Executive, Name = "Max", Role = Role.Executive, Reach = Reach.All },
        _ => throw new ArgumentOutOfRangeException(nameof(personId), personId, "not somebody who signs in"),
    };

    public Task<long> Customer(string code, decimal? value = null) => Database.Db.Write(s =>
        s.Single<long>(AddCustomer, new { code, name = "Customer " + code, value, at = s.Now }));

    /// <summary>Stores a low answer and gives it its case, as intake does.</summary>
    public Task<OpenedCase> Open(
        int csat = 2, long? customerId = null, decimal? value = null, bool tierA = false, int teamId = Team, int regionId = Region, int? agentId = null,
        int productId = 1, string? comment = null, DateTimeOffset? at = null) => Database.Db.Write(async s =>
    {
        var opened = at ?? s.Now;
        var answerId = await s.Single<long>(AddAnswer, new
        {
            externalId = $"x{Interlocked.Increment(ref _answers)}", at = opened, day = Database.Company.DayOf(opened), regionId, teamId, agentId, productId, customerId, csat, comment,
        });
        return await Opener.OpenOrJoin(s, new LowAnswer
        {
            AnswerId = answerId, OpenedAt = opened, RegionId = regionId, TeamId = teamId, AgentId = agentId, ProductId = productId,
            CustomerId = customerId, Value12m = value, Judgement = (await Policies.Present(s)).Judge(new AnswerFacts { Csat = csat, Product = "net", Region = "north", Channel = "phone", Comment = comment }, new CustomerFacts(value, tierA, null))!,
        });
    });

    public Task<CaseResult> Do(int personId, CaseCommand command) => Writer.Do(ViewerOf(personId), command);

    public async Task<CaseRow> Read(long caseId) => (await Query.Read(Viewer.System, caseId))!.Case;

    public Task<IReadOnlyList<T>> Read<T>(Statement statement, object? parameters = null) => Database.Db.Read(s => s.Query<T>(statement, parameters));

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static Statement WithIds(string table, Statement statement) => Statement.PerEngine(
        statement.For(SqlDialect.Sqlite), $"SET IDENTITY_INSERT {table} ON; {statement.For(SqlDialect.SqlServer)}; SET IDENTITY_INSERT {table} OFF;");
}
