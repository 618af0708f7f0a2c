using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Tests.Scorecards;

/// <summary>The attacker of <see cref="SuppressionAttackTests"/> before the scorecard itself: rows, totals, changes and lines of it.</summary>
public sealed class ScorecardAttackTests
{
    private static readonly DateOnly First = new(2026, 8, 24);
    private const int Days = 21;

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task From_scorecards_of_others_nobody_works_out_few_answers()
    {
        var random = new Random(4);
        int[] teams = [Floor.NorthA, Floor.NorthB, Floor.NorthNone, Floor.SouthA, Floor.SouthNone];
        var floor = await Floor.Create(DatabaseProvider.Sqlite, Enumerable.Range(0, 420).Select(_ => random.Next(10)).Select(t =>
            new FloorAnswer(First.AddDays(random.Next(Days)), teams[t < 4 ? 0 : t < 6 ? 1 : t < 9 ? 3 : 2 + random.Next(3)], Csat: 1 + random.Next(5), Product: 1 + Math.Min(2, random.Next(6)))));
        await using var database = floor.Database;

        foreach (var (viewer, own) in ((Viewer, Func<FloorAnswer, bool>)[])[(Floor.ManagerOf(Floor.South), a => a.Region == Floor.South), (Floor.SupervisorOf(Floor.NorthA), a => a.Team == Floor.NorthA)])
        {
            var (found, shown) = await Attack(floor, viewer, own, Floor.Query);
            Assert.Empty(found);
            Assert.InRange(shown, 100, int.MaxValue);
        }
        // The same eyes find some where nothing is withheld.
        var open = new ScorecardQuery(new ScorecardsOptions { MinimumN = 1 }, database.Company);
        Assert.NotEmpty((await Attack(floor, Floor.ManagerOf(Floor.South), a => a.Region == Floor.South, open)).Found);
    }

    private static async Task<(IReadOnlyList<int[]> Found, int Shown)> Attack(Floor floor, Viewer viewer, Func<FloorAnswer, bool> isOwn, ScorecardQuery query)
    {
        var closed = floor.Answers.Where(a => !isOwn(a)).ToList();
        var (attacker, shown) = (new Attacker([.. closed.Select(_ => 1L)]), 0);
        foreach (var (from, days) in Windows)
            foreach (var (parent, what, product) in Looks)
            {
                var filter = new ScorecardFilter(what, Metric.Csat, from, from.AddDays(days)) { Parent = parent, Product = product };
                var card = await floor.Database.Db.Read(s => query.Read(s, viewer, filter));
                foreach (var (row, isTotal) in card!.Rows.Select(r => (r, false)).Append((card.Total, true)))
                {
                    bool Holds(FloorAnswer a, DateOnly start, DateOnly end) => a.Day >= start && a.Day < end && (parent is null || a.Region == Floor.North)
                        && (product is null || a.Product == 1) && (isTotal || (what switch { RollupBy.Region => a.Region, RollupBy.Team => a.Team, _ => a.Product }) == row.KeyId);
                    void Know(DateOnly start, DateOnly end)
                    {
                        shown++;
                        attacker.Know(Enumerable.Range(0, closed.Count).Where(i => Holds(closed[i], start, end)));
                    }
                    if (row.Score is not null)
                    {
                        Assert.Equal(row.N, floor.Answers.Count(a => Holds(a, filter.From, filter.To)));
                        Know(filter.From, filter.To);
                    }
                    if (row.Change is not null) Know(filter.BeforeFrom, filter.BeforeTo);
                    foreach (var point in row.Trend.Where(p => p.Value is not null)) Know(point.Bucket.From, point.Bucket.To);
                }
            }
        return (attacker.Recovered(5), shown);
    }

    // A month, weeks, a day, what slides from one day to the next, and what somebody chose.
    private static IEnumerable<(DateOnly From, int Days)> Windows =>
        [(First, Days), (First, 7), (First.AddDays(7), 7), (First.AddDays(14), 7), (First.AddDays(9), 7), (First.AddDays(10), 7), (First.AddDays(3), 11)];

    private static IEnumerable<(string? Parent, RollupBy By, string? Product)> Looks =>
        [(null, RollupBy.Region, null), (null, RollupBy.Product, null), (null, RollupBy.Region, "phone"), (null, RollupBy.Team, null), (null, RollupBy.Team, "phone"), ("north", RollupBy.Product, null)];
}
