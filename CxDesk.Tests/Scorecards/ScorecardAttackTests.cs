using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Scorecards;

/// <summary>The attacker of <see cref="SuppressionAttackTests"/> before scorecards, position maps and live boards themselves, on days that are over and while one grows.</summary>
public sealed class ScorecardAttackTests
{
    private static readonly DateOnly First = new(2026, 8, 24);
    private const int Days = 21;

    private static DateOnly Last => First.AddDays(Days - 1);

    [Theory, InlineData("manager"), InlineData("supervisor"), InlineData("display")]
    [Trait("Behaviour", "28")]
    public async Task From_what_is_shown_of_others_nobody_works_out_few_answers(string who)
    {
        var (viewer, own) = Who(who);
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Answers(420, new Random(4)));
        await using var database = floor.Database;
        // The month after, as a digest of the month before is read.
        database.Time.Now = At(Last.AddDays(2));
        await SetTarget(database);
        var notes = new Notes(floor.Answers, own);
        foreach (var (from, days) in Windows)
            foreach (var look in Looks) await notes.Read(floor, Floor.Query, viewer, look, from, days);
        // What was shown may be held against days of its own choice.
        foreach (var look in Looks) await notes.Read(floor, Floor.Query, viewer, look, First, 7, (First.AddDays(11), First.AddDays(13)));
        foreach (var from in (DateOnly[])[First, First.AddDays(7)]) await notes.ReadPositions(floor, viewer, from, from.AddDays(7));
        foreach (var window in (LiveWindow[])[LiveWindow.Week, LiveWindow.Month]) await notes.ReadBoards(floor, viewer, window);
        await notes.ReadTargets(floor, viewer, Last.AddDays(2));

        Assert.Empty(notes.Recovered());
        Assert.True(notes.Shown > 100, $"{who} was shown {notes.Shown}");
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task The_same_eyes_find_some_where_nothing_is_withheld()
    {
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Answers(420, new Random(4)));
        await using var database = floor.Database;
        var (notes, open) = (new Notes(floor.Answers, Floor.South), new ScorecardQuery(new ScorecardsOptions { MinimumN = 1 }, database.Company));
        foreach (var (from, days) in Windows)
            foreach (var look in Looks) await notes.Read(floor, open, Floor.ManagerOf(Floor.South), look, from, days);
        Assert.NotEmpty(notes.Recovered());
    }

    [Theory, InlineData("manager"), InlineData("supervisor"), InlineData("display")]
    [Trait("Behaviour", "28")]
    public async Task Who_watches_the_boards_of_others_while_a_day_grows_works_out_few_answers_of_it_from_a_wall_only(string who)
    {
        var (viewer, own) = Who(who);
        var random = new Random(8);
        var (past, today) = (Answers(300, random).Where(a => a.Day < Last).ToList(), Answers(60, random).Select(a => a with { Day = Last }).Take(12).ToList());
        var floor = await Floor.Create(DatabaseProvider.Sqlite, past);
        await using var database = floor.Database;
        var notes = new Notes([.. past, .. today], own);
        database.Time.Now = At(Last);
        await SetTarget(database);
        foreach (var answer in today)
        {
            await floor.Store([answer]);
            await new GapWriter(database.Db).Recalculate();
            await notes.ReadBoards(floor, viewer, LiveWindow.Hour, LiveWindow.Today, LiveWindow.Week);
            await notes.ReadTargets(floor, viewer, Last);
            foreach (var days in (int[])[1, 7]) await notes.Read(floor, Floor.Query, viewer, new Look(null, RollupBy.Team), Last.AddDays(1 - days), days);
            await notes.Read(floor, Floor.Query, viewer, new Look(null, RollupBy.Team), First, 14, (Last, Last.AddDays(1)));
        }
        // Once it is over it is shown, of whom enough is.
        database.Time.Now = At(Last.AddDays(1));
        foreach (var days in (int[])[1, 7])
            foreach (var look in Looks) await notes.Read(floor, Floor.Query, viewer, look, Last.AddDays(1 - days), days);

        if (who == "display") Assert.NotEmpty(notes.Recovered());
        else Assert.Empty(notes.Recovered());
        Assert.True(notes.Shown > 20, $"{who} was shown {notes.Shown}");
    }

    private static (Viewer, int Own) Who(string who) => who switch
    {
        "manager" => (Floor.ManagerOf(Floor.South), Floor.South),
        "supervisor" => (Floor.SupervisorOf(Floor.NorthA), Floor.NorthA),
        _ => (Floor.Display, 0),
    };

    private static async Task SetTarget(TestDatabase database)
    {
        await new TargetWriter(database.Db, database.Company).Set(Floor.Executive, new SetTarget { Subject = TargetSubject.Unit(1), Indicator = Indicator.Csat, FromDay = First.AddDays(-40), Target = 4, Source = TargetSource.Management });
        await new GapWriter(database.Db).Recalculate();
    }

    // Most about one team, one product and one channel; another channel is hardly used but for one product.
    private static IEnumerable<FloorAnswer> Answers(int count, Random random)
    {
        int[] teams = [Floor.NorthA, Floor.NorthB, Floor.NorthNone, Floor.SouthA, Floor.SouthNone];
        for (var i = 0; i < count; i++)
        {
            var (t, product) = (random.Next(10), 1 + Math.Min(2, random.Next(6)));
            yield return new FloorAnswer(First.AddDays(random.Next(Days)), teams[t < 4 ? 0 : t < 6 ? 1 : t < 9 ? 3 : 2 + random.Next(3)], Csat: 1 + random.Next(5), Product: product,
                Channel: product == 1 || random.Next(20) == 0 ? 2 : 1, Segment: random.Next(3) switch { 0 => null, var s => s });
        }
    }

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 30)), TimeSpan.Zero);

    // A month, weeks, a day, what slides from one day to the next, and what somebody chose.
    private static IEnumerable<(DateOnly From, int Days)> Windows =>
        [(First, Days), (First, 7), (First.AddDays(7), 7), (First.AddDays(14), 7), (First.AddDays(9), 7), (First.AddDays(10), 7), (First.AddDays(3), 11)];

    private static IEnumerable<Look> Looks =>
    [
        new(null, RollupBy.Region), new(null, RollupBy.Product), new(null, RollupBy.Channel), new(null, RollupBy.Segment), new(null, RollupBy.Team),
        new(null, RollupBy.Region, Product: "phone"), new(null, RollupBy.Team, Product: "phone"), new(null, RollupBy.Product, Channel: "chat"),
        new(null, RollupBy.Region, Segment: "home"), new("north", RollupBy.Product), new("north", RollupBy.Channel),
    ];

    private sealed record Look(string? Parent, RollupBy By, string? Product = null, string? Channel = null, string? Segment = null)
    {
        public bool Holds(FloorAnswer a) => (Parent is null || a.Region == Floor.North) && (Product is null || a.Product == 1) && (Channel is null || a.Channel == 2) && (Segment is null || a.Segment == 1);

        public int? Key(FloorAnswer a) => By switch { RollupBy.Region => a.Region, RollupBy.Team => a.Team, RollupBy.Channel => a.Channel, RollupBy.Segment => a.Segment ?? 0, _ => a.Product };
    }

    /// <summary>What somebody wrote down.</summary>
    /// <param name="own">The region or team that is theirs.</param>
    private sealed class Notes(IReadOnlyList<FloorAnswer> answers, int own)
    {
        private readonly List<int> _closed = [.. Enumerable.Range(0, answers.Count).Where(i => answers[i].Region != own && answers[i].Team != own)];
        private Attacker? _attacker;

        public int Shown { get; private set; }

        public IReadOnlyList<int[]> Recovered() => _attacker!.Recovered(5);

        public async Task Read(Floor floor, ScorecardQuery query, Viewer viewer, Look look, DateOnly from, int days, (DateOnly From, DateOnly To)? against = null)
        {
            var filter = new ScorecardFilter(look.By, Metric.Csat, from, from.AddDays(days)) { Parent = look.Parent, Product = look.Product, Channel = look.Channel, Segment = look.Segment };
            if (against is { } before) filter = filter with { BeforeFrom = before.From, BeforeTo = before.To };
            var card = (await floor.Database.Db.Read(s => query.Read(s, viewer, filter)))!;
            foreach (var (row, isTotal) in card.Rows.Select(r => (r, false)).Append((card.Total, true)))
            {
                bool Holds(FloorAnswer a) => look.Holds(a) && (isTotal || look.Key(a) == row.KeyId);
                Write(floor, row.Score, row.N, a => Holds(a) && a.Day >= card.Filter.From && a.Day < card.Filter.To);
                Write(floor, row.Change, null, a => Holds(a) && a.Day >= card.Filter.BeforeFrom && a.Day < card.Filter.BeforeTo);
                foreach (var point in row.Trend) Write(floor, point.Value, null, a => Holds(a) && a.Day >= point.Bucket.From && a.Day < point.Bucket.To);
            }
        }

        public async Task ReadPositions(Floor floor, Viewer viewer, DateOnly from, DateOnly to)
        {
            if (viewer.Reach == Reach.None) return;
            var query = new PositionQuery(new ScorecardsOptions(), floor.Database.Company);
            foreach (var look in (Look[])[new(null, RollupBy.Product), new(null, RollupBy.Team), new(null, RollupBy.Segment), new("north", RollupBy.Product)])
            {
                var map = (await floor.Database.Db.Read(s => query.Read(s, viewer, new PositionFilter(look.By, Indicator.Csat, Indicator.Nps, from, to) { Parent = look.Parent })))!;
                foreach (var row in map.Rows) Write(floor, row.X.Score.Value, row.X.Score.N, a => look.Holds(a) && look.Key(a) == row.KeyId && a.Day >= from && a.Day < to);
            }
        }

        public async Task ReadTargets(Floor floor, Viewer viewer, DateOnly today)
        {
            if (viewer.Reach == Reach.None) return;
            var board = await floor.Database.Db.Read(s => new TargetBoardQuery(Floor.Query).Read(s, viewer, Indicator.Csat, today));
            foreach (var row in board.Rows)
                foreach (var (gap, d) in row.Gaps.Select((gap, d) => (gap, d)))
                    Write(floor, gap, null, a => a.Day == today.AddDays(1 + d - row.Gaps.Count) && row.Subject switch
                    {
                        { Axis: null, Id: 1 } => true,
                        { Axis: null, Id: var unit } => a.Region == unit || a.Team == unit,
                        { Axis: RollupAxis.Product, Id: var product } => a.Product == product,
                        { Axis: RollupAxis.Channel, Id: var channel } => a.Channel == channel,
                        { Id: var segment } => a.Segment == segment,
                    });
        }

        public async Task ReadBoards(Floor floor, Viewer viewer, params LiveWindow[] windows)
        {
            var query = new LiveQuery(floor.Database.Db, floor.Database.Company, new ScorecardsOptions());
            var today = floor.Database.Company.DayOf(floor.Database.Time.Now);
            foreach (var window in windows)
                foreach (var (unit, by) in ((string?, LiveBy)[])[(null, LiveBy.Region), (null, LiveBy.Product), ("north", LiveBy.Team)])
                {
                    var board = await query.Read(new LiveFilter(window, by) { Unit = unit }, viewer);
                    var look = new Look(unit, board.Filter.RollupBy);
                    var to = board.IsHeld && window.Days() > 1 ? today : today.AddDays(1);
                    var from = to.AddDays(-Math.Max(1, window.Days()));
                    foreach (var row in board.Rows)
                    {
                        Write(floor, row.Score, row.N, a => look.Holds(a) && look.Key(a) == row.KeyId && a.Day >= from && a.Day < to);
                        foreach (var (value, d) in row.Trend.Select((value, d) => (value, d)))
                            Write(floor, value, null, a => look.Holds(a) && look.Key(a) == row.KeyId && a.Day == to.AddDays(d - row.Trend.Count));
                    }
                    Write(floor, board.Scores.Csat.Score, board.Scores.Csat.N, a => look.Holds(a) && a.Day >= from && a.Day < to);
                }
        }

        // A value that was seen is the sum of what it counts; nothing seen, nothing known.
        private void Write(Floor floor, double? value, long? n, Func<FloorAnswer, bool> holds)
        {
            if (value is null) return;
            if (n is not null) Assert.Equal(n, floor.Answers.Count(holds));
            Shown++;
            _attacker ??= new Attacker([.. _closed.Select(_ => 1L)]);
            _attacker.Know(Enumerable.Range(0, _closed.Count).Where(i => _closed[i] < floor.Answers.Count && holds(answers[_closed[i]])));
        }
    }
}
