using System.Diagnostics;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Walls;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// A wall of six tiles over 30 days, read from 2,000,000 answers of 100 teams and 20 products, against the floor: a bare
/// read of the rollup rows that its scores are summed from, on an open connection: as each beat reads it, after an answer of
/// today, and the very first time. Then what each kind of tile costs alone.
/// </summary>
internal static class WallBenchmark
{
    private const int Rounds = 300, FewRounds = 60, FirstRounds = 8, WarmUp = 30, PastRounds = 20, PastWarmUp = 3;
    private const double LatestMilliseconds = 15;

    private const string Written = "UPDATE RollupDays SET Version = Version + 1 WHERE Day = '2026-09-14'";

    // The rows of teams, of two scores and a measure; those of one product.
    private const string Bare = """
        SELECT * FROM Rollups WHERE Axis = 1 AND Kind = 1 AND MetricId IN (1, 2) AND Day >= '2026-08-16' AND Day < '2026-09-15'
        UNION ALL SELECT * FROM Rollups WHERE Axis = 1 AND Kind = 3 AND MetricId = 1 AND Day >= '2026-08-16' AND Day < '2026-09-15'
        UNION ALL SELECT * FROM Rollups WHERE Axis = 3 AND Kind = 1 AND MetricId = 1 AND Day >= '2026-08-16' AND Day < '2026-09-15' AND KeyId = 1
        """;

    private static readonly WallTileSpec[] Six =
    [
        Tile(WallTileKind.Score), Tile(WallTileKind.Score) with { Unit = "region-0" }, Tile(WallTileKind.Score) with { Product = "product-0" },
        Tile(WallTileKind.Trend) with { Metric = Metric.Nps }, Tile(WallTileKind.Cases), Tile(WallTileKind.Measure) with { Measure = "wait" },
    ];

    private static readonly (string Name, WallTileSpec Tile)[] Alone =
    [
        ("score of the company", Six[0]), ("score of a region", Six[1]), ("score of a product", Six[2]),
        ("score of a team", Tile(WallTileKind.Score) with { Unit = "team-3" }), ("score of an agent", Tile(WallTileKind.Score) with { Agent = "a7" }),
        ("number of low answers", Tile(WallTileKind.Number) with { Number = WallNumber.LowAnswers }),
        ("trend", Six[3]), ("cases", Six[4]), ("measure", Six[5]), ("comments", Tile(WallTileKind.Comments)),
        ("movers by region", Tile(WallTileKind.Movers)), ("movers by product", Tile(WallTileKind.Movers) with { By = RollupBy.Product }),
        ("leaders by team", Tile(WallTileKind.Leaders) with { By = RollupBy.Team }), ("leaders by agent", Tile(WallTileKind.Leaders) with { By = RollupBy.Agent }),
    ];

    public static async Task Run()
    {
        var options = await WallDatabase.Of();
        var signal = new ChangeSignal();
        using var db = new Db(options, new Standing(BoardDatabase.Now), signal);
        await using var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();

        WallQuery Query() => new(db, new Company(new CompanyOptions()), new ScorecardsOptions(), new RollupMemory(signal));
        var first = new List<TimeSpan>();
        for (var i = 0; i < FirstRounds; i++) first.Add(await Timed(() => Read(Query(), Six)));
        var query = Query();
        var read = await Times(Rounds, () => Read(query, Six));
        var rows = 0;
        var floor = await Times(FewRounds, () => Task.FromResult(rows = connection.Count(Bare)));
        Report.Times($"wall: bare read of its {rows:N0} rollup rows", floor);
        Report.Times("wall: six tiles, 30 days, nothing remembered", first, floor);
        Report.Times("wall: six tiles, 30 days, after an answer of today", read, floor);
        Report.AtMost("wall: p95", Report.Share(read, .95).TotalMilliseconds, LatestMilliseconds, "ms");
        foreach (var (name, tile) in Alone) Report.Times($"wall: {name}", await Times(FewRounds, () => Read(query, [tile])), floor);

        // Each time an answer came in since the last.
        async Task<List<TimeSpan>> Times<T>(int rounds, Func<Task<T>> work)
        {
            var times = new List<TimeSpan>();
            for (var i = -WarmUp; i < rounds; i++)
            {
                connection.Do(Written);
                var one = await Timed(work);
                if (i >= 0) times.Add(one);
            }
            return times;
        }
    }

    /// <summary>The same walls as they were 1, 30 and 89 days ago, against a bare read of what is counted for them.</summary>
    public static async Task RunPast()
    {
        var options = await WallDatabase.Of();
        var signal = new ChangeSignal();
        using var db = new Db(options, new Standing(BoardDatabase.Now), signal);
        await using var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();
        await Past(connection, new WallQuery(db, new Company(new CompanyOptions()), new ScorecardsOptions(), new RollupMemory(signal)));
    }

    // The walls are there from the start of the year; cases are known as the script of their history fills it.
    private static async Task Past(SqliteConnection connection, WallQuery query)
    {
        connection.Do("""
            DELETE FROM CaseHistory;
            INSERT INTO CaseHistory (CaseId, FromAt, ToAt, Version, Status, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m, Breach, EscalationLevel, ResolvedAt)
            SELECT Id, OpenedAt, COALESCE(ResolvedAt, '9999-12-31 23:59:59.999'), RowVersion, 1, Severity, OpenedAt, DueAt, OwnerId, RegionId, TeamId, ProductId, Value12m, Breach, EscalationLevel, NULL FROM Cases;
            DELETE FROM WallVersions WHERE WallId = 2;
            DELETE FROM Walls WHERE Id = 2;
            INSERT INTO Walls (Id, Code, Name, CreatedAt, UpdatedAt) VALUES (2, 'alone', 'Alone', '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000');
            INSERT INTO WallVersions (WallId, Version, Name, CreatedAt, CreatedBy) VALUES (2, 1, 'Alone', '2026-01-01 00:00:00.000', 'benchmark');
            """);
        Show(1, Six);
        foreach (var days in (int[])[1, 30, 89])
        {
            // Its rollups, and the answers of the day that was not over.
            var then = DateOnly.FromDateTime(BoardDatabase.Now.UtcDateTime).AddDays(-days);
            var bare = Bare.Replace("2026-08-16", Time.Text(then.AddDays(-29)), StringComparison.Ordinal).Replace("2026-09-15", Time.Text(then), StringComparison.Ordinal);
            var floor = await Times(_ => Task.FromResult(connection.Count(bare) + connection.Count($"SELECT * FROM Answers WHERE Day = '{Time.Text(then)}'")));
            Report.Times($"past: bare read of its rollups and of the day, {days} days ago", floor);
            Report.Times($"past: six tiles and the live board's day, {days} days ago", await Times(minute => ReadAt("main", days, minute)), floor);
            if (days != 30) continue;
            foreach (var (name, tile) in Alone)
            {
                Show(2, tile);
                Report.Times($"past: {name}, {days} days ago", await Times(minute => ReadAt("alone", days, minute)), floor);
            }
        }

        Task<WallSnapshot> ReadAt(string wall, int days, int minute) => query.ReadAt(wall, BoardDatabase.Now.AddDays(-days).AddMinutes(-minute), Display);

        void Show(int wall, params WallTileSpec[] tiles)
        {
            using var save = connection.Command("UPDATE WallVersions SET Document = @p0 WHERE WallId = @p1", 2);
            save.Execute([new WallDocument { Pages = [new WallPage { Tiles = tiles }] }.ToJson(), wall]);
        }

        // Minute by minute, as it is scrubbed.
        static async Task<List<TimeSpan>> Times<T>(Func<int, Task<T>> work)
        {
            var times = new List<TimeSpan>();
            for (var i = -PastWarmUp; i < PastRounds; i++)
            {
                var one = await Timed(() => work(i));
                if (i >= 0) times.Add(one);
            }
            return times;
        }
    }

    private static readonly Viewer Display = new() { Name = "display", Role = Role.Wall, Reach = Reach.None };

    private static WallTileSpec Tile(WallTileKind kind) => new() { Kind = kind, Window = LiveWindow.Month };

    private static Task<WallSnapshot> Read(WallQuery query, IReadOnlyList<WallTileSpec> tiles) =>
        query.Preview("benchmark", "Benchmark", new WallDocument { Pages = [new WallPage { Tiles = tiles }] }, Display);

    private static async Task<TimeSpan> Timed<T>(Func<Task<T>> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from);
    }
}
