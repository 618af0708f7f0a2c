using System.Globalization;
using CxDesk.Data.Live;
using CxDesk.Data.Walls;
using CxDesk.Web.Feed;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Walls;

/// <summary>
/// Draws a wall: place and clock, and the page whose turn it is. It sizes itself by the box that it stands in, so that a screen
/// of any size, a preview and a picture of the past are the same.
/// </summary>
public partial class WallScreen : IDisposable
{
    private IDisposable? _tick;
    private WallGrid? _grid;
    private WallPageFigures? _laid;

    [Parameter, EditorRequired] public required Reading<WallSnapshot> Reading { get; set; }

    /// <summary>Shows this page and does not turn; counted from 0.</summary>
    [Parameter] public int? Only { get; set; }

    /// <summary>The moment that is shown, which ages are counted to; null: now.</summary>
    [Parameter] public DateTimeOffset? At { get; set; }

    /// <summary>What stands beside a case that nobody has taken, so that somebody can.</summary>
    [Parameter] public RenderFragment<LiveUrgentCase>? Claim { get; set; }

    /// <summary>What stands beside the clock.</summary>
    [Parameter] public RenderFragment? Beside { get; set; }

    [Inject] public required IStringLocalizer<WallsText> Text { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required FigureWords Words { get; set; }

    private WallSnapshot? Board => Reading.Board;
    private TimeZoneInfo Zone => Words.Zone(At, Clock.Zone);
    private int Pages => Board?.Pages.Count ?? 0;
    private int Page { get; set; }
    private WallPageFigures? Shown => Page < Pages ? Board!.Pages[Page] : null;

    private string? Dim => Board is { IsNight: true, Document.Night: { } night }
        ? string.Create(CultureInfo.InvariantCulture, $"--brightness: {night.Brightness / 100.0:0.##}") : null;

    private string? Places => _grid is { } grid ? $"--columns: {grid.Columns}; --rows: {grid.Rows}" : null;

    protected override void OnParametersSet() => Lay();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Only is null) _tick = Clock.OnTick(() => InvokeAsync(Turn));
    }

    private void Turn()
    {
        if (PageNow() == Page) return;
        Lay();
        StateHasChanged();
    }

    private void Lay()
    {
        Page = PageNow();
        if (ReferenceEquals(_laid, Shown)) return;
        _laid = Shown;
        _grid = _laid is null ? null : WallGrid.Of([.. _laid.Tiles.Select(t => t.Spec)]);
    }

    // By the clock: every screen shows the same page at the same time, and one that was away comes back to it.
    private int PageNow() => Only is { } only ? Math.Clamp(only, 0, Math.Max(0, Pages - 1)) : PageAt(Board?.Pages ?? [], Clock.Now);

    /// <summary>The page whose turn it is at a moment; each stands for its own time.</summary>
    public static int PageAt(IReadOnlyList<WallPageFigures> pages, DateTimeOffset at)
    {
        var round = pages.Sum(p => (long)p.DwellSeconds);
        if (round <= 0) return 0;
        var left = at.ToUnixTimeSeconds() % round;
        var page = 0;
        while (left >= pages[page].DwellSeconds) left -= pages[page++].DwellSeconds;
        return page;
    }

    private string? Place(int tile) => _grid?.Cells[tile] is { } cell
        ? $"grid-area: {cell.Row} / {cell.Column} / span {cell.Height} / span {cell.Width}; --wide: {cell.Width}; --high: {cell.Height}" : null;

    public void Dispose()
    {
        _tick?.Dispose();
        GC.SuppressFinalize(this);
    }
}
