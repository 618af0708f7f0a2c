using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Scorecards;

/// <summary>
/// A small company with answers and the rollups of them: regions 10 and 20, teams 11, 12 (and 19 for "no team") in the
/// first, 21 and 29 in the second, agents 101 and on, products 1–3, channels 1–2, segments 1–2.
/// </summary>
public sealed class Floor(TestDatabase database)
{
    public const int North = 10, NorthA = 11, NorthB = 12, NorthNone = 19, South = 20, SouthA = 21, SouthNone = 29;

    private static readonly Statement AddUnit = new(d => d == SqlDialect.Sqlite
        ? "INSERT INTO Units (Id, ParentId, Kind, Code, Name, IsNoTeam) VALUES (@id, @parent, @kind, @code, @name, @none)"
        : "SET IDENTITY_INSERT Units ON; INSERT INTO Units (Id, ParentId, Kind, Code, Name, IsNoTeam) VALUES (@id, @parent, @kind, @code, @name, @none); SET IDENTITY_INSERT Units OFF;");
    private static readonly Statement AddAgent = new(d => d == SqlDialect.Sqlite
        ? "INSERT INTO People (Id, Name, AgentCode) VALUES (@id, @name, @code)"
        : "SET IDENTITY_INSERT People ON; INSERT INTO People (Id, Name, AgentCode) VALUES (@id, @name, @code); SET IDENTITY_INSERT People OFF;");
    private static readonly Statement AddSource = new("INSERT INTO Sources (Code, Name) VALUES ('test', 'test')");
    private static readonly Statement AddProduct = new("INSERT INTO Products (Code, Name) VALUES (@code, @code)");
    private static readonly Statement AddChannel = new("INSERT INTO Channels (Code, Name) VALUES (@code, @code)");
    private static readonly Statement AddSegment = new("INSERT INTO Segments (Code, Name) VALUES (@code, @code)");
    private static readonly Statement AddAnswer = new("""
        INSERT INTO Answers (SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId, Csat, Nps, Ces)
        VALUES (1, @id, @at, @at, @day, @region, @team, @agent, @product, @channel, @segment, @csat, @nps, @ces)
        """);
    private static readonly Statement AddRollup = new("""
        INSERT INTO Rollups (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, N, SumX, SumXX, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, NewestAt)
        VALUES (@axis, 1, @metric, @day, @region, @team, @key, @N, @Sum, @SumSq, @V0, @V1, @V2, @V3, @V4, @V5, @V6, @V7, @V8, @V9, @V10, @newest)
        """);

    private static readonly Statement MoreRollup = new("""
        UPDATE Rollups SET N = N + @N, SumX = SumX + @Sum, SumXX = SumXX + @SumSq, V0 = V0 + @V0, V1 = V1 + @V1, V2 = V2 + @V2, V3 = V3 + @V3, V4 = V4 + @V4, V5 = V5 + @V5,
            V6 = V6 + @V6, V7 = V7 + @V7, V8 = V8 + @V8, V9 = V9 + @V9, V10 = V10 + @V10, NewestAt = CASE WHEN NewestAt < @newest THEN @newest ELSE NewestAt END
        WHERE Axis = @axis AND Kind = 1 AND MetricId = @metric AND Day = @day AND RegionId = @region AND TeamId = @team AND KeyId = @key
        """);

    private static readonly Statement NextVersion = new("UPDATE RollupDays SET Version = Version + 1 WHERE Day = @day");
    private static readonly Statement FirstVersion = new("INSERT INTO RollupDays (Day, Version) VALUES (@day, 1)");

    public static readonly ScorecardQuery Query = new(new ScorecardsOptions(), new Company(new CompanyOptions()));

    public TestDatabase Database => database;

    /// <summary>Every answer that was stored.</summary>
    public List<FloorAnswer> Answers { get; } = [];

    public static async Task<Floor> Create(DatabaseProvider engine, params IEnumerable<FloorAnswer> answers)
    {
        var floor = new Floor(await TestDatabase.Create(engine));
        await floor.Database.Db.Write(async s =>
        {
            foreach (var (id, parent, kind, code, none) in ((int, int, int, string, bool)[])[
                (North, 1, 2, "north", false), (South, 1, 2, "south", false), (NorthA, North, 3, "north-a", false), (NorthB, North, 3, "north-b", false),
                (NorthNone, North, 3, "north/no-team", true), (SouthA, South, 3, "south-a", false), (SouthNone, South, 3, "south/no-team", true)])
                await s.Execute(AddUnit, new { id, parent, kind, code, name = code, none });
            foreach (var id in Enumerable.Range(101, 8))
                await s.Execute(AddAgent, new { id, name = $"Agent {id}", code = $"a{id}" });
            await s.Execute(AddSource);
            foreach (var code in (string[])["phone", "net", "tv"]) await s.Execute(AddProduct, new { code });
            foreach (var code in (string[])["home", "business"]) await s.Execute(AddSegment, new { code });
            foreach (var code in (string[])["call", "chat"]) await s.Execute(AddChannel, new { code });
        });
        await floor.Store(answers);
        return floor;
    }

    /// <summary>Stores answers and their rollups.</summary>
    public Task Store(IEnumerable<FloorAnswer> answers) => database.Db.Write(async s =>
    {
        var stored = answers.ToList();
        foreach (var (i, a) in stored.Index())
            await s.Execute(AddAnswer, new
            {
                id = $"x{Answers.Count + i}", at = a.At, day = a.Day, region = a.Region, team = a.Team, agent = a.Agent,
                product = a.Product, channel = a.Channel, segment = a.Segment, csat = a.Csat, nps = a.Nps, ces = a.Ces,
            });
        foreach (var group in
            from a in stored
            from score in a.Scores
            from key in a.Keys
            group (score.Value, a.At) by (key.Axis, key.Key, score.Metric, a.Day, a.Region, a.Team))
        {
            var sums = group.Aggregate(new ScoreSums(), (x, y) => x + ScoreSums.Of(y.Value));
            var rollup = new
            {
                axis = (int)group.Key.Axis, metric = (int)group.Key.Metric, day = group.Key.Day, region = group.Key.Region, team = group.Key.Team,
                key = group.Key.Key, newest = group.Max(x => x.At), sums.N, sums.Sum, sums.SumSq,
                sums.V0, sums.V1, sums.V2, sums.V3, sums.V4, sums.V5, sums.V6, sums.V7, sums.V8, sums.V9, sums.V10,
            };
            if (await s.Execute(MoreRollup, rollup) == 0) await s.Execute(AddRollup, rollup);
        }
        foreach (var day in stored.Select(a => a.Day).Distinct())
            if (await s.Execute(NextVersion, new { day }) == 0) await s.Execute(FirstVersion, new { day });
        Answers.AddRange(stored);
    });

    public static readonly Viewer Executive = new() { PersonId = 900, Name = "Executive", Role = Role.Executive, Reach = Reach.All };
    public static readonly Viewer Display = new() { Name = "Wall", Role = Role.Wall, Reach = Reach.None };
    public static Viewer ManagerOf(int region) => new() { PersonId = 901, Name = "Manager", Role = Role.Manager, Reach = Reach.Units, RegionIds = [region] };
    public static Viewer SupervisorOf(int team) => new() { PersonId = 902, Name = "Supervisor", Role = Role.Supervisor, Reach = Reach.Units, TeamIds = [team] };
    public static Viewer KeyOf(int region) => new() { Name = "key", Role = Role.Admin, Reach = Reach.Units, RegionIds = [region] };
    public static Viewer AgentOf(int agent, int team) => new() { PersonId = agent, Name = "Agent", Role = Role.Agent, Reach = Reach.Own, TeamIds = [team] };
}

public sealed record FloorAnswer(DateOnly Day, int Team, int? Csat = null, int? Nps = null, int? Ces = null, int? Agent = null, int Product = 1, int Channel = 1, int? Segment = null)
{
    public int Region => Team / 10 * 10;
    public DateTimeOffset At => new(Day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    public IEnumerable<(Metric Metric, int Value)> Scores =>
        ((Metric Metric, int? Value)[])[(Metric.Csat, Csat), (Metric.Nps, Nps), (Metric.Ces, Ces)] is var all
            ? all.Where(s => s.Value is not null).Select(s => (s.Metric, s.Value!.Value)) : [];

    public IEnumerable<(RollupAxis Axis, int Key)> Keys =>
        [.. Always, .. Agent is { } agent ? new[] { (RollupAxis.Agent, agent) } : [], .. Segment is { } segment ? new[] { (RollupAxis.Segment, segment) } : []];

    private (RollupAxis, int)[] Always => [(RollupAxis.Team, 0), (RollupAxis.Product, Product), (RollupAxis.Channel, Channel)];
}
