using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.Rollups;
using CxDesk.Tests.Ingest;
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
    public async Task Answers_from_before_segments_take_them_from_their_customers_and_the_rollups_follow()
    {
        await using var floor = await IngestFloor.Create(DatabaseProvider.Sqlite);
        for (var i = 0; i < 60; i++)
            await floor.Send(floor.Answer($"{i}", 1 + i % 5, $"region {i % 3}", i % 4 == 0 ? null : $"agent {i % 7}",
                i % 6 == 0 ? null : new IncomingCustomer { Id = $"c{i % 9}", Segment = i % 9 == 4 ? null : $"segment {i % 9 % 2}", Value12m = i % 9 == 5 ? null : i % 9 * 10.25m }) with
            {
                Nps = i % 11, Ratings = new Dictionary<string, double> { ["courtesy"] = i % 5 + 1, ["skill"] = 1.5 }, Operational = new Dictionary<string, double> { ["wait"] = 7 * i },
            });
        var file = Path.Combine(Path.GetTempPath(), "cxdesk-tests", Guid.NewGuid().ToString("N"), "old.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" };
        await using (var old = new SqliteConnection(options.ConnectionString))
        {
            await old.OpenAsync();
            await old.ExecuteAsync("CREATE TABLE SchemaJournal (Number INTEGER PRIMARY KEY, Name TEXT NOT NULL, AppliedAt TEXT NOT NULL); PRAGMA foreign_keys = OFF;");
            foreach (var script in Migrator.Scripts(DatabaseProvider.Sqlite).TakeWhile(s => s.Name != "0014_segments"))
            {
                await old.ExecuteAsync(script.Text);
                await old.ExecuteAsync("INSERT INTO SchemaJournal VALUES (@Number, @Name, '2026-09-01 00:00:00.000')", script);
            }
            await old.ExecuteAsync("ATTACH @file AS now", new { file = new SqliteConnectionStringBuilder(floor.Database.Options.ConnectionString).DataSource });
            foreach (var table in (string[])["Units", "People", "Sources", "Products", "Channels", "Attributes", "Measures", "Customers", "Answers", "AnswerRatings", "Measurements", "Rollups", "RollupDays"])
            {
                var columns = string.Join(", ", await old.QueryAsync<string>("SELECT name FROM main.pragma_table_info(@table)", new { table }));
                await old.ExecuteAsync($"INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}{(table == "Rollups" ? " WHERE Axis < 5" : "")}");
            }
        }
        await new Migrator(options, new TestTime()).Up();
        using (var db = new Db(options, new TestTime(), new ChangeSignal())) Assert.Empty(await RollupCheck.Run(db));
        await using (var now = new SqliteConnection(options.ConnectionString))
        {
            await now.OpenAsync();
            await now.ExecuteAsync("ATTACH @file AS sent", new { file = new SqliteConnectionStringBuilder(floor.Database.Options.ConnectionString).DataSource });
            Assert.Equal(50, await now.ExecuteScalarAsync<int>("""
                SELECT COUNT(*) FROM main.Answers a LEFT JOIN main.Segments s ON s.Id = a.SegmentId
                JOIN sent.Answers b ON b.Id = a.Id LEFT JOIN sent.Segments t ON t.Id = b.SegmentId
                WHERE a.CustomerId IS NOT NULL AND s.Code IS t.Code AND a.Value12m IS b.Value12m
                """));
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
