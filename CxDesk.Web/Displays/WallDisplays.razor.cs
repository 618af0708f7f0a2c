using System.Globalization;
using CxDesk.Data.Displays;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Walls;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Displays;

/// <summary>
/// Hangs up screens and takes them down: makes links, shows each once, and says which screen was seen when and what it
/// runs. For whoever may edit the wall.
/// </summary>
public partial class WallDisplays
{
    private static readonly string[] Fields = ["name", "wall", "language"];
    private static readonly TimeSpan HereFor = TimeSpan.FromMinutes(2.5);

    private IReadOnlyList<DisplayRow> _displays = [];
    private IReadOnlyList<DisplayWall> _walls = [];
    private DisplayRow? _edited;
    private MadeLink? _made;
    private string _name = "", _madeName = "";
    private string _language = ShellSetup.Languages.FirstOrDefault(l => l == CultureInfo.CurrentUICulture.Name) ?? ShellSetup.Languages[0];
    private int _wallId;
    private bool _takesAnew;

    /// <summary>Null: of every wall that the viewer may edit.</summary>
    [Parameter] public int? WallId { get; set; }

    [Inject] public required DisplaysQuery Query { get; set; }
    [Inject] public required DisplayWriter Writer { get; set; }
    [Inject] public required IStringLocalizer<DisplaysText> Words { get; set; }

    protected override bool MayUse(Viewer viewer) => WallRights.MayMake(viewer);

    protected override ChangeTopic[] Topics => [ChangeTopic.Displays, ChangeTopic.Walls, ChangeTopic.Units];

    // That a screen was seen is no change.
    protected override TimeSpan Beat => TimeSpan.FromSeconds(10);

    protected override async Task Read(Viewer viewer)
    {
        (_displays, var walls) = (await Query.Of(viewer, WallId), await Query.WallsOf(viewer));
        _walls = WallId is { } only && walls.All(w => w.Id != only) ? [] : walls;
        if (_wallId == 0) _wallId = WallId ?? _walls.Select(w => w.Id).FirstOrDefault();
        if (_takesAnew && _displays.FirstOrDefault(d => d.Id == _edited?.Id) is { } present) Take(present);
        _takesAnew = false;
    }

    // What somebody else saved takes the place of what was typed.
    protected override void Forget() => _takesAnew = _edited is not null;

    private void Edit(DisplayRow display)
    {
        Said();
        _made = null;
        Take(display);
    }

    private void Take(DisplayRow display) => (_edited, _name, _wallId, _language) = (display, display.Name, display.WallId, display.Language);

    private void Stop()
    {
        Said();
        (_edited, _name, _wallId) = (null, "", WallId ?? _wallId);
    }

    private async Task Send()
    {
        var display = new SaveDisplay { Id = _edited?.Id, RowVersion = _edited?.RowVersion ?? 0, Name = _name, WallId = _wallId, Language = _language };
        if (_edited is null)
        {
            if (!await Do(async viewer => _made = await Writer.Make(viewer, display))) return;
            (_madeName, _name) = (_name, "");
        }
        else
        {
            if (!await Do(viewer => Writer.Save(viewer, display))) return;
            (_edited, _name, _wallId, _made) = (null, "", WallId ?? _wallId, null);
        }
        await Reload();
    }

    private async Task Relink(DisplayRow display)
    {
        if (!await Confirmed(Words["Relink.Go"], Words["Relink.Ask", display.Name])) return;
        if (!await Do(async viewer => _made = await Writer.Relink(viewer, display.Id))) return;
        _madeName = display.Name;
        await Reload();
    }

    private async Task Revoke(DisplayRow display)
    {
        if (!await Confirmed(Words["Revoke.Go"], Words["Revoke.Ask", display.Name])) return;
        if (!await Do(viewer => Writer.Revoke(viewer, display.Id))) return;
        if (_made?.DisplayId == display.Id) _made = null;
        if (_edited?.Id == display.Id) Stop();
        await Reload();
    }

    private bool IsHere(DateTimeOffset seen) => Time.GetUtcNow() - seen < HereFor;

    // As it is typed: nobody types a scheme.
    private string ShortAddress(string code)
    {
        var address = Navigation.ToAbsoluteUri($"{DisplayPath.Codes}/{code}");
        return $"{address.Authority}{address.AbsolutePath}";
    }
}
