using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Scorecards;

/// <summary>
/// Which figures of units and products are withheld from somebody in one period, wherever they are shown: the table of every
/// unit and every product, with its margins, is judged as a whole, so that no filter gives away what another withholds. Only
/// what the viewer may not open counts: a company of which they know all but three answers tells those three. By what rule:
/// <see cref="SuppressionCuts"/>. Pure.
/// </summary>
public sealed class SuppressionTable
{
    private const int All = SuppressionPlace.All;

    private readonly Func<SuppressionPlace, bool> _isWithheld;
    private readonly Func<int, IEnumerable<int>> _regionsOf;

    internal SuppressionTable(Func<SuppressionPlace, bool> isWithheld, Func<int, IEnumerable<int>> regionsOf) => (_isWithheld, _regionsOf) = (isWithheld, regionsOf);

    /// <summary>The table of one period by itself.</summary>
    /// <param name="cells">One place may have several, which add up.</param>
    /// <param name="isOpen">Whether the viewer may open the answers that a cell counts.</param>
    /// <param name="isHeld">It grows by single answers, and nothing of it is shown that the viewer may not open.</param>
    public static SuppressionTable Of(IEnumerable<SuppressionCell> cells, Func<SuppressionCell, bool> isOpen, int minimumN = ScoreStatistics.MinimumN, bool isHeld = false)
    {
        var closed = cells.Where(c => !isOpen(c)).ToList();
        var cuts = new SuppressionCuts(DateOnly.MinValue, end: null, minimumN, SuppressionStretches.IsLarge(closed) ? SuppressionSize.Margins : SuppressionSize.Whole);
        if (isHeld) cuts.Hold(DateOnly.MinValue, closed);
        else cuts.Add(DateOnly.MinValue, closed);
        return new SuppressionTable(place => !cuts.IsShown(place, DateOnly.MaxValue), cuts.RegionsOf);
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
        ? _regionsOf(team).Any(r => _isWithheld(new(r, team, product ?? All)))
        : _isWithheld(new(region, team, product ?? All));
}

/// <summary>So many answers of a team in a region about a product.</summary>
public readonly record struct SuppressionCell(int RegionId, int TeamId, int ProductId, long N);
