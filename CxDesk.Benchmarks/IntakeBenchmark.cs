using System.Diagnostics;
using CxDesk.Data.Calendars;
using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Ingest;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// Answers through the intake writer, 500 a transaction, against the floor: bare prepared inserts of the very rows that it
/// left, into the same tables, as many a transaction.
/// </summary>
internal static class IntakeBenchmark
{
    private const int Answers = 50_000;
    private const int BatchSize = 500;
    private const int Runs = 3;
    private static readonly string[] Tables = ["Answers", "AnswerRatings", "Measurements", "Customers", "Cases", "CaseHistory", "CaseAnswers", "CaseEvents", "CaseTallies", "Rollups"];
    internal static readonly TimeProvider Clock = new Standing(new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero));

    public static async Task Run()
    {
        var (writer, floor) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var run = 0; run < Runs; run++)
        {
            var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
            var (filled, bare) = (await Database(folder, "filled"), await Database(folder, "bare"));
            writer.Add(await Write(filled));
            floor.Add(Copy(filled, bare));
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
        Report.Rate("intake: answers with ratings, a measure, rollups and cases", Answers, Report.Median(writer), "answers");
        Report.Rate("intake: the same rows, bare prepared inserts", Answers, Report.Median(floor), "answers");
        Report.Ratio("intake", Report.Median(writer), Report.Median(floor));
    }

    internal static async Task<DatabaseOptions> Database(string folder, string name)
    {
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, name + ".db")}" };
        await new Migrator(options, Clock).Up();
        return options;
    }

    private static async Task<TimeSpan> Write(DatabaseOptions options)
    {
        var signal = new ChangeSignal();
        var company = new Company(new CompanyOptions());
        using var db = new Db(options, Clock, signal);
        var opener = new CaseOpener(new RegionCalendars(company, signal), new CaseResponsibility(company, signal));
        var intake = new IngestWriter(db, company, new PolicyBook(signal), opener, signal);
        var batches = Sample(.08).Chunk(BatchSize).Select(Batch).ToList();
        var from = Stopwatch.GetTimestamp();
        foreach (var batch in batches) await intake.WriteResponses(Viewer.System, batch);
        return Stopwatch.GetElapsedTime(from);
    }

    internal static IntakeBatch<IncomingResponse> Batch(IncomingResponse[] items)
    {
        var batch = new IntakeBatch<IncomingResponse>();
        foreach (var item in items) batch.Add(item);
        return batch;
    }

    /// <summary>Three months of one company: 4 regions, 60 agents, 8 products, two in three from a known customer.</summary>
    internal static IEnumerable<IncomingResponse> Sample(double low, string prefix = "B")
    {
        var random = new Random(7);
        var from = Clock.GetUtcNow().AddDays(-90);
        for (var i = 0; i < Answers; i++)
        {
            var agent = random.Next(60);
            yield return new IncomingResponse
            {
                ExternalId = $"{prefix}{i:D8}",
                Source = "benchmark",
                RespondedAt = from.AddSeconds(90.0 * 86_400 * i / Answers),
                Channel = $"channel {random.Next(5)}",
                Product = $"product {random.Next(8)}",
                Region = $"region {agent / 15}",
                Agent = $"agent {agent}",
                Customer = random.Next(3) == 0 ? null : new IncomingCustomer { Id = $"customer {random.Next(20_000)}", Value12m = random.Next(5_000) },
                Csat = random.NextDouble() < low ? random.Next(1, 3) : random.Next(3, 6),
                Ratings = new Dictionary<string, double> { ["courtesy"] = random.Next(1, 6), ["skill"] = random.Next(1, 6) },
                Operational = new Dictionary<string, double> { ["wait"] = random.Next(600) },
                Comment = i % 4 == 0 ? "Nobody called back, 等了四十分钟。" : null,
            };
        }
    }

    private static TimeSpan Copy(DatabaseOptions from, DatabaseOptions to)
    {
        using var source = Open(from);
        using var target = Open(to);
        foreach (var table in (string[])["Units", "People", "Sources", "Products", "Channels", "Attributes", "Measures"])
            Insert(target, table, source.Rows($"SELECT * FROM {table}"), int.MaxValue);
        var rows = Tables.ToDictionary(t => t, t => source.Rows($"SELECT * FROM {t}"));
        var begin = Stopwatch.GetTimestamp();
        foreach (var table in Tables) Insert(target, table, rows[table], Math.Max(1, rows[table].Count / (Answers / BatchSize)));
        return Stopwatch.GetElapsedTime(begin);
    }

    private static SqliteConnection Open(DatabaseOptions options)
    {
        var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();
        connection.Do("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA foreign_keys = OFF;");
        return connection;
    }

    private static void Insert(SqliteConnection connection, string table, List<object[]> rows, int perTransaction)
    {
        if (rows.Count == 0) return;
        using var command = connection.Command($"INSERT OR REPLACE INTO {table} VALUES {BareSql.Values(rows[0].Length)}", rows[0].Length);
        foreach (var chunk in rows.Chunk(perTransaction))
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            foreach (var row in chunk) command.Execute(row);
            transaction.Commit();
        }
    }
}
