using System.Diagnostics;
using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// A batch of 500 answers, a hundred of them low, through the intake writer: against bare prepared inserts of the very rows
/// that it wrote or changed, into the same tables with the same indexes and keys, in one transaction. Which rows these are
/// is learned from a first run whose tables tell it by triggers; then each batch is measured beside its floor.
/// </summary>
internal static class BatchBenchmark
{
    private const int BatchSize = 500, Before = 20, Measured = 40;

    private static readonly string[] Tables =
        ["Customers", "Answers", "AnswerRatings", "Measurements", "Cases", "CaseHistory", "CaseAnswers", "CaseEvents", "CaseTallies", "Rollups", "ChangeLog"];

    // What batches refer to, and what a first one makes.
    private static readonly string[] Given = ["Units", "People", "Places", "Sources", "Products", "Channels", "Attributes", "Measures", "Calendars"];

    public static async Task Run()
    {
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        var (traced, timed, bare) = (await IntakeBenchmark.Database(folder, "traced"), await IntakeBenchmark.Database(folder, "timed"), await IntakeBenchmark.Database(folder, "bare"));
        var batches = IntakeBenchmark.Sample(.2).Take((Before + Measured) * BatchSize).Chunk(BatchSize).ToList();
        using var source = Open(traced);
        foreach (var table in Tables) Trace(source, table);

        using var target = Open(bare);
        var (first, second) = (Intake(traced), Intake(timed));
        using var inserts = new Inserts(target);
        var (writer, floor) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < batches.Count; i++)
        {
            await first.WriteResponses(Viewer.System, IntakeBenchmark.Batch(batches[i]));
            foreach (var table in Given) inserts.Put(table, source.Rows($"SELECT * FROM {table}"));
            var rows = Tables.Select(table => (table, Touched(source, table))).Append(("CaseWords (rowid, Words)", Words(source))).ToList();
            foreach (var table in Tables) source.Do($"DELETE FROM Touched{table}");

            var begin = Stopwatch.GetTimestamp();
            await second.WriteResponses(Viewer.System, IntakeBenchmark.Batch(batches[i]));
            var took = Stopwatch.GetElapsedTime(begin);
            begin = Stopwatch.GetTimestamp();
            using (var transaction = target.BeginTransaction())
            {
                foreach (var (table, of) in rows) inserts.Put(table, of, transaction);
                transaction.Commit();
            }
            if (i < Before) continue;
            writer.Add(took);
            floor.Add(Stopwatch.GetElapsedTime(begin));
        }
        Report.Times("batch: 500 answers, the same rows by bare prepared inserts", floor);
        Report.Times("batch: 500 answers, 100 of them low", writer, floor);
        Report.Ratio("batch, by the middle", Report.Median(writer), Report.Median(floor));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static IngestWriter Intake(DatabaseOptions options)
    {
        var signal = new ChangeSignal();
        var company = new Company(new CompanyOptions());
        var opener = new CaseOpener(new RegionCalendars(company, signal), new CaseResponsibility(company, signal));
        return new IngestWriter(new Db(options, IntakeBenchmark.Clock, signal), company, new PolicyBook(signal), opener, signal);
    }

    private static void Trace(SqliteConnection connection, string table)
    {
        var keys = connection.Rows($"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk").Select(row => (string)row[0]).ToList();
        connection.Do($"CREATE TABLE Touched{table} ({string.Join(", ", keys)}, PRIMARY KEY ({string.Join(", ", keys)}))");
        foreach (var change in (string[])["INSERT", "UPDATE"])
            connection.Do($"CREATE TRIGGER Trace{table}{change} AFTER {change} ON {table} BEGIN INSERT OR IGNORE INTO Touched{table} VALUES ({string.Join(", ", keys.Select(key => "new." + key))}); END");
    }

    private static List<object[]> Touched(SqliteConnection connection, string table)
    {
        var keys = connection.Rows($"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk").Select(row => (string)row[0]);
        return connection.Rows($"SELECT t.* FROM Touched{table} x JOIN {table} t ON {string.Join(" AND ", keys.Select(key => $"t.{key} = x.{key}"))}");
    }

    // The index of words tells nobody what it holds: the words are cut again.
    private static List<object[]> Words(SqliteConnection connection)
    {
        var words = new SortedDictionary<long, SortedSet<string>>();
        foreach (var row in connection.Rows("""
            SELECT x.Id, k.Code, k.Name, a.Comment FROM (SELECT Id FROM TouchedCases UNION SELECT c.CaseId FROM TouchedCaseAnswers y JOIN CaseAnswers c ON c.AnswerId = y.AnswerId) x
                JOIN Cases c ON c.Id = x.Id JOIN CaseAnswers ca ON ca.CaseId = c.Id JOIN Answers a ON a.Id = ca.AnswerId LEFT JOIN Customers k ON k.Id = c.CustomerId
            """))
        {
            var of = words.TryGetValue((long)row[0], out var known) ? known : words[(long)row[0]] = [$"{row[0]}"];
            foreach (var text in row.Skip(1)) SearchWords.Add(text as string, of);
        }
        return [.. words.Select(of => new object[] { of.Key, string.Join(' ', of.Value) })];
    }

    private static SqliteConnection Open(DatabaseOptions options)
    {
        var connection = new SqliteConnection(options.ConnectionString + ";Pooling=False");
        connection.Open();
        // As CxDesk opens its own.
        connection.Do("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000;");
        return connection;
    }

    /// <summary>One prepared insert a table. A row that is there already is written over in place.</summary>
    private sealed class Inserts(SqliteConnection connection) : IDisposable
    {
        private readonly Dictionary<string, SqliteCommand> _commands = [];

        public void Put(string table, List<object[]> rows, SqliteTransaction? transaction = null)
        {
            if (rows.Count == 0) return;
            if (!_commands.TryGetValue(table, out var command)) _commands[table] = command = Make(table, rows[0].Length);
            command.Transaction = transaction;
            foreach (var row in rows) command.Execute(row);
        }

        public void Dispose()
        {
            foreach (var command in _commands.Values) command.Dispose();
        }

        private SqliteCommand Make(string table, int columns)
        {
            var info = connection.Rows($"SELECT name, pk FROM pragma_table_info('{table}') ORDER BY cid");
            var keys = info.Where(column => (long)column[1] > 0).Select(column => column[0]);
            var command = connection.Command(info.Count == 0
                ? $"INSERT OR REPLACE INTO {table} VALUES {BareSql.Values(columns)}"
                : $"INSERT INTO {table} VALUES {BareSql.Values(columns)} ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET {string.Join(", ", info.Where(column => (long)column[1] == 0).Select(column => $"{column[0]} = excluded.{column[0]}"))}", columns);
            command.Prepare();
            return command;
        }
    }
}
