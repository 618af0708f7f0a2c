using System.Diagnostics;
using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CxDesk.Benchmarks;

/// <summary>
/// A page of 50 of the case board, first and next, against the floor: the same rows and columns by a bare read of one index
/// through Dapper, on an open connection. Then what each filter costs each kind of viewer.
/// </summary>
internal static class BoardBenchmark
{
    private const int Page = 50, Rounds = 400, FewRounds = 60;

    // Which the board itself does without.
    private const string FloorIndex = "CREATE INDEX IF NOT EXISTS IX_Floor ON Cases (Severity, DueAt, Value12m DESC) WHERE Status < 4";

    private const string Bare = $"""
        SELECT {CaseBoardRow.Columns} FROM Cases c INDEXED BY IX_Floor {CaseBoardRow.Joins}
        WHERE c.Status < 4 AND c.Severity = @severity AND c.DueAt > @at ORDER BY c.Severity, c.DueAt, c.Value12m DESC, c.Id LIMIT 50
        """;

    private static readonly IReadOnlyList<CaseStatus> Open = [CaseStatus.New, CaseStatus.InProgress, CaseStatus.Waiting];

    /// <param name="sizes">How many open and how many closed cases; 1,000,000 and none if not said.</param>
    public static async Task Run(IReadOnlyList<int> sizes)
    {
        var (open, closed) = (sizes.Count > 0 ? sizes[0] : 1_000_000, sizes.Count > 1 ? sizes[1] : 0);
        var options = await BoardDatabase.Of(open, closed);
        using var db = new Db(options, new Standing(BoardDatabase.Now), new ChangeSignal());
        var company = new Company(new CompanyOptions());
        var board = new CaseBoardQuery(db, company, new RegionCalendars(company, new ChangeSignal()));
        var random = new Random(3);
        var cursors = await Cursors(board, random);

        var filter = new CaseBoardFilter { Statuses = Open };
        await using var connection = new SqliteConnection(options.ConnectionString);
        connection.Open();
        await connection.ExecuteAsync(FloorIndex);
        // In turn, so that what else the machine does touches all alike.
        var (floor, next, first, counted) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = -100; i < Rounds; i++)
        {
            var at = cursors[(i + 100) % cursors.Count];
            var took = (await Timed(() => connection.QueryAsync<CaseBoardRow>(Bare, new { severity = (int)at.Severity, at = at.At })),
                await Timed(() => board.ReadRows(BoardDatabase.Admin, filter, CaseSort.Urgency, Page, at)),
                await Timed(() => board.ReadRows(BoardDatabase.Admin, filter, CaseSort.Urgency, Page)),
                await Timed(() => board.Read(BoardDatabase.Admin, filter, CaseSort.Urgency, Page, at)));
            if (i < 0) continue;
            floor.Add(took.Item1);
            next.Add(took.Item2);
            first.Add(took.Item3);
            counted.Add(took.Item4);
        }
        Report.Times("board: bare keyset read of 50 through Dapper", floor);
        Report.Times("board: a page of 50", next, floor);
        Report.Times("board: the first page of 50", first, floor);
        Report.Times("board: a page of 50 with counts", counted, floor);

        foreach (var (viewer, who) in ((Viewer, string)[])[(BoardDatabase.Admin, "admin"), (BoardDatabase.Manager, "region manager"), (BoardDatabase.Supervisor, "supervisor"), (BoardDatabase.Agent, "agent")])
            foreach (var (name, one) in Filters(filter))
                Report.Times($"{who}: {name}", await Timed(FewRounds, () => board.Read(viewer, one, CaseSort.Urgency, Page)), floor);
        Report.Times("admin: lanes", await Timed(FewRounds, () => board.ReadLanes(BoardDatabase.Admin, new(), 30)), floor);
        Report.Times("agent: lanes", await Timed(FewRounds, () => board.ReadLanes(BoardDatabase.Agent, new(), 30)), floor);
        Report.Times("admin: by deadline", await Timed(FewRounds, () => board.Read(BoardDatabase.Admin, filter, CaseSort.Due, Page)), floor);
        Report.Times("admin: newest", await Timed(FewRounds, () => board.Read(BoardDatabase.Admin, filter, CaseSort.Newest, Page)), floor);
        if (closed > 0) Report.Times("admin: open and closed", await Timed(FewRounds, () => board.Read(BoardDatabase.Admin, new(), CaseSort.Urgency, Page)), floor);
    }

    private static IEnumerable<(string, CaseBoardFilter)> Filters(CaseBoardFilter open) =>
    [
        ("open", open),
        ("status", open with { Statuses = [CaseStatus.Waiting] }),
        ("severity", open with { Severities = [CaseSeverity.Low] }),
        ("owner", open with { Owner = "agent-0" }),
        ("nobody's", open with { Owner = CaseBoardFilter.None }),
        ("region", open with { Unit = "region-0" }),
        ("team", open with { Unit = "team-0" }),
        ("product", open with { Product = "product-0" }),
        ("overdue", open with { Overdue = true }),
        ("in time", open with { Overdue = false }),
        ("text, common", open with { Text = BoardDatabase.Words[1] }),
        ("text, some", open with { Text = BoardDatabase.Words[9] }),
        ("text, rare", open with { Text = BoardDatabase.Words[17] }),
        ("text, one letter", open with { Text = "d" }),
        ("text, two Han characters", open with { Text = "退款" }),
        ("text, a customer", open with { Text = "K1500" }),
        ("text, a reference", open with { Text = "C-1500" }),
    ];

    // Places all over the order, as who turns pages would come to.
    private static async Task<List<CaseCursor>> Cursors(CaseBoardQuery board, Random random)
    {
        var cursors = new List<CaseCursor>();
        while (cursors.Count < 100)
        {
            var at = BoardDatabase.Now.AddMinutes(random.Next(-44 * 1440, 9 * 1440));
            var from = new CaseCursor(CaseSort.Urgency, (CaseSeverity)random.Next(1, 5), at, 0, 0);
            if ((await board.ReadRows(BoardDatabase.Admin, new() { Statuses = Open }, CaseSort.Urgency, Page, from)).Next is { } next) cursors.Add(next);
        }
        return cursors;
    }

    private static async Task<List<TimeSpan>> Timed(int rounds, Func<Task> work)
    {
        for (var i = 0; i < rounds / 4; i++) await work();
        var times = new List<TimeSpan>(rounds);
        for (var i = 0; i < rounds; i++) times.Add(await Timed(work));
        return times;
    }

    private static async Task<TimeSpan> Timed(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from);
    }
}
