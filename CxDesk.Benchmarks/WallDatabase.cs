using System.Diagnostics;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Rollups;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// The company of <see cref="BoardDatabase"/>, 2,000 of its cases open, with 2,000,000 answers of a year, counted as intake
/// counts them. Built once and kept in the temporary folder, as that is.
/// </summary>
internal static class WallDatabase
{
    public const int Answers = 2_000_000;
    private const int Open = 2_000, Closed = 100_000, Waits = 200_000, FirstId = 10_000_000;
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static async Task<DatabaseOptions> Of()
    {
        var company = await BoardDatabase.Of(Open, Closed);
        SqliteConnection.ClearAllPools();
        var from = new SqliteConnectionStringBuilder(company.ConnectionString).DataSource;
        var file = from[..^3] + $"-wall-{Answers}.db";
        var options = new DatabaseOptions { ConnectionString = $"Data Source={file}" };
        if (!File.Exists(file))
        {
            var begin = Stopwatch.GetTimestamp();
            await Build(from, file);
            Console.WriteLine($"built {Answers:N0} answers in {Stopwatch.GetElapsedTime(begin).TotalSeconds:N0} s, {new FileInfo(file).Length / 1_000_000:N0} MB: {file}");
        }
        await new Migrator(options, new Standing(BoardDatabase.Now)).Up();
        return options;
    }

    private static async Task Build(string from, string file)
    {
        var part = file + ".part";
        File.Copy(from, part, overwrite: true);
        var options = new DatabaseOptions { ConnectionString = $"Data Source={part};Pooling=False" };
        using (var connection = new SqliteConnection(options.ConnectionString))
        {
            connection.Open();
            connection.Do("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;");
            const string ofAnswers = "FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Answers', 'Measurements') AND sql IS NOT NULL";
            var indexes = connection.Rows($"SELECT name, sql {ofAnswers}");
            connection.Do("BEGIN");
            foreach (var index in indexes) connection.Do($"DROP INDEX {index[0]}");
            Fill(connection);
            foreach (var index in indexes) connection.Do((string)index[1]);
            connection.Do("COMMIT; PRAGMA journal_mode = WAL;");
        }
        using (var db = new Db(options, new Standing(BoardDatabase.Now), new ChangeSignal())) await RollupRebuild.Run(db);
        using (var connection = new SqliteConnection(options.ConnectionString))
        {
            connection.Open();
            connection.Do("PRAGMA wal_checkpoint(TRUNCATE);");
        }
        File.Move(part, file);
    }

    private static void Fill(SqliteConnection connection)
    {
        connection.Do("UPDATE Measures SET UpperLimit = 300 WHERE Code = 'wait'");
        connection.Do("INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy) SELECT 1, 1, Id, '2025-01-01', CASE Id WHEN 1 THEN 4.1 ELSE 30 END, 3, '2025-01-01 00:00:00.000', 'benchmark' FROM (SELECT 1 AS Id UNION SELECT 2)");
        var random = new Random(5);
        using var answer = connection.Command($"""
            INSERT INTO Answers (Id, SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, Csat, Nps, IsLow, Comment)
            VALUES {BareSql.Values(15)}
            """, 15);
        for (var i = 0; i < Answers; i++)
        {
            var (at, agent) = (BoardDatabase.Now - Year * (1 - (i + 1.0) / Answers), random.Next(BoardDatabase.Regions * BoardDatabase.TeamsPerRegion * BoardDatabase.AgentsPerTeam));
            var team = agent / BoardDatabase.AgentsPerTeam;
            var csat = random.Next(100) switch { < 3 => 1, < 8 => 2, < 20 => 3, < 55 => 4, _ => 5 };
            answer.Execute(
            [
                FirstId + i, 1, $"w{i:D9}", Time.Text(at), Time.Text(at), Time.Text(DateOnly.FromDateTime(at.UtcDateTime)),
                BoardDatabase.RegionId(team / BoardDatabase.TeamsPerRegion), BoardDatabase.TeamId(team), BoardDatabase.AgentId(agent), 1 + random.Next(BoardDatabase.Products), 1,
                csat, Math.Clamp(csat * 2 + random.Next(-2, 2), 0, 10), csat < 3 ? 1 : 0, i % 10 == 0 ? "The engineer came in time, 问题解决了。" : DBNull.Value,
            ]);
        }
        using var wait = connection.Command($"""
            INSERT INTO Measurements (SourceId, ExternalId, MeasureId, MeasuredAt, ReceivedAt, Day, RegionId, TeamId, Value)
            SELECT 1, @p0, Id, @p1, @p1, @p2, @p3, @p4, @p5 FROM Measures WHERE Code = 'wait'
            """, 6);
        for (var i = 0; i < Waits; i++)
        {
            var (at, team) = (BoardDatabase.Now - Year * (1 - (i + 1.0) / Waits), random.Next(BoardDatabase.Regions * BoardDatabase.TeamsPerRegion));
            wait.Execute([$"m{i:D9}", Time.Text(at), Time.Text(DateOnly.FromDateTime(at.UtcDateTime)), BoardDatabase.RegionId(team / BoardDatabase.TeamsPerRegion), BoardDatabase.TeamId(team), 60 + random.Next(400)]);
        }
    }
}
