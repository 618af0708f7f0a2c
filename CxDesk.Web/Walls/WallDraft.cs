using CxDesk.Data.Rollups;
using CxDesk.Data.Walls;

namespace CxDesk.Web.Walls;

/// <summary>
/// A wall while it is edited: what was read, what it has become, and the steps between, which can be taken back. Every
/// step replaces the whole document, so that the preview and the save see the same.
/// </summary>
public sealed class WallDraft(WallRow wall, WallDocument document)
{
    private readonly Stack<Step> _done = new(), _undone = new();
    private Step _now = new(wall.Name, document);
    private Step _read = new(wall.Name, document);

    private sealed record Step(string Name, WallDocument Document);

    /// <summary>As it was read: who saves over another version is told.</summary>
    public WallRow Wall { get; private set; } = wall;
    public string Name => _now.Name;
    public WallDocument Document => _now.Document;

    /// <summary>The document that was read.</summary>
    public WallDocument Read => _read.Document;
    public bool IsChanged => _now.Name != _read.Name || !_now.Document.SaysTheSameAs(_read.Document);
    public bool CanUndo => _done.Count > 0;
    public bool CanRedo => _undone.Count > 0;

    public SaveWall ToSave() => new() { Code = Wall.Code, RowVersion = Wall.RowVersion, Name = Name, Document = Document };

    public void Rename(string name) => Go(_now with { Name = name });

    public void Change(WallDocument next) => Go(_now with { Document = next });

    /// <summary>Another has saved: what is here stays, and goes on top of that once it is saved.</summary>
    public void PutOnTopOf(WallRow saved, WallDocument document) => (Wall, _read) = (saved, new(saved.Name, document));

    /// <summary>It is stored: nothing is unsaved, and what was done can still be taken back.</summary>
    public void Saved(WallRow saved) => (Wall, _read, _now) = (saved, _now with { Name = saved.Name }, _now with { Name = saved.Name });

    /// <summary>Takes what was read, or what another saved, in place of what is here; that too can be taken back.</summary>
    public void Discard() => Go(_read);

    public void Undo()
    {
        if (!_done.TryPop(out var step)) return;
        _undone.Push(_now);
        _now = step;
    }

    public void Redo()
    {
        if (!_undone.TryPop(out var step)) return;
        _done.Push(_now);
        _now = step;
    }

    public void AddPage() => Pages([.. Document.Pages, First]);

    public void RemovePage(int page) => Pages([.. Document.Pages.Where((_, i) => i != page)]);

    public void MovePage(int from, int to) => Pages(Moved(Document.Pages, from, to));

    public void SetPage(int page, WallPage value) => Pages([.. Document.Pages.Select((p, i) => i == page ? value : p)]);

    public void SetTile(int page, int tile, WallTileSpec value) => Tiles(page, [.. TilesOf(page).Select((t, i) => i == tile ? value : t)]);

    public void AddTile(int page, WallTileSpec tile) => Tiles(page, [.. TilesOf(page), tile]);

    public void RemoveTile(int page, int tile) => Tiles(page, [.. TilesOf(page).Where((_, i) => i != tile)]);

    public void MoveTile(int page, int from, int to) => Tiles(page, Moved(TilesOf(page), from, to));

    /// <summary>What a new wall begins with.</summary>
    public static WallPage First { get; } = new()
    {
        Tiles =
        [
            new() { Kind = WallTileKind.Score },
            new() { Kind = WallTileKind.Cases },
            new() { Kind = WallTileKind.Trend, Window = CxDesk.Data.Live.LiveWindow.Month },
            new() { Kind = WallTileKind.Movers, By = RollupBy.Team, Window = CxDesk.Data.Live.LiveWindow.Week },
        ],
    };

    private IReadOnlyList<WallTileSpec> TilesOf(int page) => Document.Pages[page].Tiles;

    private void Pages(IReadOnlyList<WallPage> pages) => Change(Document with { Pages = pages });

    private void Tiles(int page, IReadOnlyList<WallTileSpec> tiles) => SetPage(page, Document.Pages[page] with { Tiles = tiles });

    private void Go(Step next)
    {
        if (next.Name == _now.Name && next.Document.SaysTheSameAs(_now.Document)) return;
        _done.Push(_now);
        _undone.Clear();
        _now = next;
    }

    private static List<T> Moved<T>(IReadOnlyList<T> items, int from, int to)
    {
        var moved = items.ToList();
        var item = moved[from];
        moved.RemoveAt(from);
        moved.Insert(Math.Clamp(to, 0, moved.Count), item);
        return moved;
    }
}
