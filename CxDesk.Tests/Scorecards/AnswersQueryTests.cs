using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using CxDesk.Tests.Database;

namespace CxDesk.Tests.Scorecards;

public sealed class AnswersQueryTests
{
    private static readonly DateOnly Monday = new(2026, 9, 14);

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "30")]
    public async Task Pages_hold_every_answer_behind_the_figure_once_newest_first(DatabaseProvider engine)
    {
        var random = new Random(5);
        // Several answers share an instant, as an import by day has them.
        var floor = await Floor.Create(engine, Enumerable.Range(0, 90).Select(i => new FloorAnswer(Monday.AddDays(random.Next(6)), i % 3 == 0 ? Floor.NorthB : Floor.NorthA,
            i % 4 == 0 ? null : 1 + i % 5, i % 4 == 0 ? 9 : null, null, 101 + i % 3, 1 + i % 2)));
        await using var database = floor.Database;
        foreach (var (place, about, id, by) in ((string, RollupAxis?, int, RollupBy)[])[
            ("company", null, 0, RollupBy.Company), ("north", RollupAxis.Product, 2, RollupBy.Product), ("north-a", RollupAxis.Agent, 102, RollupBy.Agent), ("north-b", RollupAxis.Channel, 1, RollupBy.Channel)])
        {
            var filter = (await Filter(database, place, Monday.AddDays(1), Monday.AddDays(5))) with
            {
                AgentId = about == RollupAxis.Agent ? id : null, ProductId = about == RollupAxis.Product ? id : null, ChannelId = about == RollupAxis.Channel ? id : null,
            };
            var all = new List<AnswerRow>();
            for (AnswerRow? last = null; ; last = all[^1])
            {
                var page = await database.Db.Read(s => AnswersQuery.Read(s, Floor.Executive, filter, last, 7));
                all.AddRange(page);
                if (page.Count < 7) break;
            }
            Assert.Equal(all.OrderByDescending(a => a.RespondedAt).ThenByDescending(a => a.Id).Select(a => a.Id), all.Select(a => a.Id));
            Assert.Equal(all.Count, all.DistinctBy(a => a.Id).Count());
            var card = (await database.Db.Read(s => Floor.Query.Read(s, Floor.Executive,
                new ScorecardFilter(by == RollupBy.Company ? RollupBy.Product : by, Metric.Csat, Monday.AddDays(1), Monday.AddDays(5)) { Parent = place })))!;
            var row = by == RollupBy.Company ? card.Total : card.Rows.Single(r => r.KeyId == id);
            Assert.Equal((row.N, Math.Round(row.Score!.Value, 9)), (all.Count, Math.Round(all.Average(a => a.Value), 9)));
        }
    }

    [Theory, OnSqlite, OnSqlServer]
    [Trait("Behaviour", "41")]
    public async Task Only_answers_that_the_viewer_may_open_are_listed(DatabaseProvider engine)
    {
        var floor = await Floor.Create(engine,
            new FloorAnswer(Monday, Floor.NorthA, Csat: 5, Agent: 101), new FloorAnswer(Monday, Floor.NorthA, Csat: 4, Agent: 102),
            new FloorAnswer(Monday, Floor.NorthB, Csat: 3, Agent: 103), new FloorAnswer(Monday, Floor.SouthA, Csat: 2, Agent: 104));
        await using var database = floor.Database;
        Assert.Equal([2, 3, 4, 5], await Scores(Floor.Executive));
        Assert.Equal([3, 4, 5], await Scores(Floor.ManagerOf(Floor.North)));
        Assert.Equal([4, 5], await Scores(Floor.SupervisorOf(Floor.NorthA)));
        Assert.Equal([4], await Scores(Floor.AgentOf(102, Floor.NorthA)));
        Assert.Empty(await Scores(Floor.Display));

        async Task<IEnumerable<double>> Scores(Viewer viewer)
        {
            var filter = await Filter(database, "company", Monday, Monday.AddDays(1));
            return (await database.Db.Read(s => AnswersQuery.Read(s, viewer, filter))).Select(a => a.Value).Order();
        }
    }

    private static async Task<AnswersFilter> Filter(TestDatabase database, string place, DateOnly from, DateOnly to) =>
        new((await database.Db.Read(UnitTree.Read)).Find(place)!, Indicator.Csat, database.Company.StartOf(from), database.Company.StartOf(to));
}
