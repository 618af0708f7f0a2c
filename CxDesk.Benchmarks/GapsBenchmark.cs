using System.Diagnostics;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Targets;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CxDesk.Benchmarks;

/// <summary>
/// The gap job over 5,000 units (the company, 50 regions and their teams), 20 indicators and 90 days, a target for each
/// indicator and own ones for some regions and teams: all of it, again when nothing changed, after one day in ninety was
/// written to, and after a new target. The floor is the very gaps that it wrote, by bare prepared inserts in transactions of
/// as many. A smaller number of units may be named.
/// </summary>
internal static class GapsBenchmark
{
    private const int Regions = 50, Days = 90, Scores = 3, Attributes = 17, Batch = 50_000, Idle = 50;
    private static readonly DateOnly First = new(2026, 6, 17);
    private static readonly TimeProvider Clock = new Standing(new DateTimeOffset(2026, 9, 14, 12, 0, 0, TimeSpan.Zero));

    public static async Task Run(IReadOnlyList<int> sizes)
    {
        var units = sizes.Count > 0 ? sizes[0] : 5_000;
        var folder = Directory.CreateTempSubdirectory("cxdesk-benchmark").FullName;
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "gaps.db")};Pooling=False" };
        await new Migrator(options, Clock).Up();
        using (var connection = Open(options.ConnectionString)) Fill(connection, units);

        using var db = new Db(options, Clock, new ChangeSignal());
        var gaps = new GapWriter(db);
        var from = Stopwatch.GetTimestamp();
        var rows = await gaps.Recalculate();
        var whole = Stopwatch.GetElapsedTime(from);
        if (rows != units * (Scores + Attributes) * Days) throw new InvalidOperationException($"{rows:N0} gaps were worked out.");
        Report.Rate($"gaps: {units:N0} units x {Scores + Attributes} indicators x {Days} days in {whole.TotalSeconds:N1} s", rows, whole, "gaps");

        var nothing = new List<TimeSpan>();
        for (var i = 0; i < Idle; i++)
        {
            from = Stopwatch.GetTimestamp();
            if (await gaps.Recalculate() != 0) throw new InvalidOperationException("Twice is not the same as once.");
            nothing.Add(Stopwatch.GetElapsedTime(from));
        }
        Report.Times("gaps: a run that finds nothing", nothing);
        Share("gaps: after answers to one day in ninety (1.1 % of the rows)", await Again(gaps, options, Touch(First.AddDays(Days - 1))), whole);
        Share("gaps: after answers to ten days in ninety (11.1 % of the rows)", await Again(gaps, options, string.Join("; ", Enumerable.Range(0, 10).Select(i => Touch(First.AddDays(9 * i))))), whole);
        Share("gaps: after a new target from the last day on", await Again(gaps, options, Target(1, 1, 1, First.AddDays(Days - 1), 3.9)), whole);

        var floor = Floor(options, Path.Combine(folder, "bare.db"));
        Report.Rate($"gaps: the same rows, bare prepared inserts, in {floor.TotalSeconds:N1} s", rows, floor, "gaps");
        Report.Ratio("gaps: all of them", whole, floor);
        if (units == 5_000) Report.AtMost("gaps: all of them", whole.TotalSeconds, 30, "s");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static void Share(string what, TimeSpan took, TimeSpan whole)
    {
        Report.Figure(what, took.TotalMilliseconds, FormattableString.Invariant($"ms, {took / whole * 100:N1} % of the time of all"));
    }

    private static async Task<TimeSpan> Again(GapWriter gaps, DatabaseOptions options, string change)
    {
        using (var connection = Open(options.ConnectionString)) connection.Do(change);
        var from = Stopwatch.GetTimestamp();
        if (await gaps.Recalculate() == 0) throw new InvalidOperationException("A change went unseen.");
        return Stopwatch.GetElapsedTime(from);
    }

    private static string Touch(DateOnly day) => $"UPDATE RollupDays SET Version = Version + 1 WHERE Day = '{Time.Text(day)}'";

    private static string Target(int unit, int kind, int metric, DateOnly from, double target) => FormattableString.Invariant($"""
        INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy)
        VALUES ({unit}, {kind}, {metric}, '{Time.Text(from)}', {target}, 3, '2026-06-01 00:00:00.000', 'benchmark')
        """);

    private static void Fill(SqliteConnection connection, int units)
    {
        var from = Stopwatch.GetTimestamp();
        connection.Do("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
        connection.Do("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @regions) INSERT INTO Units (Id, ParentId, Kind, Code, Name) SELECT 2 + i, 1, 2, 'region-' || i, 'Region ' || i FROM n", ("@regions", Regions));
        connection.Do("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < @teams) INSERT INTO Units (Id, ParentId, Kind, Code, Name) SELECT 100 + i, 2 + i % @regions, 3, 'team-' || i, 'Team ' || i FROM n",
            ("@teams", units - 1 - Regions), ("@regions", Regions));
        var metrics = Enumerable.Range(1, Scores).Select(m => (Kind: 1, Id: m)).ToList();
        for (var attribute = 0; attribute < Attributes; attribute++)
        {
            connection.Do($"INSERT INTO Attributes (Code, Name, Minimum, Maximum) VALUES ('benchmark-{attribute}', 'Attribute {attribute}', 1, 5)");
            metrics.Add((2, (int)(long)connection.Rows("SELECT MAX(Id) FROM Attributes")[0][0]));
        }
        foreach (var (kind, metric) in metrics.Order())
        {
            for (var day = 0; day < Days; day++)
                connection.Do("""
                    INSERT INTO Rollups (Axis, Kind, MetricId, Day, RegionId, TeamId, KeyId, N, SumX, SumXX, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, NewestAt)
                    SELECT 1, @kind, @metric, @day, ParentId, Id, 0, 3, 9 + x, 27 + 6 * x + x * x, 0, 0, 0, 2, x = 1, x = 2, 0, 0, 0, x = 0, 0, @day || ' 12:00:00.000'
                    FROM (SELECT ParentId, Id, (Id * 7 + @metric + @at) % 3 AS x FROM Units WHERE Kind = 3) ORDER BY ParentId, Id
                    """, ("@kind", kind), ("@metric", metric), ("@day", Time.Text(First.AddDays(day))), ("@at", day));
            connection.Do(Target(1, kind, metric, First, 4));
            for (var region = 0; region < 10; region++) connection.Do(Target(2 + region, kind, metric, First, 4.1));
            for (var team = 0; team < (units - 1 - Regions) / 10; team++) connection.Do(Target(100 + 10 * team, kind, metric, First.AddDays(30), 4.2));
        }
        for (var day = 0; day < Days; day++) connection.Do("INSERT INTO RollupDays (Day, Version) VALUES (@day, 1)", ("@day", Time.Text(First.AddDays(day))));
        connection.Do("COMMIT; PRAGMA journal_mode = WAL; ANALYZE;");
        Report.Rate("gaps: (the rollups were filled in)", (long)(units - 1 - Regions) * metrics.Count * Days, Stopwatch.GetElapsedTime(from), "rollups");
    }

    // Read untimed, a batch at a time, so that the floor is the inserts alone.
    private static TimeSpan Floor(DatabaseOptions from, string file)
    {
        using var source = Open(from.ConnectionString);
        using var target = Open($"Data Source={file};Pooling=False");
        target.Do("PRAGMA journal_mode = WAL;");
        target.Do((string)source.Rows("SELECT sql FROM sqlite_master WHERE name = 'TargetGaps'")[0][0]);
        raw.sqlite3_prepare_v2(target.Handle!, "INSERT INTO TargetGaps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", out var insert);
        using var command = source.CreateCommand();
        command.CommandText = "SELECT Kind, MetricId, Statistic, Day, Axis, KeyId, N, Score, Target FROM TargetGaps ORDER BY Kind, MetricId, Statistic, Day, Axis, KeyId";
        using var reader = command.ExecuteReader();
        var took = TimeSpan.Zero;
        var rows = new List<(int Kind, int Metric, int Statistic, string Day, int Axis, int Key, long N, double Score, double Target)>(Batch);
        while (true)
        {
            rows.Clear();
            while (rows.Count < Batch && reader.Read())
                rows.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetString(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt64(6), reader.GetDouble(7), reader.GetDouble(8)));
            if (rows.Count == 0) break;
            var begin = Stopwatch.GetTimestamp();
            target.Do("BEGIN");
            foreach (var row in rows)
            {
                raw.sqlite3_bind_int(insert, 1, row.Kind);
                raw.sqlite3_bind_int(insert, 2, row.Metric);
                raw.sqlite3_bind_int(insert, 3, row.Statistic);
                raw.sqlite3_bind_text(insert, 4, row.Day);
                raw.sqlite3_bind_int(insert, 5, row.Axis);
                raw.sqlite3_bind_int(insert, 6, row.Key);
                raw.sqlite3_bind_int64(insert, 7, row.N);
                raw.sqlite3_bind_double(insert, 8, row.Score);
                raw.sqlite3_bind_double(insert, 9, row.Target);
                if (raw.sqlite3_step(insert) != raw.SQLITE_DONE) throw new InvalidOperationException("A bare insert failed.");
                raw.sqlite3_reset(insert);
            }
            target.Do("COMMIT");
            took += Stopwatch.GetElapsedTime(begin);
        }
        insert.Dispose();
        return took;
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Do("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000;");
        return connection;
    }
}
