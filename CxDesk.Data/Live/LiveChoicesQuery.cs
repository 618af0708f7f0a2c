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
        // Outside one's own place nothing moves before the day is over: a board begins where it does.
        var home = viewer.Reach == Reach.Units && ScorecardQuery.Home(viewer, units) is { Kind: not UnitKind.Company } place ? place : null;
        return new LiveChoices(
            [.. home is null ? [] : new[] { new LiveUnit(units.Company, null) }, .. from region in units.Units
                where region.Kind == UnitKind.Region
                orderby region.Name
                from unit in units.Units.Where(u => u.ParentId == region.Id).OrderBy(u => u.IsNoTeam).ThenBy(u => u.Name).Prepend(region)
                where unit.IsActive && ScorecardQuery.IsOpen(viewer, unit, units)
                select new LiveUnit(unit, unit == region ? null : region)],
            await s.Query<LiveProduct>(Products), home?.Code);
    }, cancel);
}

/// <param name="Home">The unit that a board is about unless another is said; null: all that the viewer sees.</param>
public sealed record LiveChoices(IReadOnlyList<LiveUnit> Units, IReadOnlyList<LiveProduct> Products, string? Home = null);

/// <param name="Region">Of a team.</param>
public sealed record LiveUnit(UnitRow Unit, UnitRow? Region);

public sealed record LiveProduct
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
}
