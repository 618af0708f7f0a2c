using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Scorecards;

namespace CxDesk.Data.Live;

/// <summary>What a live board can be narrowed to, by somebody.</summary>
public sealed class LiveChoicesQuery(Db db)
{
    private static readonly Statement Products = new($"SELECT Code AS {nameof(LiveProduct.Code)}, Id, Name FROM Products ORDER BY Name, Code");

    public Task<LiveChoices> Read(Viewer viewer, CancellationToken cancel = default) => db.Read(async s =>
    {
        var units = await UnitTree.Read(s);
        return new LiveChoices(
            [.. from region in units.Units
                where region.Kind == UnitKind.Region
                orderby region.Name
                from unit in units.Units.Where(u => u.ParentId == region.Id).OrderBy(u => u.IsNoTeam).ThenBy(u => u.Name).Prepend(region)
                where unit.IsActive && ScorecardQuery.IsOpen(viewer, unit, units)
                select new LiveUnit(unit, unit == region ? null : region)],
            await s.Query<LiveProduct>(Products));
    }, cancel);
}

public sealed record LiveChoices(IReadOnlyList<LiveUnit> Units, IReadOnlyList<LiveProduct> Products);

/// <param name="Region">Of a team.</param>
public sealed record LiveUnit(UnitRow Unit, UnitRow? Region);

public sealed record LiveProduct
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
}
