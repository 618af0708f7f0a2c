using CxDesk.Data.People;
using CxDesk.Data.Rollups;
using CxDesk.Data.Scorecards;
using Xunit.Abstractions;

namespace CxDesk.Tests.Scorecards;

/// <summary>What can be worked out from everything that was ever shown: all places, products and days, put together.</summary>
public sealed class SuppressionAttackTests(ITestOutputHelper output)
{
    private const int Minimum = 5;
    private static readonly DateOnly First = new(2026, 6, 8);

    private static UnitRow Unit(int id) => new()
    {
        Id = id, ParentId = id < 100 ? 1 : id / 10, Kind = id < 100 ? UnitKind.Region : UnitKind.Team, Code = $"{id}", Name = $"{id}", IsNoTeam = false, IsActive = true,
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory, MemberData(nameof(Seeds))]
    [Trait("Behaviour", "28")]
    public void Whoever_writes_down_every_figure_of_every_window_finds_no_few_answers_in_them(int seed)
    {
        var world = new World(seed);
        var (found, shown, all) = world.Attack(isOn: true);
        output.WriteLine($"seed {seed}: {shown} of {all} windows shown, {found.Count} found: {string.Join("; ", found.Take(5))}");
        Assert.Empty(found);
        Assert.NotEmpty(world.Attack(isOn: false).Found);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public void Of_a_large_company_units_are_shown_and_products_are_not()
    {
        var random = new Random(5);
        // Of one product all but one answer is one team's: what is shown by product would tell it.
        var cells = (from d in Enumerable.Range(0, 4) from team in Enumerable.Range(0, 12) from product in Enumerable.Range(1, 20)
                     let n = product == 20 ? (team == 0 ? 9 : team == 1 && d == 0 ? 1 : 0) : random.Next(4)
                     where n > 0
                     select (Day: First.AddDays(d), Cell: new SuppressionCell(10 + team / 6, 100 + team, product, n))).ToList();
        var stretches = SuppressionStretches.Of(cells, First.AddDays(4), Minimum);
        var (attacker, shown) = (new Attacker([.. cells.Select(c => c.Cell.N)]), 0);
        IEnumerable<UnitRow?> units = [null, .. new[] { 10, 11 }.Select(Unit), .. Enumerable.Range(100, 12).Select(id => Unit(id) with { ParentId = 10 + (id - 100) / 6 })];
        foreach (var unit in units)
            foreach (var (from, to) in from a in Enumerable.Range(0, 4) from b in Enumerable.Range(a + 1, 4 - a) select (First.AddDays(a), First.AddDays(b)))
            {
                Assert.All(Enumerable.Range(1, 20), product => Assert.True(stretches.Of(from, to).Withheld(RollupBy.Company, unit, product, [1])![0]));
                if (stretches.Of(from, to).Withheld(RollupBy.Company, unit, null, [1])![0]) continue;
                shown++;
                attacker.Know(Enumerable.Range(0, cells.Count).Where(i => cells[i].Day >= from && cells[i].Day < to && (unit is null || cells[i].Cell.RegionId == unit.Id || cells[i].Cell.TeamId == unit.Id)));
            }
        Assert.True(shown > 20, $"{shown} shown");
        Assert.Empty(attacker.Recovered(Minimum));
    }

    private sealed class World
    {
        private readonly List<(DateOnly Day, SuppressionCell Cell)> _cells = [];
        private readonly Func<SuppressionCell, bool> _isOpen;
        private readonly int _days;

        public World(int seed)
        {
            var random = new Random(seed);
            _days = 40 + random.Next(20);
            var open = seed % 3 == 0 ? 0 : 10 + seed % 3;
            _isOpen = seed % 4 == 0 ? c => c.TeamId == 111 : c => c.RegionId == open;
            var rates = (from region in (int[])[10, 11, 12] from team in (int[])[1, 2] from product in (int[])[1, 2, 3]
                         select (Region: region, Team: region * 10 + team, Product: product,
                             Rate: random.Next(6) switch { 0 => 0, 1 => .1, 2 => .5, 3 => 2, 4 => 6, _ => 20.0 } * (seed % 5 == 0 ? .1 : 1))).ToList();
            for (var d = 0; d < _days; d++)
                foreach (var (region, team, product, rate) in rates)
                    if (Poisson(random, rate) is > 0 and var n) _cells.Add((First.AddDays(d), new SuppressionCell(region, team, product, n)));
        }

        public (List<string> Found, int Shown, int All) Attack(bool isOn)
        {
            var closed = _cells.Where(c => !_isOpen(c.Cell)).ToList();
            var attacker = new Attacker([.. closed.Select(c => c.Cell.N)]);
            var stretches = SuppressionStretches.Of(closed, First.AddDays(_days), isOn ? Minimum : 1);
            var (shown, all) = (0, 0);
            int[] regions = [10, 11, 12];
            IEnumerable<UnitRow?> units = [null, .. regions.Select(Unit), .. regions.SelectMany(r => new[] { Unit(r * 10 + 1), Unit(r * 10 + 2) })];
            foreach (var unit in units)
                foreach (var product in (int?[])[null, 1, 2, 3])
                {
                    var atoms = Enumerable.Range(0, closed.Count).Where(i => closed[i].Cell is var c && (unit is null || c.RegionId == unit.Id || c.TeamId == unit.Id) && (product is null || c.ProductId == product)).ToList();
                    // A window whose ends are joined by others that were shown says nothing more than their sum.
                    var joined = Enumerable.Range(0, _days + 1).ToArray();
                    for (var from = 0; from < _days; from++)
                        for (var to = from + 1; to <= _days; to++)
                        {
                            all++;
                            if (stretches.Of(First.AddDays(from), First.AddDays(to)).Withheld(RollupBy.Company, unit, product, [1])![0]) continue;
                            shown++;
                            if (joined[from] == joined[to]) continue;
                            var (old, young) = (joined[from], joined[to]);
                            for (var i = 0; i <= _days; i++) if (joined[i] == old) joined[i] = young;
                            attacker.Know(atoms.Where(i => closed[i].Day >= First.AddDays(from) && closed[i].Day < First.AddDays(to)));
                        }
                }
            return ([.. attacker.Recovered(Minimum).Select(set => string.Join(" + ", set.Select(i => $"{closed[i].Day:MM-dd} {closed[i].Cell}")))], shown, all);
        }

        private static int Poisson(Random random, double mean)
        {
            var (n, p) = (0, random.NextDouble());
            for (var limit = Math.Exp(-mean); p > limit; n++) p *= random.NextDouble();
            return n;
        }
    }
}
