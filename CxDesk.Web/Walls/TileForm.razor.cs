using CxDesk.Data;
using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>What one tile shows, in the words of who reads it. It asks only for what the kind of tile needs.</summary>
public partial class TileForm
{
    private const string Measure = "measure:";

    // Three wide and two high is the page.
    private const int Widest = 4;

    private IReadOnlyList<PickerChoice> _choices = [];
    private (WallSubjects? Subjects, bool OnlyUnits) _chosenFrom;

    [Parameter, EditorRequired] public required WallTileSpec Tile { get; set; }

    /// <summary>Which one of how many, from 0.</summary>
    [Parameter, EditorRequired] public required (int At, int Count) Place { get; set; }

    /// <summary>Of the tile, as faults name it.</summary>
    [Parameter, EditorRequired] public required string Path { get; set; }
    [Parameter, EditorRequired] public required WallSubjects Subjects { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<InvalidField> Faults { get; set; }
    [Parameter] public EventCallback<WallTileSpec> OnChange { get; set; }
    [Parameter] public EventCallback<int> OnMove { get; set; }
    [Parameter] public EventCallback OnRemove { get; set; }

    [Inject] public required WallWords Words { get; set; }
    [Inject] public required IStringLocalizer<WallEditorText> Text { get; set; }

    private string[] Subjective => [$"{Path}.product", $"{Path}.agent", $"{Path}.subject"];

    private string Subject => Tile switch
    {
        { Unit: { } unit } => "unit:" + unit,
        { Product: { } product } => "product:" + product,
        { Agent: { } agent } => "agent:" + agent,
        _ => "",
    };

    protected override void OnParametersSet()
    {
        var from = (Subjects, TileFields.HasBy(Tile));
        if (from == _chosenFrom) return;
        _chosenFrom = from;
        _choices = Words.Choices(Subjects, onlyUnits: TileFields.HasBy(Tile));
    }

    private Task Change(WallTileSpec tile) => OnChange.InvokeAsync(tile);

    private Task ChangeKind(ChangeEventArgs e) => Change(TileFields.As(Tile, Of<WallTileKind>(e), Subjects));

    private Task ChangeSubject(string value)
    {
        var (kind, code) = value.Split(':', 2) is [var k, var c] ? (k, c) : ("", "");
        return Change(Tile with
        {
            Unit = kind == "unit" ? code : null,
            Product = kind == "product" ? code : null,
            Agent = kind == "agent" ? code : null,
        });
    }

    private Task ChangeMetric(ChangeEventArgs e) => Change(e.Value is string value && value.StartsWith(Measure, StringComparison.Ordinal)
        ? Tile with { Measure = value[Measure.Length..] }
        : Tile with { Measure = null, Metric = Of<Metric>(e) });

    private Task ChangeSize(ChangeEventArgs e) => e.Value is string { Length: 3 } size ? Change(Tile with { Width = size[0] - '0', Height = size[2] - '0' }) : Task.CompletedTask;

    private static string Size(int width, int height) => $"{width}x{height}";

    private static T Of<T>(ChangeEventArgs e) where T : struct, Enum => Enum.TryParse<T>(e.Value as string, out var value) ? value : default;
}
