using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Demo;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Database;
using CxDesk.Tests.Ingest;
using CxDesk.Web.People;

namespace CxDesk.Tests.Demo;

public class DemoTests
{
    private static readonly Statement Answers = new("SELECT COUNT(*) FROM Answers");
    private static readonly Statement Ahead = new("SELECT COUNT(*) FROM Answers WHERE RespondedAt > @now OR ReceivedAt > @now");
    private static readonly Statement LastHour = new("SELECT COUNT(*) FROM Answers WHERE RespondedAt > @since");
    private static readonly Statement Kinds = new("SELECT COUNT(*) FROM Units WHERE Kind = @kind AND IsNoTeam = 0");
    private static readonly Statement Agents = new("SELECT COUNT(*) FROM People WHERE AgentCode IS NOT NULL");
    private static readonly Statement Unplaced = new("SELECT (SELECT COUNT(*) FROM Units WHERE IsPlaced = 0) + (SELECT COUNT(*) FROM People WHERE IsPlaced = 0) + (SELECT COUNT(*) FROM Products WHERE IsPlaced = 0)");
    private static readonly Statement NoTeam = new("SELECT COUNT(*) FROM Answers a JOIN Units t ON t.Id = a.TeamId WHERE t.IsNoTeam = 1");
    private static readonly Statement Statuses = new("SELECT COUNT(*) FROM Cases WHERE Status = @status");
    private static readonly Statement Retained = new("SELECT COUNT(*) FROM Measurements m JOIN Measures k ON k.Id = m.MeasureId WHERE k.Code = 'retention'");
    private static readonly Statement Stayed = new("""
        SELECT CAST(1000 * AVG(m.Value) AS bigint) FROM Measurements m JOIN Measures k ON k.Id = m.MeasureId JOIN Products p ON p.Id = m.ProductId
        WHERE k.Code = 'retention' AND p.Code = @product
        """);
    private static readonly Statement Signs = new("SELECT PasswordHash FROM People WHERE UserName = @userName");
    private static readonly Statement Mean = new("""
        SELECT AVG(CAST(a.Csat AS float)) FROM Answers a JOIN Units u ON u.Id = a.RegionId OR u.Id = a.TeamId
        WHERE u.Code = @unit AND a.RespondedAt >= @from AND a.RespondedAt < @to
        """);
    private static readonly Statement MeanByWait = new("""
        SELECT AVG(CAST(a.Csat AS float)) FROM Answers a JOIN Measurements m ON m.AnswerId = a.Id JOIN Measures k ON k.Id = m.MeasureId
        WHERE k.Code = 'wait' AND m.Value >= @from AND m.Value < @to
        """);

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_small_demo_has_the_whole_company_and_sums_that_agree(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var made = new Made(database, 3000);
        Assert.True(await made.Company.IsEmpty());
        await made.Fill();
        Assert.False(await made.Company.IsEmpty());
        Assert.True(await made.Floor.IsThere());

        Assert.Equal((4, 12, 60), (await made.Value(Kinds, new { kind = 2 }), await made.Value(Kinds, new { kind = 3 }), await made.Value(Agents)));
        Assert.Equal((3000, 0, 0), (await made.Value(Answers), await made.Value(Unplaced), await made.Value(NoTeam)));
        Assert.Equal(0, await made.Value(Ahead, new { now = database.Time.Now }));
        Assert.True(await made.Value(LastHour, new { since = database.Time.Now.AddHours(-1) }) >= 60);
        // Who stayed is measured in every region and of every product, and the slow one loses more.
        Assert.Equal(DemoCast.Regions.Count * DemoCast.Products.Count * 13, await made.Value(Retained));
        Assert.True(await made.Value(Stayed, new { product = DemoCast.SlowProduct }) < await made.Value(Stayed, new { product = "mobile" }));
        Assert.Empty(await RollupCheck.Run(database.Db));
        Assert.Empty(await CaseTallyCheck.Run(database.Db));
        foreach (var status in Enum.GetValues<CaseStatus>().Where(s => s != CaseStatus.Waiting))
            Assert.NotEqual(0, await made.Value(Statuses, new { status = (int)status }));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_patterns_are_there_to_be_found(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var made = new Made(database, 12_000);
        await made.Fill();
        var now = database.Time.Now;
        Task<double> Csat(string unit, int fromDays, int toDays) =>
            database.Db.Read(s => s.Single<double>(Mean, new { unit, from = now.AddDays(-fromDays), to = now.AddDays(-toDays) }));
        Task<double> CsatByWait(double from, double to) => database.Db.Read(s => s.Single<double>(MeanByWait, new { from, to }));

        Assert.True(await Csat(DemoCast.SlippedRegion, 7, 0) < await Csat(DemoCast.SlippedRegion, 60, 7) - .15);
        Assert.True(await Csat(DemoCast.RisingTeam, 30, 0) > await Csat(DemoCast.RisingTeam, 91, 60) + .2);
        var soon = await CsatByWait(0, 120);
        Assert.True(Math.Abs(soon - await CsatByWait(120, 240)) < .2);
        Assert.True(await CsatByWait(360, 1e6) < soon - .3);
    }

    [Fact]
    public async Task Everybody_of_the_demo_can_sign_in_with_its_password()
    {
        await using var database = await TestDatabase.Create();
        var made = new Made(database, 0);
        await made.Fill();
        foreach (var userName in (string[])["wall", "supervisor", "agent", "manager", "executive", "admin"])
            Assert.Equal(PasswordCheck.Right, new PasswordHash().Check(await database.Db.Read(s => s.Single<string>(Signs, new { userName })), DemoCompany.Password));
    }

    [Fact]
    public void The_same_seed_gives_the_same_history()
    {
        var options = new DemoOptions { Answers = 200 };
        var now = new TestTime().Now;
        Assert.Equal(
            new DemoAnswers(options, now).History().Select(a => (a.ExternalId, a.RespondedAt, a.Csat, a.Comment, a.Customer!.Name)),
            new DemoAnswers(options, now).History().Select(a => (a.ExternalId, a.RespondedAt, a.Csat, a.Comment, a.Customer!.Name)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_floor_at_work_takes_in_good_answers_knows_what_came_twice_rejects_bad_ones_and_works_on_cases(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var made = new Made(database, 2000);
        await made.Fill();
        var (accepted, duplicates, rejected, acts) = (0, 0, 0, 0);
        for (var i = 0; i < 300; i++)
        {
            database.Time.Now += TimeSpan.FromSeconds(20);
            var result = await made.Floor.Answer();
            accepted += result.Accepted;
            duplicates += result.Duplicates;
            rejected += result.Rejected.Count;
            if (await made.Floor.Act() is { } done)
            {
                Assert.IsType<CaseResult.Done>(done);
                acts++;
            }
        }
        Assert.Equal(300, accepted + duplicates + rejected);
        Assert.All((int[])[duplicates, rejected, acts], n => Assert.NotEqual(0, n));
        Assert.Equal(2000 + accepted, await made.Value(Answers));
        Assert.Empty(await RollupCheck.Run(database.Db));
    }

    private sealed class Made
    {
        private readonly TestDatabase _database;
        private readonly DemoHistory _history;
        private readonly DemoOptions _options;

        public Made(TestDatabase database, int answers)
        {
            (_database, _options) = (database, new DemoOptions { Answers = answers });
            var calendars = new RegionCalendars(database.Company, database.Signal);
            var ingest = IngestFloor.WriterOn(database, database.Company);
            var cases = new CaseWriter(database.Db, calendars, new PolicyBook(database.Signal));
            Company = new DemoCompany(database.Db, database.Company, new PasswordHash());
            _history = new DemoHistory(database.Db, ingest, cases, new CasesOptions());
            Floor = new DemoFloor(database.Db, ingest, cases, _options);
        }

        public DemoCompany Company { get; }
        public DemoFloor Floor { get; }

        public async Task Fill()
        {
            await Company.Create();
            await _history.Fill(_options);
        }

        public Task<int> Value(Statement statement, object? parameters = null) => _database.Db.Read(s => s.Single<int>(statement, parameters));
    }
}
