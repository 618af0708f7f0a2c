using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>One figure, as large as it goes, with a sentence that says what it means. Filled with its colour where it needs a person.</summary>
public partial class WallTile
{
    [Parameter, EditorRequired] public required WallFigure Tile { get; set; }
    [Parameter, EditorRequired] public required LiveSnapshot Board { get; set; }

    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }

    private Standing CasesStanding => Tile.Cases switch
    {
        { Overdue: > 0 } or { Critical: > 0 } => Standing.Bad,
        { DueSoon: > 0 } => Standing.Watch,
        _ => Standing.Good,
    };

    private string? Needs => Tile.Cases is null || CasesStanding == Standing.Good ? null : Code(CasesStanding);

    private static string Code(Standing standing) => standing.ToString().ToLowerInvariant();
}
