using CxDesk.Data.Live;
using CxDesk.Data.People;

namespace CxDesk.Web.Live;

/// <summary>What the rows of a board can be: what its viewer's place shows any of, below what it is narrowed to.</summary>
public static class LiveBreakdowns
{
    /// <param name="reach">Null: whose is not known.</param>
    /// <param name="unit">The kind of unit that the board is about; null for all.</param>
    /// <returns>At least one, the usual one first.</returns>
    public static IEnumerable<LiveBy> Of(Reach? reach, UnitKind? unit, bool ofProduct)
    {
        // Agents see no region, and figures of agents are inside one's own place.
        LiveBy? units = unit switch { UnitKind.Region => LiveBy.Team, UnitKind.Team => null, _ => reach == Reach.Own ? null : LiveBy.Region };
        if (units is { } by) yield return by;
        if (!ofProduct || (units is null && reach == Reach.None)) yield return LiveBy.Product;
        if (reach != Reach.None) yield return LiveBy.Agent;
    }
}
