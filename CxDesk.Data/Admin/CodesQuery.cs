using CxDesk.Data.Database;
using CxDesk.Data.People;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Admin;

/// <summary>The codes that intake brought, those to be placed first.</summary>
public sealed class CodesQuery(Db db)
{
    public const int Most = 200;

    private static readonly StatementFamily<(CodeList, bool Text)> Rows = new(Shapes(), (d, shape) => $"""
        SELECT c.Id AS {nameof(CodeRow.Id)}, c.Code AS {nameof(CodeRow.Code)}, c.Name AS {nameof(CodeRow.Name)}, c.IsPlaced AS {nameof(CodeRow.IsPlaced)}{Extras(shape.Item1)}
        FROM {Table(shape.Item1)} c
        {(shape.Text ? $"WHERE {d.Contains("c.Code", "@text")} OR {d.Contains("c.Name", "@text")}" : "")}
        ORDER BY c.IsPlaced, c.Name, c.Id {d.Limit("@take")}
        """);

    private static readonly Statement Open = new("""
        SELECT (SELECT COUNT(*) FROM Products WHERE IsPlaced = 0) AS Products,
               (SELECT COUNT(*) FROM Channels WHERE IsPlaced = 0) AS Channels,
               (SELECT COUNT(*) FROM Touchpoints WHERE IsPlaced = 0) AS Touchpoints,
               (SELECT COUNT(*) FROM Segments WHERE IsPlaced = 0) AS Segments,
               (SELECT COUNT(*) FROM Sources WHERE IsPlaced = 0) AS Sources,
               (SELECT COUNT(*) FROM Attributes WHERE IsPlaced = 0) AS Attributes,
               (SELECT COUNT(*) FROM Measures WHERE IsPlaced = 0) AS Measures,
               (SELECT COUNT(*) FROM People WHERE IsPlaced = 0 AND IsActive = 1) AS Agents,
               (SELECT COUNT(*) FROM Units WHERE IsPlaced = 0 AND IsActive = 1) AS Units
        """);

    /// <returns>At most <see cref="Most"/> rows.</returns>
    public Task<IReadOnlyList<CodeRow>> Find(CodeList list, string? text, CancellationToken cancel = default)
    {
        var normal = Codes.Normal(text);
        return db.Read(s => s.Query<CodeRow>(Rows[(list, normal.Length > 0)], new { text = normal, take = Most }), cancel);
    }

    /// <summary>How many codes of each kind nobody has looked at yet.</summary>
    public Task<CodesToPlace> ToPlace(CancellationToken cancel = default) => db.Read(s => s.Single<CodesToPlace>(Open), cancel);

    internal static string Table(CodeList list) => list switch
    {
        CodeList.Products => "Products",
        CodeList.Channels => "Channels",
        CodeList.Touchpoints => "Touchpoints",
        CodeList.Segments => "Segments",
        CodeList.Sources => "Sources",
        CodeList.Attributes => "Attributes",
        CodeList.Measures => "Measures",
    };

    private static string Extras(CodeList list) => list switch
    {
        CodeList.Sources => $", c.ExpectedSilenceMinutes AS {nameof(CodeRow.ExpectedSilenceMinutes)}",
        CodeList.Attributes => $", c.Minimum AS {nameof(CodeRow.Minimum)}, c.Maximum AS {nameof(CodeRow.Maximum)}",
        CodeList.Measures => $", c.Unit AS {nameof(CodeRow.Unit)}, c.UpperLimit AS {nameof(CodeRow.UpperLimit)}, c.IsHigherBetter AS {nameof(CodeRow.IsHigherBetter)}",
        CodeList.Products or CodeList.Channels or CodeList.Touchpoints or CodeList.Segments => "",
    };

    private static IEnumerable<(CodeList, bool)> Shapes() => Enum.GetValues<CodeList>().SelectMany(l => new[] { (l, false), (l, true) });
}

public enum CodeList { Products, Channels, Touchpoints, Segments, Sources, Attributes, Measures }

public sealed record CodeRow
{
    public required int Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required bool IsPlaced { get; init; }

    /// <summary>Sources: a longer silence in business hours is stale.</summary>
    public int? ExpectedSilenceMinutes { get; init; }

    /// <summary>Attributes: the range of their ratings.</summary>
    public double? Minimum { get; init; }
    public double? Maximum { get; init; }

    /// <summary>Measures.</summary>
    public MeasureUnit? Unit { get; init; }
    public double? UpperLimit { get; init; }
    public bool? IsHigherBetter { get; init; }
}

public sealed record CodesToPlace
{
    public required int Products { get; init; }
    public required int Channels { get; init; }
    public required int Touchpoints { get; init; }
    public required int Segments { get; init; }
    public required int Sources { get; init; }
    public required int Attributes { get; init; }
    public required int Measures { get; init; }
    public required int Agents { get; init; }
    public required int Units { get; init; }

    public int Total => Products + Channels + Touchpoints + Segments + Sources + Attributes + Measures + Agents + Units;

    public int Of(CodeList list) => list switch
    {
        CodeList.Products => Products,
        CodeList.Channels => Channels,
        CodeList.Touchpoints => Touchpoints,
        CodeList.Segments => Segments,
        CodeList.Sources => Sources,
        CodeList.Attributes => Attributes,
        CodeList.Measures => Measures,
    };
}
