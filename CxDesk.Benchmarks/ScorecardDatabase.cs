using CxDesk.Data.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// The company of <see cref="BoardDatabase"/>, 2,000 of its cases open, with 10,000,000 answers of two years in five channels,
/// of four segments and of none, counted by a rebuild. Some 7 GB; built once in a few minutes and kept in the temporary folder.
/// </summary>
internal static class ScorecardDatabase
{
    public const int Answers = 10_000_000, Days = 730;
    private const int FirstId = 10_000_000;

    public static Task<DatabaseOptions> Of() => BoardDatabase.With("scorecards", Answers, ["Answers"], Fill);

    /// <summary>From this day on the target is another.</summary>
    public static readonly DateOnly NewTarget = new(2026, 1, 1);

    // Made inside the database, which takes a fifth of the time: what looks random is the number of the answer, multiplied and cut.
    private static void Fill(SqliteConnection connection)
    {
        connection.Do("INSERT INTO Channels (Id, Code, Name) VALUES (2, 'chat', 'Chat'), (3, 'email', 'E-mail'), (4, 'app', 'App'), (5, 'store', 'Store')");
        connection.Do("INSERT INTO Segments (Id, Code, Name) VALUES (1, 'business', 'Business'), (2, 'family', 'Family'), (3, 'private', 'Private'), (4, 'public', 'Public')");
        connection.Do("""
            INSERT INTO Targets (UnitId, Kind, MetricId, FromDay, Target, Source, CreatedAt, CreatedBy)
            SELECT 1, 1, m.Id, d.Day, CASE m.Id WHEN 1 THEN d.Csat ELSE 30 END, 3, '2024-01-01 00:00:00.000', 'benchmark'
            FROM (SELECT 1 AS Id UNION SELECT 2) m, (SELECT '2024-01-01' AS Day, 4.1 AS Csat UNION SELECT '2026-01-01', 4.2) d
            """);
        const int agents = BoardDatabase.Regions * BoardDatabase.TeamsPerRegion * BoardDatabase.AgentsPerTeam;
        const int agentsOfRegion = BoardDatabase.TeamsPerRegion * BoardDatabase.AgentsPerTeam;
        var first = BoardDatabase.Now.AddDays(-Days).ToUnixTimeSeconds();
        connection.Do($"""
            INSERT INTO Answers (Id, SourceId, ExternalId, RespondedAt, ReceivedAt, Day, RegionId, TeamId, AgentId, ProductId, ChannelId, SegmentId, Value12m, Csat, Nps, IsLow)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Answers - 1}),
                 h (i, at, a, b, c) AS (
                     SELECT i, strftime('%Y-%m-%d %H:%M:%S', {first} + CAST(i * {Days * 86_400.0 / Answers} AS INTEGER), 'unixepoch') || '.000',
                            (i * 2654435761 >> 7) % {agents}, (i * 40503 + 12345 >> 3) % 100, (i * 2246822519 >> 9) % 1000 FROM n)
            SELECT {FirstId} + i, 1, 's' || i, at, at, substr(at, 1, 10), {BoardDatabase.RegionId(0)} + a / {agentsOfRegion}, {BoardDatabase.TeamId(0)} + a / {BoardDatabase.AgentsPerTeam},
                   {BoardDatabase.AgentId(0)} + a, 1 + c % {BoardDatabase.Products}, 1 + b % 5, CASE WHEN c % 7 < 4 THEN 1 + c % 7 END, CASE WHEN c % 3 > 0 THEN 50 + c * 3 END,
                   CASE WHEN b < 3 THEN 1 WHEN b < 8 THEN 2 WHEN b < 20 THEN 3 WHEN b < 55 THEN 4 ELSE 5 END,
                   CASE WHEN i % 2 = 0 THEN MIN(10, b / 10 + c % 3 + 2) END, b < 8
            FROM h
            """);
        connection.Do($"INSERT INTO AnswerRatings (AnswerId, AttributeId, Value) SELECT Id, 1, Csat FROM Answers WHERE Id >= {FirstId} AND Id % 5 = 0");
    }
}
