using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;

namespace CxDesk.Tests.Scorecards;

public sealed class SuppressionTableTests
{
    private const int Minimum = 5;

    private static UnitRow Unit(int id) => new()
    {
        Id = id, ParentId = id < 10 ? 1 : id / 10, Kind = id < 10 ? UnitKind.Region : UnitKind.Team, Code = $"{id}", Name = $"{id}", IsNoTeam = false, IsActive = true,
    };

    [Fact]
    [Trait("Behaviour", "28")]
    public void What_a_unit_said_of_all_products_but_one_is_not_left_over()
    {
        // North: 40 about the net, 2 about the phone; South: 50 and 60.
        var table = SuppressionTable.Of([new(2, 21, 1, 40), new(2, 21, 2, 2), new(3, 31, 1, 50), new(3, 31, 2, 60)], _ => false);
        Assert.True(Is(table, RollupBy.Product, Unit(2), null, 2));
        // The other product of North, and the phone in South: each would give it away by a total.
        Assert.True(Is(table, RollupBy.Product, Unit(2), null, 1));
        Assert.True(Is(table, RollupBy.Region, null, 2, 3));
        Assert.True(Is(table, RollupBy.Region, null, 1, 3));
        Assert.False(Is(table, RollupBy.Company, Unit(2), null, 2));
        Assert.False(Is(table, RollupBy.Company, null, 2, 1));
        Assert.False(Is(table, RollupBy.Company, null, null, 1));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void What_is_left_beside_ones_own_is_withheld_and_ones_own_is_not()
    {
        var table = SuppressionTable.Of([new(2, 21, 1, 40), new(3, 31, 1, 2)], cell => cell.RegionId == 2);
        Assert.True(Is(table, RollupBy.Company, null, null, 1));
        Assert.True(Is(table, RollupBy.Region, null, null, 3));
        Assert.False(Is(table, RollupBy.Region, null, null, 2));
        Assert.False(Is(table, RollupBy.Product, Unit(2), null, 1));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void From_no_filters_together_anything_withheld_can_be_worked_out_sum_by_sum()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            int[] regions = [2, 3, 4], products = [1, 2, 3, 4];
            List<SuppressionCell> cells =
            [
                .. from region in regions from team in (int[])[1, 2, 3] from product in products
                   where random.Next(3) > 0
                   select new SuppressionCell(region, region * 10 + team, product, random.Next(4) == 0 ? random.Next(1, 5) : random.Next(5, 60)),
            ];
            var open = random.Next(5);
            bool IsOpen(SuppressionCell cell) => cell.RegionId == open;
            var table = SuppressionTable.Of(cells, IsOpen);
            // What a filter can show: the n that the viewer may not open of every unit and product, and whether its figure is shown.
            var places = from unit in regions.Select(r => (UnitRow?)Unit(r)).Concat(regions.SelectMany(r => new[] { 1, 2, 3 }.Select(t => (UnitRow?)Unit(r * 10 + t)))).Append(null)
                         from product in products.Select(p => (int?)p).Append(null)
                         select (Unit: unit, Product: product);
            var known = places.ToDictionary(p => (p.Unit?.Id ?? 1, p.Product ?? 0), p => (
                N: cells.Where(c => !IsOpen(c) && (p.Unit is null || c.RegionId == p.Unit.Id || c.TeamId == p.Unit.Id) && (p.Product is null || c.ProductId == p.Product)).Sum(c => c.N),
                Shown: !Is(table, RollupBy.Company, p.Unit, p.Product, 1)));
            Assert.All(known.Values, k => Assert.False(k is { N: > 0 and < Minimum, Shown: true }));

            foreach (var ((unit, product), total) in known)
            {
                foreach (var parts in (List<(long N, bool Shown)>[])[
                    [.. known.Where(k => k.Key.Item1 == unit && k.Key.Item2 != 0 && product == 0).Select(k => k.Value)],
                    [.. known.Where(k => k.Key.Item1 != unit && Unit(k.Key.Item1) is var u && (u.Id == 1 ? 0 : u.ParentId) == unit && k.Key.Item2 == product).Select(k => k.Value)]])
                {
                    var hidden = parts.Where(p => p is { N: > 0, Shown: false }).ToList();
                    if (parts.Count == 0 || (hidden.Count == 0 && total.Shown)) continue;
                    Assert.False(total.Shown ? hidden.Count == 1 || hidden.Sum(h => h.N) < Minimum : total.N > 0 && hidden.Count == 0, $"round {round}, {unit}, {product}: {total} {string.Join(", ", parts)}");
                }
            }
        }
    }

    private static bool Is(SuppressionTable table, RollupBy by, UnitRow? place, int? product, int key) => table.Withheld(by, place, product, [key])![0];
}
