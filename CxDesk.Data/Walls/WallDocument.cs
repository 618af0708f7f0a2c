using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;

namespace CxDesk.Data.Walls;

/// <summary>A wall as people made it: pages that a screen goes through, one after the other. Stored as JSON; a change is a new version.</summary>
public sealed record WallDocument
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The seconds that each page stands, unless it says its own.</summary>
    public int DwellSeconds { get; init; } = 15;
    public required IReadOnlyList<WallPage> Pages { get; init; }
    public WallNight? Night { get; init; }

    /// <summary>An overdue or critical case that nobody has taken is heard as well as seen.</summary>
    public bool HasSound { get; init; }

    /// <summary>Agents are shown by their display name; or not at all.</summary>
    public bool ShowsAgents { get; init; } = true;

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The text is no wall.</exception>
    public static WallDocument FromJson(string json) => JsonSerializer.Deserialize<WallDocument>(json, Json) ?? throw new JsonException("The wall is empty.");

    /// <summary>Alike in all that is shown.</summary>
    public bool SaysTheSameAs(WallDocument other) => ToJson() == other.ToJson();
}

/// <summary>Four to six tiles that are seen together.</summary>
public sealed record WallPage
{
    public int? DwellSeconds { get; init; }
    public required IReadOnlyList<WallTileSpec> Tiles { get; init; }
}

/// <summary>The screen goes dim outside the business hours of a region, or of the company.</summary>
/// <param name="Region">Code of the region; null: the company's calendar.</param>
/// <param name="Brightness">Per cent that are left, 5–100.</param>
public sealed record WallNight(string? Region, int Brightness);

/// <summary>What a tile shows. Stored by name.</summary>
public enum WallTileKind { Score, Number, Trend, Cases, Measure, Comments, Movers, Leaders }

/// <summary>What the one big number counts. Stored by name.</summary>
public enum WallNumber { Answers, LowAnswers, OpenCases, OverdueCases, ResolvedCases }

/// <summary>
/// One tile as it was asked for. Its subject is one of <see cref="Unit"/>, <see cref="Product"/> and <see cref="Agent"/>,
/// or the whole company where none is said.
/// </summary>
public sealed record WallTileSpec
{
    public required WallTileKind Kind { get; init; }

    /// <summary>Of Score, Trend, Movers and Leaders.</summary>
    public Metric Metric { get; init; } = Metric.Csat;

    /// <summary>Code of the operational measure, of Measure; and of Trend, instead of the metric.</summary>
    public string? Measure { get; init; }
    public WallNumber Number { get; init; }

    /// <summary>Code of a region, or of a team.</summary>
    public string? Unit { get; init; }
    public string? Product { get; init; }
    public string? Agent { get; init; }

    /// <summary>Whose rows Movers and Leaders show.</summary>
    public RollupBy By { get; init; } = RollupBy.Region;
    public LiveWindow Window { get; init; } = LiveWindow.Today;

    /// <summary>Columns of the page's grid of three.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Rows of the page's grid of two.</summary>
    public int Height { get; init; } = 1;
}
