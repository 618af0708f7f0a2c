using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Curves;

/// <summary>What a curve can be narrowed to: names, and the places whose answers the viewer may open.</summary>
public static class CurveChoicesQuery
{
    private static readonly Statement Products = new("SELECT Id, Code, Name FROM Products ORDER BY Name, Code");
    private static readonly Statement Channels = new("SELECT Id, Code, Name FROM Channels ORDER BY Name, Code");

    public static async Task<CurveChoices> Read(Session session, Viewer viewer)
    {
        var units = await UnitTree.Read(session);
        var book = await IndicatorQuery.Read(session);
        return new CurveChoices
        {
            Company = units.Company,
            Measures = [.. book.All.Where(i => i.Kind == RollupKind.Measure && i.Code != IndicatorQuery.Retention)],
            Places = [.. from region in units.Units
                         where region.Kind == UnitKind.Region
                         orderby region.Name
                         from unit in units.Units.Where(u => u.ParentId == region.Id).OrderBy(u => u.IsNoTeam).ThenBy(u => u.Name).Prepend(region)
                         where unit.IsActive && MayOpen(viewer, unit, units)
                         select unit],
            Products = await session.Query<CurveCode>(Products),
            Channels = await session.Query<CurveCode>(Channels),
        };
    }

    // Of a region of which somebody has one team they see that team's answers, under the team's own name.
    private static bool MayOpen(Viewer viewer, UnitRow unit, UnitTree units) => viewer.Reach switch
    {
        Reach.All => true,
        Reach.Units => units.PathUp(unit.Id).Any(u => viewer.RegionIds.Contains(u.Id) || viewer.TeamIds.Contains(u.Id)),
        Reach.Own => viewer.TeamIds.Contains(unit.Id),
        Reach.None => false,
    };
}

public sealed record CurveChoices
{
    public required UnitRow Company { get; init; }
    public required IReadOnlyList<Indicator> Measures { get; init; }

    /// <summary>Each region before its teams.</summary>
    public required IReadOnlyList<UnitRow> Places { get; init; }
    public required IReadOnlyList<CurveCode> Products { get; init; }
    public required IReadOnlyList<CurveCode> Channels { get; init; }
}

public sealed record CurveCode
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
}
