using CxDesk.Data;
using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Web.Shell;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>Says what a wall is made of.</summary>
public sealed class WallWords(IStringLocalizer<WallEditorText> text, IndicatorWords indicators)
{
    /// <summary>"Satisfaction (CSAT) · North · Today".</summary>
    public string Tile(WallTileSpec tile, WallSubjects subjects) => string.Join(" · ", Parts(tile, subjects).Where(part => part.Length > 0));

    public string Kind(WallTileKind kind) => text[$"Kind.{kind}"];

    public string Window(LiveWindow window) => text[$"Window.{window}"];

    public string Metric(Metric metric) => text[$"Metric.{metric}"];

    public string Measure(WallSubject measure) => indicators.Measure(measure.Code, measure.Name);

    public string By(RollupBy by) => text[$"By.{by}"];

    public string Subject(WallTileSpec tile, WallSubjects subjects) => tile switch
    {
        { Unit: { } unit } => Name(subjects.Regions.Concat(subjects.Teams), unit),
        { Product: { } product } => Name(subjects.Products, product),
        { Agent: { } agent } => Name(subjects.Agents, agent),
        _ => text["Subject.Company"],
    };

    /// <summary>Everything that a tile may be about, with what it is: the way to find one of many by typing.</summary>
    public IReadOnlyList<PickerChoice> Choices(WallSubjects subjects, bool onlyUnits) =>
    [
        new("", text["Subject.Company"]),
        .. subjects.Regions.Select(s => new PickerChoice("unit:" + s.Code, text["Subject.Region", s.Name])),
        .. subjects.Teams.Select(s => new PickerChoice("unit:" + s.Code, text["Subject.Team", s.Name])),
        .. onlyUnits ? [] : subjects.Products.Select(s => new PickerChoice("product:" + s.Code, text["Subject.Product", s.Name])),
        .. onlyUnits ? [] : subjects.Agents.Select(s => new PickerChoice("agent:" + s.Code, text["Subject.Agent", s.Name])),
    ];

    /// <summary>What of a wall a fault is about, and what is wrong.</summary>
    public string Fault(InvalidField fault) => text[$"Fault.{fault.Fault}"];

    public string Change(WallChange change) => text[$"Change.{change.Kind}", change.Page ?? 0, change.Tile ?? 0];

    private IEnumerable<string> Parts(WallTileSpec tile, WallSubjects subjects)
    {
        switch (tile.Kind)
        {
            case WallTileKind.Score:
                yield return Metric(tile.Metric);
                break;
            case WallTileKind.Number:
                yield return text[$"Number.{tile.Number}"];
                break;
            case WallTileKind.Trend or WallTileKind.Measure when tile.Measure is { } measure:
                yield return indicators.Measure(measure, Name(subjects.Measures, measure));
                break;
            case WallTileKind.Trend:
                yield return Metric(tile.Metric);
                break;
            case WallTileKind.Movers or WallTileKind.Leaders:
                yield return By(tile.By);
                yield return Metric(tile.Metric);
                break;
            case WallTileKind.Cases or WallTileKind.Comments or WallTileKind.Measure:
                break;
        }
        yield return Subject(tile, subjects);
        if (TileFields.HasWindow(tile)) yield return Window(tile.Window);
    }

    private static string Name(IEnumerable<WallSubject> subjects, string code) => subjects.FirstOrDefault(s => s.Code == code)?.Name ?? code;
}

/// <summary>Which of a tile's settings its kind asks for.</summary>
public static class TileFields
{
    public static bool HasMetric(WallTileSpec tile) => tile.Kind is WallTileKind.Score or WallTileKind.Trend or WallTileKind.Movers or WallTileKind.Leaders;

    public static bool HasMeasure(WallTileSpec tile) => tile.Kind is WallTileKind.Measure;

    public static bool HasBy(WallTileSpec tile) => tile.Kind is WallTileKind.Movers or WallTileKind.Leaders;

    public static bool HasWindow(WallTileSpec tile) => tile.Kind switch
    {
        WallTileKind.Cases or WallTileKind.Comments or WallTileKind.Trend => false,
        WallTileKind.Number => tile.Number is WallNumber.Answers or WallNumber.LowAnswers or WallNumber.ResolvedCases,
        WallTileKind.Score or WallTileKind.Measure or WallTileKind.Movers or WallTileKind.Leaders => true,
    };

    /// <summary>The tile as another kind, with what that kind does not ask for taken out of it.</summary>
    public static WallTileSpec As(WallTileSpec tile, WallTileKind kind, WallSubjects subjects)
    {
        var next = tile with { Kind = kind };
        if (HasBy(next) && (next.Product ?? next.Agent) is not null) next = next with { Product = null, Agent = null };
        return kind switch
        {
            WallTileKind.Measure => next with { Measure = next.Measure ?? (subjects.Measures.Count > 0 ? subjects.Measures[0].Code : null) },
            WallTileKind.Trend => next,
            _ => next with { Measure = null },
        };
    }
}
