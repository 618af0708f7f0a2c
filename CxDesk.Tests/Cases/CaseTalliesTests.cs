using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Tests.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Cases;

/// <summary>The numbers of the board are those of its cases, whatever these live through.</summary>
public sealed class CaseTalliesTests
{
    private static readonly Statement Lose = new("DELETE FROM CaseTallies WHERE Grain = 2");
    private static readonly Statement Sum = new("SELECT COALESCE(SUM(New + InProgress + Waiting), 0) FROM CaseTallies WHERE Grain = 1");

    [Theory, OnSqlite, OnSqlServer]
    public async Task Tallies_equal_the_cases_after_any_lives(DatabaseProvider engine)
    {
        for (var seed = 1; seed <= (engine == DatabaseProvider.Sqlite ? 6 : 2); seed++)
        {
            await using var floor = await CaseFloor.Create(engine);
            var random = new Random(seed);
            var ids = new List<long>();
            for (var step = 0; step < 120; step++)
            {
                floor.Database.Time.Now += TimeSpan.FromMinutes(random.Next(600));
                if (ids.Count < 3 || random.Next(3) == 0) ids.Add((await Opened(floor, random)).CaseId);
                else await floor.Writer.Do(Viewer.System, Next(ids[random.Next(ids.Count)], random, floor.Database.Time.Now));
                if (step % 40 == 39) Assert.Empty(await CaseTallyCheck.Run(floor.Database.Db));
            }
            Assert.NotEqual(0, await floor.Database.Db.Read(s => s.Single<long>(Sum)));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_tally_that_is_lost_is_found(DatabaseProvider engine)
    {
        await using var floor = await CaseFloor.Create(engine);
        await floor.Open(csat: 1);
        Assert.Empty(await CaseTallyCheck.Run(floor.Database.Db));
        await floor.Database.Db.Write(s => s.Execute(Lose));
        var lost = Assert.Single(await CaseTallyCheck.Run(floor.Database.Db));
        Assert.Equal((2, CaseFloor.Region, CaseFloor.Team, 1L, 0L), (lost.Grain, lost.RegionId, lost.TeamId, lost.New, lost.Waiting));
    }

    [Fact]
    public async Task A_write_that_is_taken_back_counts_nothing()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var opened = (await floor.Open()).CaseId;
        await Assert.ThrowsAsync<InvalidOperationException>(() => floor.Database.Db.Write(async s =>
        {
            await floor.Writer.Do(s, Viewer.System, new WaitCase { CaseId = opened, Reason = "holiday" });
            throw new InvalidOperationException("taken back");
        }));
        Assert.Empty(await CaseTallyCheck.Run(floor.Database.Db));
    }

    [Fact]
    public async Task Days_on_which_nothing_is_due_any_more_are_forgotten()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        await floor.Open();
        var resolved = (await floor.Open(teamId: CaseFloor.NoTeam)).CaseId;
        await floor.Do(CaseFloor.Manager, new ResolveCase { CaseId = resolved, RootCause = "other", ContactOutcome = ContactOutcome.Reached });
        floor.Database.Time.Now += TimeSpan.FromDays(80);
        Assert.Equal(2, await CaseTallies.Prune(floor.Database.Db));
        Assert.Empty(await CaseTallyCheck.Run(floor.Database.Db));
    }

    [Fact]
    public async Task Cases_from_before_are_counted_by_the_migration()
    {
        await using var floor = await CaseFloor.Create(DatabaseProvider.Sqlite);
        var random = new Random(5);
        for (var i = 0; i < 20; i++) await Opened(floor, random);
        var counted = await floor.Database.Db.Read(s => s.Single<long>(Sum));
        await using var connection = new SqliteConnection(floor.Database.Options.ConnectionString);
        connection.Open();
        var script = Migrator.Scripts(DatabaseProvider.Sqlite).Single(s => s.Name.StartsWith("0006", StringComparison.Ordinal)).Text;
        var fill = script[script.IndexOf("INSERT INTO CaseTallies", StringComparison.Ordinal)..];
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM CaseTallies; " + fill[..(fill.IndexOf(';') + 1)];
        command.ExecuteNonQuery();
        Assert.Empty(await CaseTallyCheck.Run(floor.Database.Db));
        Assert.Equal(counted, await floor.Database.Db.Read(s => s.Single<long>(Sum)));
    }

    internal static async Task<OpenedCase> Opened(CaseFloor floor, Random random)
    {
        long? customer = random.Next(3) == 0 ? null : await Customer(floor, random.Next(1_000));
        return random.Next(2) == 0
            ? await floor.Open(csat: random.Next(1, 3), customerId: customer)
            : await floor.Open(csat: random.Next(1, 3), customerId: customer, regionId: CaseFloor.OtherRegion, teamId: CaseFloor.OtherTeam);
    }

    private static async Task<long> Customer(CaseFloor floor, int number)
    {
        var code = $"k{number % 7}";
        return await floor.Database.Db.Read(s => s.First<long?>(FindCustomer, new { code })) ?? await floor.Customer(code);
    }

    private static readonly Statement FindCustomer = new("SELECT Id FROM Customers WHERE Code = @code");

    internal static CaseCommand Next(long id, Random random, DateTimeOffset now) => random.Next(8) switch
    {
        0 => new AssignCase { CaseId = id, OwnerId = CaseFloor.Supervisor },
        1 => new WaitCase { CaseId = id, Reason = "holiday", Until = now.AddDays(1) },
        2 => new ResumeCase { CaseId = id },
        3 => new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached },
        4 => new ReopenCase { CaseId = id, Reason = "again" },
        5 => new CloseCase { CaseId = id },
        6 => new EditCase { CaseId = id, Severity = (CaseSeverity)random.Next(1, 5) },
        _ => new NoteCase { CaseId = id, Text = "called" },
    };
}
