using System.Diagnostics;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// A wall of six tiles over 30 days, read from 2,000,000 answers, against the floor: a bare read of the rollup rows that its
/// sums are made of, on an open connection.
/// </summary>
internal static class WallBenchmark
{
    private const int Rounds = 200, WarmUp = 30;
    private const double LimitMilliseconds = 15;

    public static async Task Run()
    {
        var options = await WallDatabase.Of();
        using var db = new Db(options, new Standing(BoardDatabase.Now), new ChangeSignal());
        var viewer = new Viewer { Name = "display", Role = Role.Wall, Reach = Reach.None };
        var query = new LiveQuery(db, new Company(new CompanyOptions()), new ScorecardsOptions());
        await using var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();
        foreach (var by in Enum.GetValues<LiveBy>())
        {
            var (read, floor) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (var i = -WarmUp; i < Rounds; i++)
            {
                var one = await Timed(() => query.Read(new LiveFilter(LiveWindow.Month, by), viewer));
                var bare = await Timed(() => Task.FromResult(connection.Rows("SELECT * FROM Rollups WHERE Axis = 1 AND Kind = 1 AND MetricId IN (1, 2, 3) AND Day > '2026-08-15'")));
                if (i < 0) continue;
                read.Add(one);
                floor.Add(bare);
            }
            Report.Times($"wall: bare read of the rows", floor);
            Report.Times($"wall: by {by}", read, floor);
        }
    }

    private static async Task<TimeSpan> Timed<T>(Func<Task<T>> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from);
    }
}
