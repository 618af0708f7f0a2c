using System.Diagnostics;
using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Policies;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// Ten thousand cases that are due climb one level in one sweep, against the floor: the very rows that it wrote, by bare
/// prepared updates and inserts in transactions of as many. Then the same for reminders, and the sweep that finds nothing.
/// </summary>
internal static class SweepBenchmark
{
    private const int Due = 10_000;
    private const int Idle = 90_000;
    private const int BatchSize = 1000;
    private const int Runs = 3;
    private const int EmptySweeps = 2000;
    private static readonly DateTimeOffset Now = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeProvider Clock = new Standing(Now);

    private const string Company = """
        INSERT INTO Units (Id, ParentId, Kind, Code, Name, TimeZone) VALUES (2, 1, 2, 'north', 'North', 'Europe/Paris');
        INSERT INTO People (Id, Name, UserName, Role) VALUES (1, 'Executive', 'executive', 4), (2, 'Manager', 'manager', 3);
        INSERT INTO Places (PersonId, UnitId, Role, FromDay) VALUES (1, 1, 4, '2020-01-01'), (2, 2, 3, '2020-01-01');
        WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 29)
        INSERT INTO Units (Id, ParentId, Kind, Code, Name) SELECT i, 2, 3, 'team ' || i, 'Team ' || i FROM n;
        INSERT INTO People (Id, Name, UserName, Role) SELECT Id, 'Supervisor ' || Id, 'supervisor' || Id, 2 FROM Units WHERE Kind = 3;
        INSERT INTO People (Id, Name, UserName, Role) SELECT Id + 100, 'Agent ' || Id, 'agent' || Id, 1 FROM Units WHERE Kind = 3;
        INSERT INTO Places (PersonId, UnitId, Role, FromDay) SELECT Id, Id, 2, '2020-01-01' FROM Units WHERE Kind = 3;
        INSERT INTO Places (PersonId, UnitId, Role, FromDay) SELECT Id + 100, Id, 1, '2020-01-01' FROM Units WHERE Kind = 3;
        INSERT INTO Sources (Id, Code, Name) VALUES (1, 'benchmark', 'Benchmark');
        INSERT INTO Products (Id, Code, Name) VALUES (1, 'net', 'Net');
        INSERT INTO Channels (Id, Code, Name) VALUES (1, 'phone', 'Phone');
        """;

    // The first ones are due; all have an owner.
    private const string Cases = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
        INSERT INTO Answers (Id, SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, ProductId, ChannelId, Csat, IsLow)
        SELECT i, 1, 'B' || i, '2026-09-11 08:00:00.000', '2026-09-11 08:00:00.000', '2026-09-11', 2, 10 + i % 20, 1, 1, 1, 1 FROM n;
        INSERT INTO Cases (Id, Status, Severity, OpenedAt, ClockFrom, TargetMinutes, DueAt, OwnerId, ResponsibleId, RegionId, TeamId, ProductId, AnswerId, RuleVersion, RuleInputs,
            NextEscalationAt, NextWarningAt, UpdatedAt)
        SELECT Id + 1000, 2, 2, ReceivedAt, ReceivedAt, 480, d.At, TeamId + 100, TeamId, 2, TeamId, 1, Id, 1, '{}', d.At, d.At, ReceivedAt
        FROM (SELECT a.*, CASE WHEN a.Id <= @due THEN '2026-09-14 11:00:00.000' ELSE '2026-09-21 11:00:00.000' END AS At FROM Answers a) d;
        """;

    private static readonly (string Table, string Key)[] Written = [("Escalations", "Id"), ("CaseWatchers", "CaseId"), ("CaseEvents", "Id"), ("CaseReminders", "CaseId")];

    public static async Task Run()
    {
        var (sweeps, reminders, floors) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        var empty = TimeSpan.Zero;
        for (var run = 0; run < Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
            var swept = await Filled(folder, "swept");
            File.Copy(Path.Combine(folder, "swept.db"), Path.Combine(folder, "bare.db"));
            var signal = new ChangeSignal();
            var company = new Company(new CompanyOptions());
            using (var db = new Db(swept, Clock, signal))
            {
                var escalation = new EscalationWriter(db, company, new RegionCalendars(company, signal), new PolicyBook(signal));
                var reminder = new ReminderWriter(db);
                var from = Stopwatch.GetTimestamp();
                Check(Due, (await escalation.Sweep()).Cases);
                sweeps.Add(Stopwatch.GetElapsedTime(from));
                from = Stopwatch.GetTimestamp();
                Check(Due, (await reminder.Sweep()).Cases);
                reminders.Add(Stopwatch.GetElapsedTime(from));
                from = Stopwatch.GetTimestamp();
                for (var i = 0; i < EmptySweeps; i++) await escalation.Sweep();
                empty = Stopwatch.GetElapsedTime(from) / EmptySweeps;
            }
            floors.Add(Floor(swept, new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "bare.db")}" }));
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
        Report.Rate($"sweep: {Due:N0} due cases of {Due + Idle:N0} climb a level in {Report.Median(sweeps).TotalSeconds:N2} s", Due, Report.Median(sweeps), "cases");
        Report.Rate("sweep: their owners are reminded that they are overdue", Due, Report.Median(reminders), "cases");
        Report.Rate("sweep: the same rows, bare prepared updates and inserts", Due, Report.Median(floors), "cases");
        Report.Ratio("sweep: climbs and reminders", Report.Median(sweeps) + Report.Median(reminders), Report.Median(floors));
        Report.Rate("sweep: that finds nothing", 1, empty, "sweeps");
    }

    private static void Check(int expected, int found)
    {
        if (found != expected) throw new InvalidOperationException($"{expected} cases were due, {found} were found.");
    }

    private static async Task<DatabaseOptions> Filled(string folder, string name)
    {
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, name + ".db")};Pooling=False" };
        await new Migrator(options, Clock).Up();
        using var connection = Open(options);
        connection.Do(Company);
        connection.Do(Cases, ("@count", Due + Idle), ("@due", Due));
        connection.Do("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);");
        return options;
    }

    private static TimeSpan Floor(DatabaseOptions from, DatabaseOptions to)
    {
        using var source = Open(from);
        var moves = source.Rows("SELECT EscalationLevel, EscalatedToId, NextEscalationAt, NextWarningAt, UpdatedAt, RowVersion, Id FROM Cases WHERE EscalationLevel > 0");
        var rows = Written.ToDictionary(w => w.Table, w => source.Rows($"SELECT * FROM {w.Table} ORDER BY {w.Key}"));
        using var target = Open(to);
        var begin = Stopwatch.GetTimestamp();
        for (var at = 0; at < Due; at += BatchSize)
        {
            using var transaction = target.BeginTransaction();
            Batch(target, transaction, "UPDATE Cases SET EscalationLevel = @p0, EscalatedToId = @p1, NextEscalationAt = @p2, NextWarningAt = @p3, UpdatedAt = @p4, RowVersion = @p5 WHERE Id = @p6", moves, at);
            foreach (var (table, values) in rows)
                if (values.Count > 0) Batch(target, transaction, $"INSERT INTO {table} VALUES {BareSql.Values(values[0].Length)}", values, at);
            transaction.Commit();
        }
        return Stopwatch.GetElapsedTime(begin);
    }

    private static void Batch(SqliteConnection connection, SqliteTransaction transaction, string text, List<object[]> rows, int from)
    {
        using var command = connection.Command(text, rows[0].Length);
        command.Transaction = transaction;
        foreach (var row in rows.Skip(from).Take(BatchSize)) command.Execute(row);
    }

    private static SqliteConnection Open(DatabaseOptions options)
    {
        var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();
        connection.Do("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000;");
        return connection;
    }
}
