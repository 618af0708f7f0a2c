using System.Text.Json;
using CxDesk.Data.Admin;
using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Ingest;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Policies;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Data.Targets;
using CxDesk.Data.Walls;
using CxDesk.Tests.Database;
using CxDesk.Tests.Live;

namespace CxDesk.Tests.Walls;

/// <summary>What a wall is said to have shown is what it showed: lives are lived, snapshots kept, and each is worked out again.</summary>
public sealed class PastWallTests
{
    private static readonly Statement AddPeople = new("""
        INSERT INTO People (Name, UserName, Role) VALUES ('Max', 'max', 4), ('Mia', 'mia', 4)
        """);

    private static readonly Statement AddPlaces = new("INSERT INTO Places (PersonId, UnitId, Role, FromDay) SELECT Id, 1, 4, '2020-01-01' FROM People WHERE UserName = 'max'");
    private static readonly Statement PeopleIds = new("SELECT Id FROM People WHERE UserName IS NOT NULL ORDER BY Id");
    private static readonly Statement VersionOf = new("SELECT RowVersion FROM Units WHERE Id = @id");
    private static readonly Statement CaseIds = new("SELECT Id FROM Cases ORDER BY Id");
    private static readonly Statement EventNames = new("SELECT DISTINCT Event FROM CaseEvents");

    private static readonly WallTileSpec Score = new() { Kind = WallTileKind.Score };

    private static readonly WallDocument[] Documents =
    [
        new()
        {
            Pages =
            [
                new() { Tiles = [Score, Score with { Unit = "north", Window = LiveWindow.Hour }, Score with { Product = "net", Window = LiveWindow.Month }, new() { Kind = WallTileKind.Cases }] },
                new() { Tiles = [Score with { Metric = Metric.Nps, Window = LiveWindow.Week }, new() { Kind = WallTileKind.Trend, Unit = "south" }, new() { Kind = WallTileKind.Comments },
                    new() { Kind = WallTileKind.Measure, Measure = "wait", Window = LiveWindow.Hour }] },
                new() { Tiles = [new() { Kind = WallTileKind.Movers, By = RollupBy.Product, Window = LiveWindow.Week }, new() { Kind = WallTileKind.Leaders, By = RollupBy.Agent, Window = LiveWindow.Month },
                    new() { Kind = WallTileKind.Number, Number = WallNumber.ResolvedCases, Window = LiveWindow.Week }, new() { Kind = WallTileKind.Number, Number = WallNumber.LowAnswers }] },
            ],
        },
        new()
        {
            ShowsAgents = false,
            Pages =
            [
                new() { Tiles = [Score with { Metric = Metric.Ces }, new() { Kind = WallTileKind.Cases, Unit = "south" }, new() { Kind = WallTileKind.Measure, Measure = "wait", Product = "net" },
                    new() { Kind = WallTileKind.Comments, Product = "tv" }] },
            ],
        },
        new()
        {
            Pages =
            [
                new() { Tiles = [Score with { Agent = "ann", Window = LiveWindow.Week }, Score with { Unit = "south", Window = LiveWindow.Month }, new() { Kind = WallTileKind.Trend, Measure = "wait" }, new() { Kind = WallTileKind.Cases, Product = "net" }] },
                new() { Tiles = [new() { Kind = WallTileKind.Leaders, By = RollupBy.Team, Product = "net", Window = LiveWindow.Week }, new() { Kind = WallTileKind.Number, Number = WallNumber.OverdueCases, Unit = "north" },
                    new() { Kind = WallTileKind.Number, Number = WallNumber.Answers, Window = LiveWindow.Hour }, new() { Kind = WallTileKind.Movers, By = RollupBy.Agent, Product = "net", Window = LiveWindow.Today }] },
            ],
        },
    ];

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_past_wall_is_what_was_pushed_then(DatabaseProvider engine)
    {
        var events = new HashSet<string>();
        for (var seed = 1; seed <= (engine == DatabaseProvider.Sqlite ? 3 : 1); seed++)
        {
            await using var floor = await LiveFloor.Create(engine);
            var shown = await new Life(floor, seed).Live(80);
            var walls = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
            foreach (var snapshot in shown)
                Assert.Equal(Text(snapshot), Text(await walls.ReadAt(snapshot.Wall, snapshot.AsOf, LiveFloor.Display)));
            Assert.Empty(await CaseHistoryCheck.Run(floor.Database.Db));
            events.UnionWith(await floor.Database.Db.Read(s => s.Query<string>(EventNames)));
        }
        // Lives worth the name: all of it was seen.
        if (engine == DatabaseProvider.Sqlite)
            Assert.Superset(new HashSet<string> { "opened", "joined", "claimed", "assigned", "waited", "resumed", "resolved", "reopened", "edited", "escalated" }, events);
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_wall_of_now_is_the_same_whichever_way_it_is_read(DatabaseProvider engine)
    {
        for (var seed = 11; seed <= (engine == DatabaseProvider.Sqlite ? 13 : 11); seed++)
        {
            await using var floor = await LiveFloor.Create(engine);
            await new Life(floor, seed).Live(40);
            floor.Now = floor.Now.AddMinutes(1);
            var walls = new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions());
            foreach (var wall in (string[])["main", "floor"])
                Assert.Equal(Text(await walls.Read(wall, LiveFloor.Display)), Text(await walls.ReadAt(wall, floor.Now, LiveFloor.Display)));
        }
    }

    [Fact]
    public async Task A_wall_has_no_past_before_it_was_made_nor_after_it_was_deleted()
    {
        await using var floor = await LiveFloor.Create(DatabaseProvider.Sqlite);
        var (walls, writer) = (new WallQuery(floor.Database.Db, floor.Company, new ScorecardsOptions()), new WallWriter(floor.Database.Db));
        await floor.Do(AddPeople);
        var admin = Life.Admin((await floor.Database.Db.Read(s => s.Query<int>(PeopleIds)))[0]);
        await floor.Answer(floor.Of(floor.Now));
        var made = floor.Now = floor.Now.AddMinutes(10);
        await writer.Create(admin, "Floor", new WallDocument { Pages = [new WallPage { Tiles = [Score, Score, Score, Score] }] });
        floor.Now = floor.Now.AddMinutes(10);
        var wall = (await new WallsQuery(floor.Database.Db).Find(admin, "floor"))!;
        await writer.Delete(admin, "floor", wall.RowVersion);
        Assert.True((await walls.Read("floor", LiveFloor.Display)).IsGone);
        Assert.True((await walls.ReadAt("floor", made.AddMilliseconds(-1), LiveFloor.Display)).IsGone);
        Assert.False((await walls.ReadAt("floor", made, LiveFloor.Display)).IsGone);
        Assert.True((await walls.ReadAt("floor", floor.Now, LiveFloor.Display)).IsGone);
    }

    // All that a program is given, but for the number of the change.
    private static string Text(WallSnapshot snapshot) =>
        JsonSerializer.Serialize(snapshot with { Version = 0, Today = snapshot.Today is { } today ? today with { Version = 0 } : null }, new JsonSerializerOptions { WriteIndented = true });

    /// <summary>A company's days, made up: whatever can move a wall happens at some time.</summary>
    private sealed class Life(LiveFloor floor, int seed)
    {
        public static Viewer Admin(int id) => new() { PersonId = id, Name = "Max", Role = Role.Admin, Reach = Reach.All };

        private readonly Random _random = new(seed);
        private readonly WallQuery _walls = new(floor.Database.Db, floor.Company, new ScorecardsOptions());
        private readonly WallWriter _writer = new(floor.Database.Db);
        private readonly TargetWriter _targets = new(floor.Database.Db, floor.Company);
        private readonly PolicyBook _policies = new(floor.Database.Signal);
        private IReadOnlyList<int> _people = [];
        private int _reorganised;

        public async Task<IReadOnlyList<WallSnapshot>> Live(int steps)
        {
            var calendars = new RegionCalendars(floor.Company, floor.Database.Signal);
            var (cases, climbs) = (new CaseWriter(floor.Database.Db, calendars, _policies), new EscalationWriter(floor.Database.Db, floor.Company, calendars, _policies));
            await floor.Do(AddPeople);
            await floor.Do(AddPlaces);
            _people = await floor.Database.Db.Read(s => s.Query<int>(PeopleIds));
            await floor.Answer([.. from region in (string[])["north", "south"] from agent in (string?[])["ann", "bob", null] select Answer(region, agent)]);
            await _writer.Create(Admin(_people[0]), "Floor", Documents[0]);
            var shown = new List<WallSnapshot>();
            for (var step = 0; step < steps; step++)
            {
                floor.Now += TimeSpan.FromSeconds(_random.Next(1, 3) == 1 ? _random.Next(1, 900) : _random.Next(1, 20_000));
                for (var i = _random.Next(2, 7); i > 0; i--) await Happen(cases, climbs);
                floor.Now += TimeSpan.FromMilliseconds(_random.Next(1, 400_000));
                foreach (var wall in (string[])["main", "floor"]) shown.Add(await _walls.Read(wall, LiveFloor.Display));
            }
            return shown;
        }

        private async Task Happen(CaseWriter cases, EscalationWriter climbs)
        {
            switch (_random.Next(15))
            {
                case 0 or 1 or 2 or 3:
                    await floor.Answer([.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Answer(Any("north", "south"), Any("ann", "bob", "cid", null)))]);
                    break;
                case 4:
                    await floor.Measure(floor.Now - Late(), _random.Next(30, 600), _random.Next(1, 5));
                    break;
                case 5:
                    if (_random.Next(3) == 0)
                        await _targets.Set(Viewer.System, new SetTarget
                        {
                            Subject = TargetSubject.Unit(1), Indicator = Any(Indicator.Csat, Indicator.Nps), FromDay = floor.Company.DayOf(floor.Now), Target = 3 + _random.NextDouble(), Source = TargetSource.Management,
                        });
                    break;
                case 6:
                    if (_random.Next(4) > 0) break;
                    var wall = (await new WallsQuery(floor.Database.Db).Find(Admin(_people[0]), "floor"))!;
                    await _writer.Save(Admin(_people[0]), new SaveWall { Code = "floor", RowVersion = wall.RowVersion, Name = $"Floor {wall.Version}", Document = Documents[_random.Next(Documents.Length)] });
                    break;
                case 7:
                    await climbs.Sweep();
                    if (_random.Next(6) == 0) await Reorganise();
                    break;
                default:
                    var ids = await floor.Database.Db.Read(s => s.Query<long>(CaseIds));
                    if (ids.Count > 0) await cases.Do(Viewer.System, Command(ids[_random.Next(ids.Count)]));
                    break;
            }
        }

        // Regions come, are renamed, and a team moves.
        private async Task Reorganise()
        {
            var units = new UnitWriter(floor.Database.Db, floor.Company);
            var (number, all) = (++_reorganised, await floor.Database.Db.Read(UnitTree.Read));
            if (number % 3 == 0) await floor.Answer(Answer($"region {number}", null));
            else if (number % 3 == 1) await units.Add(Viewer.System, new NewUnit { Code = $"made {number}", Name = $"Made {number}", Kind = UnitKind.Region, ParentId = 1 });
            else
            {
                var unit = all.Units.Last(u => u.Kind == UnitKind.Region);
                var version = await floor.Value<int>(VersionOf, new { id = unit.Id });
                await units.Edit(Viewer.System, new EditUnit { Id = unit.Id, Version = version, Name = $"Renamed {number}", ParentId = unit.ParentId });
            }
        }

        private CaseCommand Command(long id) => _random.Next(9) switch
        {
            0 or 1 => new ClaimCase { CaseId = id, OwnerId = Any(_people[0], _people[1]) },
            2 => new AssignCase { CaseId = id, OwnerId = Any(_people[0], _people[1]) },
            3 => new WaitCase { CaseId = id, Reason = "holiday", Until = floor.Now.AddDays(1) },
            4 => new ResumeCase { CaseId = id },
            5 => new ResolveCase { CaseId = id, RootCause = "other", ContactOutcome = ContactOutcome.Reached },
            6 => new ReopenCase { CaseId = id, Reason = "again" },
            7 => new EditCase { CaseId = id, Severity = (CaseSeverity)_random.Next(1, 5) },
            _ => new NoteCase { CaseId = id, Text = "called" },
        };

        private IncomingResponse Answer(string region, string? agent) => floor.Of(floor.Now - Late(), region, Any<int?>(null, 1, 2, 3, 4, 5, 5), Any<int?>(null, 0, 6, 8, 10),
            Any("net", "tv"), agent, Any(null, "Nobody called back 13800001111", "等了四十分钟"), _random.Next(2) == 0 ? null : new IncomingCustomer { Id = $"k{_random.Next(20)}", Name = "Jo Doe", Value12m = _random.Next(3000) })
            with { Ces = Any<int?>(null, 2, 6, 7) };

        // Mostly at once, some a day late, a few a month late, some a little ahead of the clock.
        private TimeSpan Late() => _random.Next(10) switch
        {
            0 => TimeSpan.FromMinutes(-_random.Next(1, 5)),
            1 => TimeSpan.FromMinutes(_random.Next(60, 3_000)),
            2 => TimeSpan.FromMinutes(_random.Next(60, 50_000)),
            _ => TimeSpan.FromSeconds(_random.Next(0, 90)),
        };

        private T Any<T>(params T[] of) => of[_random.Next(of.Length)];
    }
}
