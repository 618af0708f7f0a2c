using CxDesk.Data;
using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Positions;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;
using CxDesk.Tests.Scorecards;

namespace CxDesk.Tests.Positions;

public sealed class PositionQueryTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);
    private static readonly PositionQuery Query = new(new ScorecardsOptions(), new Company(new CompanyOptions()));
    private static readonly PositionFilter Filter = new(RollupBy.Product, Indicator.Csat, Indicator.Nps, Monday, Monday.AddDays(14));

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "27")]
    [Trait("Behaviour", "30")]
    public async Task Each_stands_by_the_figures_that_the_scorecard_shows(DatabaseProvider engine)
    {
        var floor = await Filled(engine);
        await using var database = floor.Database;
        foreach (var by in (RollupBy[])[RollupBy.Product, RollupBy.Region, RollupBy.Team])
        {
            var map = await Read(database, Floor.Executive, Filter with { By = by });
            foreach (var (metric, figure) in ((Metric, Func<PositionRow, PositionFigure>)[])[(Metric.Csat, r => r.X), (Metric.Nps, r => r.Y)])
            {
                var card = await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive, new ScorecardFilter(by, metric, Filter.From, Filter.To)));
                Assert.All(map!.Rows, row => Assert.Equal(
                    card!.Rows.Where(r => r.Key == row.Key).Select(r => (r.N, r.Score, r.Low, r.High)).Single(),
                    (figure(row).Score.N, figure(row).Score.Value, figure(row).Score.Low, figure(row).Score.High)));
            }
            Assert.NotEmpty(map!.Rows);
        }
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task What_a_scorecard_withholds_has_no_place_either_and_none_on_the_way()
    {
        var floor = await Filled(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        // Three answers of the south about the net are not the northern manager's to see.
        var map = await Read(database, Floor.ManagerOf(Floor.North), Filter with { By = RollupBy.Region, Picked = "south" });
        var south = map!.Rows.Single(r => r.Key == "south");
        Assert.True(south is { X.Withheld: true, HasPlace: false, Value: null });
        Assert.Equal((3, null), (south.X.Score.N, south.X.Score.Value));
        Assert.All(map.Path, step => Assert.Null(step.X.Score.Value));
        Assert.True(map.Rows.Single(r => r.Key == "north").HasPlace);
        Assert.NotNull((await Read(database, Floor.Executive, Filter with { By = RollupBy.Region }))!.Rows.Single(r => r.Key == "south").X.Score.Value);
    }

    [Fact]
    public async Task The_way_of_the_picked_one_adds_up_to_where_it_stands()
    {
        var floor = await Filled(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        var map = await Read(database, Floor.Executive, Filter with { Picked = "phone" });
        Assert.Equal([Monday, Monday.AddDays(7)], map!.Path.Select(s => s.From));
        Assert.Equal(map.Picked!.X.Score.N, map.Path.Sum(s => s.X.Score.N));
        Assert.Equal(map.Picked.X.Score.Value!.Value, map.Path.Sum(s => s.X.Score.N * s.X.Score.Value!.Value) / map.Picked.X.Score.N, 9);
        Assert.True(map.Path[0].X.Score.Value < map.Path[1].X.Score.Value);
        Assert.Empty((await Read(database, Floor.Executive, Filter with { Picked = "nothing" }))!.Path);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task A_key_of_a_unit_sees_that_unit_and_no_other()
    {
        var floor = await Filled(DatabaseProvider.Sqlite);
        await using var database = floor.Database;
        Assert.Equal(["north"], (await Read(database, Floor.KeyOf(Floor.North), Filter with { By = RollupBy.Region }))!.Rows.Select(r => r.Key));
        Assert.Null(await Read(database, Floor.KeyOf(Floor.North), Filter with { Parent = "south" }));
        Assert.Null(await Read(database, Floor.Executive, Filter with { Parent = "mars" }));
    }

    [Fact]
    public void Steps_are_weeks_from_Monday_or_months_without_a_gap()
    {
        foreach (var (from, days) in from start in Enumerable.Range(0, 40) from length in (int[])[1, 6, 7, 30, 120, 121, 365] select (Monday.AddDays(start * 9), length))
        {
            var steps = PositionQuery.Steps(from, from.AddDays(days));
            Assert.Equal((from, from.AddDays(days)), (steps[0].From, steps[^1].To));
            Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.All(steps.Skip(1), step => Assert.True(days <= 120 ? step.From.DayOfWeek == DayOfWeek.Monday : step.From.Day == 1));
        }
    }

    private static Task<PositionMap?> Read(TestDatabase database, Viewer viewer, PositionFilter filter) => database.Db.Read(s => Query.Read(s, viewer, filter));

    /// <summary>The phone got better in the second week; the south had three answers about the net.</summary>
    private static Task<Floor> Filled(DatabaseProvider engine) => Floor.Create(engine,
    [
        .. Enumerable.Range(0, 40).Select(i => new FloorAnswer(Monday.AddDays(i % 14), i % 3 == 0 ? Floor.NorthB : Floor.NorthA, Csat: i % 14 < 7 ? 2 + i % 2 : 4 + i % 2, Nps: i % 11, Product: 1)),
        .. Enumerable.Range(0, 20).Select(i => new FloorAnswer(Monday.AddDays(i % 14), Floor.NorthA, Csat: 1 + i % 5, Nps: 10 - i % 4, Product: 2)),
        .. Enumerable.Range(0, 3).Select(i => new FloorAnswer(Monday.AddDays(i), Floor.SouthA, Csat: 3 + i % 3, Nps: 9, Product: 2)),
    ]);
}
