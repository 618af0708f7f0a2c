using CxDesk.Data.Database;
using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Walls;

/// <summary>The codes that a wall names, as ids and names.</summary>
internal sealed class WallNames
{
    private static readonly Statement Products = new("SELECT Id, Code, Name FROM Products WHERE Code IN @codes");
    private static readonly Statement Agents = new("SELECT Id, AgentCode AS Code, Name FROM People WHERE AgentCode IN @codes");

    // Nothing has this id: what is about somebody unknown is about nobody, never about all.
    private const int Unknown = -1;

    public static readonly WallNames None = new([], []);

    private readonly Dictionary<string, NameRow> _products, _agents;

    private WallNames(IEnumerable<NameRow> products, IEnumerable<NameRow> agents)
    {
        _products = products.ToDictionary(p => p.Code, StringComparer.Ordinal);
        _agents = agents.ToDictionary(p => p.Code, StringComparer.Ordinal);
    }

    public static async Task<WallNames> Read(Session session, WallDocument document)
    {
        var tiles = document.Pages.SelectMany(p => p.Tiles).ToList();
        string[] products = [.. tiles.Select(t => t.Product).OfType<string>().Distinct()], agents = [.. tiles.Select(t => t.Agent).OfType<string>().Distinct()];
        return new WallNames(
            products.Length == 0 ? [] : await session.Query<NameRow>(Products, new { codes = products }),
            agents.Length == 0 || !document.ShowsAgents ? [] : await session.Query<NameRow>(Agents, new { codes = agents }));
    }

    /// <summary>What a tile is about, as people call it; empty for the whole company.</summary>
    public string Subject(WallTileSpec spec, UnitTree units) => spec switch
    {
        { Unit: { } code, Product: { } product } => $"{units.Find(code)?.Name ?? code} · {_products.GetValueOrDefault(product)?.Name ?? product}",
        { Unit: { } code } => units.Find(code)?.Name ?? code,
        { Product: { } code } => _products.GetValueOrDefault(code)?.Name ?? code,
        { Agent: { } code } => _agents.GetValueOrDefault(code)?.Name ?? "",
        _ => "",
    };

    /// <summary>A tile's subject, of tiles that have no siblings.</summary>
    public BoardSubject Of(WallTileSpec spec, UnitTree units) => Place(spec, units) with
    {
        ProductId = spec.Product is { } code ? _products.GetValueOrDefault(code)?.Id ?? Unknown : null,
    };

    private static BoardSubject Place(WallTileSpec spec, UnitTree units) => spec.Unit is not { } code ? BoardSubject.Company : units.Find(code) switch
    {
        { Kind: UnitKind.Team } team => new() { TeamId = team.Id },
        { Kind: UnitKind.Region } region => new() { RegionId = region.Id },
        { } => BoardSubject.Company,
        null => new() { RegionId = Unknown },
    };

    /// <summary>The breakdown in which a tile's subject is a row, and its id there; null for a subject that there is not.</summary>
    public (RollupBy By, BoardSubject Of, int? Id) Siblings(WallTileSpec spec, UnitTree units) => spec switch
    {
        { Unit: not null, Product: { } product } => (RollupBy.Product, Place(spec, units), _products.GetValueOrDefault(product)?.Id),
        { Unit: { } code } => units.Find(code) switch
        {
            // The table that a team stands in is that of its region, whose total is shown too.
            { Kind: UnitKind.Team } team => (RollupBy.Team, new BoardSubject { RegionId = team.ParentId }, team.Id),
            { Kind: UnitKind.Region } region => (RollupBy.Region, BoardSubject.Company, region.Id),
            { } unit => (RollupBy.Company, BoardSubject.Company, unit.Id),
            null => (RollupBy.Region, BoardSubject.Company, null),
        },
        { Product: { } code } => (RollupBy.Product, BoardSubject.Company, _products.GetValueOrDefault(code)?.Id),
        { Agent: { } code } => (RollupBy.Agent, BoardSubject.Company, _agents.GetValueOrDefault(code)?.Id),
        _ => (RollupBy.Company, BoardSubject.Company, units.Company.Id),
    };

    internal sealed record NameRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
    }
}
