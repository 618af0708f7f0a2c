using CxDesk.Data.Database;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// The company of <see cref="BoardDatabase"/>, 2,000 of its cases open, with 2,000,000 answers of a year, counted as intake
/// counts them. Built once and kept in the temporary folder, as that is.
/// </summary>
internal static class WallDatabase
{
    public const int Answers = 2_000_000;
    private const int Waits = 200_000, FirstId = 10_000_000;
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static Task<DatabaseOptions> Of() => BoardDatabase.With("wall", Answers, ["Answers", "Measurements"], Fill);

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
