using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Tests.Database;

public class DbTests
{
    private static readonly Statement SetName = new("UPDATE Units SET Name = @name WHERE Id = 1");
    private static readonly Statement GetName = new("SELECT Name FROM Units WHERE Id = 1");
    private static readonly Statement LockOf = new("SELECT LockedUntil FROM People WHERE Id = 1");
    private static readonly Statement LastDay = new("SELECT MAX(Day) FROM Answers");
    private static readonly Statement AddPerson = new("INSERT INTO People (Name) VALUES ('somebody')");
    private static readonly Statement AddAmount = new("INSERT INTO Customers (Code, Value12m, AsOf) VALUES (@code, @value, @at)");
    private static readonly Statement Amounts = new("SELECT Value12m FROM Customers ORDER BY Id");
    private static readonly Statement AuditTimes = new("SELECT HappenedAt FROM AuditLog ORDER BY Id");

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_write_that_fails_leaves_nothing_and_signals_nothing(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var raised = 0;
        database.Signal.Changed += _ => raised++;
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Db.Write(async s =>
        {
            await s.Execute(SetName, new { name = "half done" });
            s.Changed(ChangeTopic.Units);
            throw new InvalidOperationException("stop");
        }));
        Assert.Equal("Company", await database.Db.Read(s => s.Single<string>(GetName)));
        Assert.Equal(0, raised);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_signal_comes_after_the_commit_with_a_growing_version(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var seen = new List<(string Name, long Version)>();
        database.Signal.Changed += c => seen.Add((database.Db.Read(s => s.Single<string>(GetName)).GetAwaiter().GetResult(), c.Version));
        foreach (var name in (string[])["one", "二"])
            await database.Db.Write(async s =>
            {
                await s.Execute(SetName, new { name });
                s.Changed(ChangeTopic.Units);
            });
        Assert.Equal(["one", "二"], seen.Select(x => x.Name));
        Assert.True(seen[1].Version > seen[0].Version);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Writers_at_the_same_time_all_get_through(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            database.Db.Write(s => Audit.Write(s, Viewer.System, "tested", "test", i)))));
        Assert.Equal(40, (await database.Db.Read(s => s.Query<DateTimeOffset>(AuditTimes))).Count);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_time_comes_back_as_it_went_in_UTC_cut_to_the_millisecond(DatabaseProvider engine)
    {
        var time = new TestTime { Now = new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)).AddTicks(19_999) };
        await using var database = await TestDatabase.Create(engine, time);
        await database.Db.Write(s => Audit.Write(s, Viewer.System, "tested", "test", 1));
        var stored = Assert.Single(await database.Db.Read(s => s.Query<DateTimeOffset>(AuditTimes)));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, 1, TimeSpan.Zero), stored);
        Assert.Equal(TimeSpan.Zero, stored.Offset);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_time_or_day_that_is_not_there_is_null_also_alone_in_its_row(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await database.Db.Write(s => s.Execute(AddPerson));
        Assert.Null(await database.Db.Read(s => s.First<DateTimeOffset?>(LockOf)));
        Assert.Null(await database.Db.Read(s => s.First<DateOnly?>(LastDay)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task Whole_and_broken_amounts_in_one_column_are_read_alike(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        decimal?[] amounts = [120.5m, 7m, null, 0m, 9_999_999.99m];
        await database.Db.Write(s =>
        {
            for (var i = 0; i < amounts.Length; i++) s.Prepare(AddAmount, "code", "value", "at").Set($"c{i}", amounts[i], s.Now).Execute();
            return Task.CompletedTask;
        });
        Assert.Equal(amounts, await database.Db.Read(s => s.Query<decimal?>(Amounts)));
    }
}
