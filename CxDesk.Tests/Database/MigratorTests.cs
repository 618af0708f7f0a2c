using CxDesk.Data.Database;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CxDesk.Tests.Database;

public class MigratorTests
{
    [Theory, OnSqlite, OnSqlServer]
    public async Task Scripts_run_once(DatabaseProvider engine)
    {
        await using var database = await TestDatabase.Create(engine);
        Assert.Empty(await new Migrator(database.Options, database.Time).Up());
    }

    [Fact]
    public async Task Two_nodes_that_start_together_bring_the_schema_up_once()
    {
        var file = Path.Combine(Path.GetTempPath(), "cxdesk-tests", Guid.NewGuid().ToString("N"), "new.db");
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" };
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Migrator(options, new TestTime()).Up())));
        Assert.Equal(Migrator.Scripts(DatabaseProvider.Sqlite).Count, runs.Sum(r => r.Count));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_filled_first_database_comes_up_with_its_open_cases_counted_judged_and_reminded_of()
    {
        var file = Path.Combine(Path.GetTempPath(), "cxdesk-tests", Guid.NewGuid().ToString("N"), "old.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" };
        await using (var old = new SqliteConnection(options.ConnectionString))
        {
            await old.ExecuteAsync(Migrator.Scripts(DatabaseProvider.Sqlite)[0].Text);
            await old.ExecuteAsync("""
                CREATE TABLE SchemaJournal (Number INTEGER PRIMARY KEY, Name TEXT NOT NULL, AppliedAt TEXT NOT NULL);
                INSERT INTO SchemaJournal VALUES (1, '0001_first', '2026-09-01 00:00:00.000');
                INSERT INTO Units (Id, ParentId, Kind, Code, Name) VALUES (2, 1, 2, 'north', 'North'), (3, 2, 3, 'north/no-team', 'no team');
                INSERT INTO Sources (Id, Code, Name) VALUES (1, 's', 's');
                INSERT INTO Products (Id, Code, Name) VALUES (1, 'p', 'p');
                INSERT INTO Channels (Id, Code, Name) VALUES (1, 'c', 'c');
                INSERT INTO Answers (Id, SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, ProductId, ChannelId)
                VALUES (1, 1, '1', '2026-09-14 12:00:00.000', '2026-09-14 12:00:00.000', '2026-09-14', 2, 3, 1, 1);
                INSERT INTO Cases (Id, Status, Severity, OpenedAt, ClockFrom, TargetMinutes, DueAt, WaitingUntil, RegionId, TeamId, ProductId, AnswerId, RuleVersion, RuleInputs, RootCause, UpdatedAt)
                SELECT n.Id, n.Status, 2, '2026-09-14 12:00:00.000', '2026-09-14 12:00:00.000', 480, '2026-09-15 11:00:00.000', n.Until, 2, 3, 1, 1, 1,
                    '{"csat":1,"decidedBy":"csat","scoreSeverity":"high"}', n.Cause, '2026-09-14 12:00:00.000'
                FROM (SELECT 1 AS Id, 1 AS Status, NULL AS Until, NULL AS Cause UNION ALL SELECT 2, 3, '2026-09-16 09:00:00.000', NULL
                    UNION ALL SELECT 3, 3, NULL, NULL UNION ALL SELECT 4, 5, NULL, 'Our own') n;
                """);
        }
        Assert.Equal(Migrator.Scripts(DatabaseProvider.Sqlite).Skip(1).Select(s => s.Name), await new Migrator(options, new TestTime()).Up());
        await using (var present = new SqliteConnection(options.ConnectionString))
        {
            Assert.Equal(["1 2026-09-15 11:00:00.000", "2 2026-09-16 09:00:00.000", "3", "4"], await Said("SELECT TRIM(Id || ' ' || COALESCE(NextWarningAt, '')) FROM Cases ORDER BY Id"));
            Assert.Equal(["csat-high"], await Said("SELECT DISTINCT RuleKey FROM Cases"));
            Assert.Equal(["1 2026-09-01 1/0/2", "2 2026-09-15 1/0/2"], await Said("SELECT Grain || ' ' || FromDay || ' ' || New || '/' || InProgress || '/' || Waiting FROM CaseTallies ORDER BY Grain"));
            Assert.Equal(["Our own"], await Said("SELECT Code FROM RootCauses WHERE Name IS NOT NULL"));
            Assert.Equal(["5"], await Said("SELECT Setting FROM Settings WHERE Name = 'caseSearchBelow'"));

            Task<IEnumerable<string>> Said(string sql) => present.QueryAsync<string>(sql);
        }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Both_engines_have_the_same_scripts()
    {
        Assert.Equal(
            Migrator.Scripts(DatabaseProvider.Sqlite).Select(s => s.Name),
            Migrator.Scripts(DatabaseProvider.SqlServer).Select(s => s.Name));
    }
}
