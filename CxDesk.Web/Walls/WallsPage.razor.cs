using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Walls;
using CxDesk.Web.Admin;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>The walls that there are: to open, to edit, to duplicate; and a new one.</summary>
public partial class WallsPage
{
    private IReadOnlyList<WallRow> _walls = [];
    private Viewer? _viewer;
    private string? _name;
    private WallRow? _copied;

    [Inject] public required WallsQuery Query { get; set; }
    [Inject] public required WallWriter Writer { get; set; }
    [Inject] public required WallWords Say { get; set; }
    [Inject] public required IStringLocalizer<WallEditorText> Words { get; set; }
    [Inject] public required IStringLocalizer<PastText> Past { get; set; }

    protected override ChangeTopic[] Topics => [ChangeTopic.Walls, ChangeTopic.Displays, ChangeTopic.Units];

    protected override bool MayUse(Viewer viewer) => WallRights.MayLook(viewer);

    protected override async Task Read(Viewer viewer)
    {
        _viewer = viewer;
        _walls = await Query.All(viewer);
    }

    /// <summary>Where a wall is edited, or looked at by who may not.</summary>
    public static string PathOf(string code) => $"/walls/{Uri.EscapeDataString(code)}";

    /// <summary>Where a wall is shown.</summary>
    public static string ScreenOf(string code) => $"/wall/{Uri.EscapeDataString(code)}";

    private static string Edit(WallRow wall) => PathOf(wall.Code);

    private static string Open(WallRow wall) => ScreenOf(wall.Code);

    private bool MayEdit(WallRow wall) => _viewer is not null && WallRights.MayEdit(_viewer, wall);

    private void Begin() => (_name, _copied) = ("", null);

    private void Copy(WallRow wall)
    {
        Said();
        (_name, _copied) = (Words["Copy.Name", wall.Name], wall);
    }

    private void Stop()
    {
        Said();
        (_name, _copied) = (null, null);
    }

    private async Task Create()
    {
        string? code = null;
        var made = await Do(async viewer => code = _copied is { } wall
            ? await Writer.Duplicate(viewer, wall.Code, _name!)
            : await Writer.Create(viewer, _name!, new WallDocument { Pages = [WallDraft.First] }));
        if (made) Navigation.NavigateTo(PathOf(code!));
    }
}
