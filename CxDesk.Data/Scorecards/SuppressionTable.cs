using System.Runtime.InteropServices;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// Which figures of units and products are withheld from somebody, wherever they are shown: the table of every unit and
/// every product, with its margins, is judged as a whole, so that no filter gives away what another withholds. Only what the
/// viewer may not open counts: a company of which they know all but three answers tells those three. A figure is withheld
/// that rests on fewer such answers than the minimum, and of every sum (a unit of its parts, a unit of its products) as many
/// of the next smallest as it takes that it leaves at least two unknown, together no fewer than the minimum. Pure.
/// </summary>
/// <remarks>
/// No single sum gives a withheld figure away, nor do several one after the other. Several solved together could, in
/// patterns of withheld figures that are joined by a single one.
/// </remarks>
public sealed class SuppressionTable
{
    private const int All = 0;

    private readonly Dictionary<Place, long> _unknown = [];
    private readonly HashSet<Place> _withheld = [];

    // A place with 0 in it is a sum: of a region's teams, of all regions, of all products.
    private readonly record struct Place(int Region, int Team, int Product);

    private SuppressionTable() { }

    /// <param name="cells">One place may have several, which add up.</param>
    /// <param name="isOpen">Whether the viewer may open the answers that a cell counts.</param>
    public static SuppressionTable Of(IEnumerable<SuppressionCell> cells, Func<SuppressionCell, bool> isOpen, int minimumN = ScoreStatistics.MinimumN)
    {
        var table = new SuppressionTable();
        var unknown = new Dictionary<Place, long>();
        foreach (var cell in cells.Where(c => !isOpen(c))) CollectionsMarshal.GetValueRefOrAddDefault(unknown, new(cell.RegionId, cell.TeamId, cell.ProductId), out _) += cell.N;
        // Where every cell is enough by itself, every sum is.
        if (unknown.Values.All(n => n == 0 || n >= minimumN)) return table;
        foreach (var ((cellRegion, cellTeam, cellProduct), n) in unknown.Where(c => c.Value > 0))
            foreach (var (region, team) in ((int, int)[])[(cellRegion, cellTeam), (cellRegion, All), (All, All)])
                foreach (var product in (int[])[cellProduct, All])
                    CollectionsMarshal.GetValueRefOrAddDefault(table._unknown, new(region, team, product), out _) += n;
        table._withheld.UnionWith(table._unknown.Where(c => c.Value < minimumN).Select(c => c.Key));
        if (table._withheld.Count > 0) table.Complete(minimumN);
        return table;
    }

    /// <summary>What is withheld of a breakdown, key by key; null where it is none of units or products, and is judged by itself.</summary>
    /// <param name="place">The unit that is broken down; null: the company. A team is withheld where it is in any region.</param>
    /// <param name="product">The product that it is about; null: all of them.</param>
    public IReadOnlyList<bool>? Withheld(RollupBy by, UnitRow? place, int? product, IEnumerable<int> keys)
    {
        var region = place?.Kind == UnitKind.Region ? place.Id : All;
        var team = place?.Kind == UnitKind.Team ? place.Id : All;
        return by switch
        {
            RollupBy.Company => [.. keys.Select(_ => IsWithheld(region, team, product))],
            RollupBy.Region => [.. keys.Select(key => IsWithheld(key, All, product))],
            RollupBy.Team => [.. keys.Select(key => IsWithheld(region, key, product))],
            RollupBy.Product => [.. keys.Select(key => IsWithheld(region, team, key))],
            RollupBy.Agent or RollupBy.Channel or RollupBy.Segment => null,
        };
    }

    private bool IsWithheld(int region, int team, int? product) => region == All && team != All
        ? _withheld.Any(p => p.Team == team && p.Product == (product ?? All))
        : _withheld.Contains(new(region, team, product ?? All));

    private sealed record Line(Place Total, IReadOnlyList<Place> Parts);

    private List<Line> Lines()
    {
        // Of equally small ones the first: in one order, so that it is the same one each time.
        var parts = _unknown.Keys.OrderBy(c => _unknown[c]).ThenBy(c => c.Region).ThenBy(c => c.Team).ThenBy(c => c.Product).ToList();
        var products = parts.Where(p => p.Product != All).ToLookup(p => p with { Product = All });
        var teams = parts.Where(p => p.Team != All).ToLookup(p => p with { Team = All });
        var regions = parts.Where(p => p is { Region: not All, Team: All }).ToLookup(p => p with { Region = All });
        return [.. new[] { products, teams, regions }.SelectMany(lines => lines.Select(l => new Line(l.Key, [.. l])))];
    }

    private void Complete(int minimumN)
    {
        var lines = Lines();
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var line in lines)
                while (IsGivenAway(line, minimumN))
                {
                    // The total is what most people look at: it goes last.
                    _withheld.Add(line.Parts.Append(line.Total).First(c => !_withheld.Contains(c)));
                    grew = true;
                }
        }
    }

    private bool IsGivenAway(Line line, int minimumN)
    {
        var parts = line.Parts.Where(_withheld.Contains).ToList();
        if (_withheld.Contains(line.Total)) return parts.Count == 0;
        return parts.Count == 1 || (parts.Count > 0 && parts.Sum(c => _unknown[c]) < minimumN);
    }
}

/// <summary>So many answers of a team in a region about a product.</summary>
public readonly record struct SuppressionCell(int RegionId, int TeamId, int ProductId, long N);
