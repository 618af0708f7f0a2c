using System.Diagnostics;
using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// The scorecard over 10,000,000 answers of two years: the company's as it is first painted, and every way down from it, over
/// 7, 30, 90 and 365 days, each against the floor: a bare read, with every value of every row fetched, of the very rollup rows
/// and blocks that the scorecard reads, no more and no fewer: those of its rows and of its total, in the period and in the one
/// before, and where lines are read apart (agents beyond a team) the rows of these. The floor reads no units, targets, cases or
/// versions of blocks; the scorecard does. With <c>rebuild</c> besides, all rollups are counted anew first, and the rate is printed.
/// </summary>
internal static class ScorecardsBenchmark
{
    private const int Rounds = 40, WarmUp = 5;
    private const double LatestMilliseconds = 100, MostFloors = 2;

    private static readonly DateOnly Today = DateOnly.FromDateTime(BoardDatabase.Now.UtcDateTime);
    private static readonly int[] Periods = [7, 30, 90, 365];

    private static readonly (string Name, RollupBy By, string? Parent)[] Looks =
    [
        ("company by region", RollupBy.Region, null), ("company by team", RollupBy.Team, null), ("company by product", RollupBy.Product, null),
        ("company by channel", RollupBy.Channel, null), ("company by segment", RollupBy.Segment, null), ("company by agent", RollupBy.Agent, null),
        ("region by team", RollupBy.Team, "region-1"), ("region by product", RollupBy.Product, "region-1"), ("region by agent", RollupBy.Agent, "region-1"),
        ("team by agent", RollupBy.Agent, "team-30"), ("team by product", RollupBy.Product, "team-30"), ("team by segment", RollupBy.Segment, "team-30"),
    ];

    /// <param name="rebuild">Whether to count everything anew first, which takes minutes.</param>
    public static async Task Run(bool rebuild)
    {
        var options = await ScorecardDatabase.Of();
        var company = new Company(new CompanyOptions());
        var signal = new ChangeSignal();
        using var db = new Db(options, new Standing(BoardDatabase.Now), signal);
        if (rebuild) Report.Rate("rollups: a rebuild of all of them", ScorecardDatabase.Answers, await BoardDatabase.Rebuilt(db), "answers");
        var begin = Stopwatch.GetTimestamp();
        if (await new RollupBlockWriter(db, company).Run() is > 0 and var blocks)
            Report.Rate("rollups: blocks of days and weeks summed", blocks, Stopwatch.GetElapsedTime(begin), "blocks");
        begin = Stopwatch.GetTimestamp();
        if (await new CaseBlockWriter(db).Run() is > 0 and var counted)
            Report.Rate("cases: blocks of days and weeks counted", counted, Stopwatch.GetElapsedTime(begin), "blocks");
        await using var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();
        connection.Do("PRAGMA cache_size = -32000;");

        var query = new ScorecardQuery(new ScorecardsOptions(), company);
        foreach (var (name, by, parent) in Looks)
            foreach (var days in Periods)
                await Look(db, query, connection, $"{name}, {days} days", new ScorecardFilter(by, Metric.Csat, Today.AddDays(1 - days), Today.AddDays(1)) { Parent = parent });
        await Answers(db, company);
        await Manager(db, new ScorecardQuery(new ScorecardsOptions(), company, new RollupMemory(signal)));
    }

    private static async Task Look(Db db, ScorecardQuery query, SqliteConnection connection, string name, ScorecardFilter filter)
    {
        var units = await db.Read(UnitTree.Read);
        var card = (await db.Read(s => query.Read(s, BoardDatabase.Admin, filter)))!;
        var bare = await db.Read(s => Bare(s, filter, filter.Parent is { } code ? units.Find(code) : null, card));
        var (times, floor) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = -WarmUp; i < Rounds; i++)
        {
            var one = await Timed(() => db.Read(s => query.Read(s, BoardDatabase.Admin, filter)));
            var least = await Timed(() => Task.FromResult(bare.Sum(sql => connection.Rows(sql).Count)));
            if (i < 0) continue;
            times.Add(one);
            floor.Add(least);
        }
        Report.Times($"scorecard: bare read of {bare.Sum(sql => connection.Rows(sql).Count):N0} rows", floor);
        Report.Times($"scorecard: {name}", times, floor);
        Report.AtMost("p95", Report.Share(times, .95).TotalMilliseconds, LatestMilliseconds, "ms");
        Report.AtMost("p50 against the floor's", Report.Share(times, .5) / Report.Share(floor, .5), MostFloors, "times");
    }

    private static async Task Answers(Db db, Company company)
    {
        var (units, times) = (await db.Read(UnitTree.Read), new List<TimeSpan>());
        var filter = new AnswersFilter(units.Find("team-30")!, Indicator.Csat, company.StartOf(Today.AddDays(-364)), company.StartOf(Today.AddDays(1))) { AgentId = BoardDatabase.AgentId(301) };
        for (var i = -WarmUp; i < Rounds; i++)
        {
            var one = await Timed(() => db.Read(s => AnswersQuery.Read(s, BoardDatabase.Admin, filter)));
            if (i >= 0) times.Add(one);
        }
        Report.Times("scorecard: answers of an agent, 365 days, first page", times);
        Report.AtMost("p95", Report.Share(times, .95).TotalMilliseconds, LatestMilliseconds, "ms");
    }

    // What is withheld from somebody of what is not their own: worked out at first, and kept.
    private static async Task Manager(Db db, ScorecardQuery query)
    {
        var viewer = new Viewer { PersonId = BoardDatabase.ManagerId, Name = "Manager", Role = Role.Manager, Reach = Reach.Units, RegionIds = [BoardDatabase.RegionId(1)] };
        foreach (var (name, by, parent) in Looks.Where(look => look.Parent is null && look.By is RollupBy.Region or RollupBy.Team or RollupBy.Product))
        {
            var filter = new ScorecardFilter(by, Metric.Csat, Today.AddDays(-364), Today.AddDays(1)) { Parent = parent };
            Report.Times($"scorecard: {name}, 365 days, to a manager, the first time", [await Timed(() => db.Read(s => query.Read(s, viewer, filter)))]);
            var times = new List<TimeSpan>();
            for (var i = 0; i < Rounds; i++) times.Add(await Timed(() => db.Read(s => query.Read(s, viewer, filter))));
            Report.Times($"scorecard: {name}, 365 days, to a manager", times);
            Report.AtMost("p95", Report.Share(times, .95).TotalMilliseconds, LatestMilliseconds, "ms");
        }
    }

    // The rows that the scorecard's own cover names.
    private static async Task<IReadOnlyList<string>> Bare(Session session, ScorecardFilter filter, UnitRow? place, Scorecard card)
    {
        var statements = new List<string>();
        var grain = ScorecardBucket.Grain(filter.From, filter.To);
        var isLong = filter.By == RollupBy.Agent && place?.Kind != UnitKind.Team;
        var counting = await ScorecardBucket.Blocks(session, filter, [ScorecardDatabase.NewTarget]);
        foreach (var by in (RollupBy[])[filter.By, RollupBy.Company])
        {
            Of(by, filter.BeforeFrom, filter.BeforeTo, RollupBlocks.Sizes[^1]);
            Of(by, filter.From, filter.To, isLong && by == filter.By ? RollupBlocks.Sizes[^1] : grain);
        }
        if (isLong) Of(filter.By, filter.From, filter.To, grain, $" AND KeyId IN ({string.Join(", ", card.Rows.Where(r => r.Trend.Count > 0).Select(r => r.KeyId))})");
        return statements;

        void Of(RollupBy by, DateOnly from, DateOnly to, int largest, string keys = "")
        {
            var axis = by switch { RollupBy.Agent => 2, RollupBy.Product => 3, RollupBy.Channel => 4, RollupBy.Segment => 5, _ => 1 };
            var ofTeams = by is RollupBy.Team or RollupBy.Agent || place?.Kind == UnitKind.Team;
            var under = place switch
            {
                { Kind: UnitKind.Region } => $" AND RegionId = {place.Id}",
                { Kind: UnitKind.Team } => $" AND RegionId = {place.ParentId} AND TeamId = {place.Id}",
                _ => "",
            };
            var cover = RollupBlocks.Cover(from, to, counting, largest, from == filter.From ? [ScorecardDatabase.NewTarget] : []);
            if (ofTeams) cover = cover with { Days = [.. cover.Days, .. cover.Ones], Ones = [] };
            Add("SELECT * FROM Rollups WHERE ", "Day", cover.Days);
            Add("SELECT * FROM BlockRollups WHERE Days = 1 AND Level = 2 AND ", "FromDay", cover.Ones);
            Add($"SELECT * FROM BlockRollups WHERE Days = 7 AND Level = {(ofTeams ? 3 : 2)} AND ", "FromDay", cover.Weeks);
            Add($"SELECT * FROM BlockRollups WHERE Days = 28 AND Level = {(ofTeams ? 3 : 2)} AND ", "FromDay", cover.Fours);

            void Add(string select, string column, IReadOnlyList<DateOnly> days)
            {
                if (days.Count > 0) statements.Add($"{select}Axis = {axis} AND Kind = 1 AND MetricId = 1 AND {column} IN ({string.Join(", ", days.Select(day => $"'{day:yyyy-MM-dd}'"))}){under}{keys}");
            }
        }
    }

    private static async Task<TimeSpan> Timed<T>(Func<Task<T>> work)
    {
        var begin = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begin);
    }
}
