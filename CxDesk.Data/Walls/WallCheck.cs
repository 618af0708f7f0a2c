using CxDesk.Data.People;

namespace CxDesk.Data.Walls;

/// <summary>The codes that a wall may name.</summary>
public sealed record WallCodes
{
    /// <summary>Regions and teams.</summary>
    public required IReadOnlySet<string> Units { get; init; }
    public required IReadOnlySet<string> Regions { get; init; }
    public required IReadOnlySet<string> Products { get; init; }
    public required IReadOnlySet<string> Agents { get; init; }
    public required IReadOnlySet<string> Measures { get; init; }
}

/// <summary>Whether a wall can be shown, and if not, where it cannot: faults name fields as paths, <c>pages[0].tiles[2].unit</c>.</summary>
public static class WallCheck
{
    public const int FewestTiles = 4, MostTiles = 6, MostPages = 20;
    public const int ShortestDwell = 5, LongestDwell = 600;
    public const int Darkest = 5, Brightest = 100;
    public const int NameLength = 60;

    /// <exception cref="InvalidField">name: missing, too long.</exception>
    public static string Name(string? text)
    {
        var name = Codes.Name(text, "name");
        return name.Length <= NameLength ? name : throw Fault("name", "TooLong", $"has at most {NameLength} characters");
    }

    /// <exception cref="InvalidField">The first of <see cref="Faults"/>.</exception>
    public static void Demand(WallDocument wall, WallCodes codes)
    {
        if (Faults(wall, codes).FirstOrDefault() is { } fault) throw fault;
    }

    /// <summary>All that is wrong, in the order of the document.</summary>
    public static IEnumerable<InvalidField> Faults(WallDocument wall, WallCodes codes)
    {
        if (!IsDwell(wall.DwellSeconds)) yield return Dwell("dwellSeconds");
        if (wall.Night is { } night)
        {
            if (night.Region is { } region && !codes.Regions.Contains(region)) yield return Unknown("night.region", "region", region);
            if (night.Brightness is < Darkest or > Brightest)
                yield return Fault("night.brightness", "Brightness", $"lies between {Darkest} and {Brightest} per cent");
        }
        if (wall.Pages.Count is 0 or > MostPages) yield return Fault("pages", "Pages", $"has 1 to {MostPages}");
        for (var p = 0; p < wall.Pages.Count; p++)
            foreach (var fault in Faults(wall.Pages[p], $"pages[{p}]", codes, wall.ShowsAgents)) yield return fault;
    }

    private static IEnumerable<InvalidField> Faults(WallPage page, string path, WallCodes codes, bool showsAgents)
    {
        if (page.DwellSeconds is { } dwell && !IsDwell(dwell)) yield return Dwell($"{path}.dwellSeconds");
        var isSized = true;
        for (var t = 0; t < page.Tiles.Count; t++)
        {
            var (tile, at) = (page.Tiles[t], $"{path}.tiles[{t}]");
            if (tile.Width is < 1 or > WallGrid.MostColumns || tile.Height is < 1 or > WallGrid.MostRows)
            {
                isSized = false;
                yield return Fault($"{at}.width", "Size", $"a tile is 1 to {WallGrid.MostColumns} wide and 1 to {WallGrid.MostRows} high");
            }
            foreach (var fault in Faults(tile, at, codes)) yield return fault;
            if (tile.Agent is not null && !showsAgents) yield return Fault($"{at}.agent", "AgentsHidden", "this wall shows no agents");
        }
        if (page.Tiles.Count is < FewestTiles or > MostTiles) yield return Fault($"{path}.tiles", "Tiles", $"has {FewestTiles} to {MostTiles}");
        else if (isSized && WallGrid.Of(page.Tiles) is null)
            yield return Fault($"{path}.tiles", "DoNotFit", $"do not fit on {WallGrid.MostColumns} × {WallGrid.MostRows} places; make one smaller or change their order");
    }

    private static IEnumerable<InvalidField> Faults(WallTileSpec tile, string at, WallCodes codes)
    {
        if (!Enum.IsDefined(tile.Kind)) yield return Fault($"{at}.kind", "Unknown", "there is no such tile");
        if (new[] { tile.Unit, tile.Product, tile.Agent }.Count(code => code is not null) > 1)
            yield return Fault($"{at}.subject", "OneSubject", "is one of unit, product and agent");
        if (tile.Unit is { } unit && !codes.Units.Contains(unit)) yield return Unknown($"{at}.unit", "unit", unit);
        if (tile.Product is { } product && !codes.Products.Contains(product)) yield return Unknown($"{at}.product", "product", product);
        if (tile.Agent is { } agent && !codes.Agents.Contains(agent)) yield return Unknown($"{at}.agent", "agent", agent);
        if (tile.Measure is { } measure && !codes.Measures.Contains(measure)) yield return Unknown($"{at}.measure", "measure", measure);
        else if (tile is { Kind: WallTileKind.Measure, Measure: null }) yield return Fault($"{at}.measure", "Missing", "is missing");
    }

    private static bool IsDwell(int seconds) => seconds is >= ShortestDwell and <= LongestDwell;

    private static InvalidField Dwell(string field) => Fault(field, "Dwell", $"lies between {ShortestDwell} and {LongestDwell} seconds");

    private static InvalidField Unknown(string field, string what, string code) => Fault(field, "Unknown", $"there is no {what} {code}");

    private static InvalidField Fault(string field, string fault, string words) => new(field, fault, $"{field}: {words}.");
}
