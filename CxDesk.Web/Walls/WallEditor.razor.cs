using CxDesk.Data;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Data.Walls;
using CxDesk.Web.Admin;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CxDesk.Web.Walls;

/// <summary>
/// One wall as it is edited: its pages, the tiles of the page that is open, and that page as a screen would show it, from
/// the unsaved document and the data of now. Who may not edit it sees the same, and duplicates it.
/// </summary>
public partial class WallEditor
{
    private WallDraft? _draft;
    private WallSubjects? _subjects;
    private WallRow? _meanwhile;
    private Viewer? _viewer;
    private IReadOnlyList<InvalidField> _faults = [];
    private int? _tile;
    private string? _code;
    private bool _isGone, _isLeaving;

    [Parameter] public required string Code { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public int? Number { get; set; }

    [Inject] public required WallsQuery Query { get; set; }
    [Inject] public required WallWriter Writer { get; set; }
    [Inject] public required WallWords Say { get; set; }
    [Inject] public required IJSRuntime Browser { get; set; }
    [Inject] public required IStringLocalizer<WallEditorText> Words { get; set; }
    [Inject] public required IStringLocalizer<PastText> Past { get; set; }

    protected override ChangeTopic[] Topics => [ChangeTopic.Walls, ChangeTopic.Units];

    private bool MayEdit => _viewer is not null && _draft is not null && WallRights.MayEdit(_viewer, _draft.Wall);

    private int Shown => Math.Clamp((Number ?? 1) - 1, 0, _draft!.Document.Pages.Count - 1);

    private WallPage ShownPage => _draft!.Document.Pages[Shown];

    private string PagePath => $"pages[{Shown}]";

    private string? Lead => _draft is not { } draft ? null
        : MayEdit ? Words["Lead.Mine", draft.Wall.Version, draft.Wall.ChangedBy].Value
        : Words["Lead.Others", draft.Wall.OwnerName ?? Words["List.Company"]].Value;

    private IEnumerable<string> Theirs
    {
        get
        {
            var changes = WallDifference.Between(_draft!.Read, Laid(_meanwhile!)).Select(Say.Change).ToList();
            if (_meanwhile!.Name != _draft.Wall.Name) changes.Insert(0, Words["Change.Name", _meanwhile.Name]);
            return changes;
        }
    }

    protected override bool MayUse(Viewer viewer) => WallRights.MayLook(viewer);

    protected override async Task Read(Viewer viewer)
    {
        _viewer = viewer;
        _subjects = await Query.Subjects();
        var wall = await Query.Find(viewer, Code);
        if (_code != Code)
        {
            Said();
            (_draft, _meanwhile, _tile, _isGone, _code) = (null, null, null, false, Code);
        }
        if (wall is null) _isGone = _draft is not null;
        else if (_draft is null || !_draft.IsChanged && _draft.Wall.RowVersion != wall.RowVersion) _draft = new WallDraft(wall, Laid(wall));
        // A change by somebody else must not take what is being edited: it is told, and both stay to choose from.
        else if (_draft.Wall.RowVersion != wall.RowVersion) _meanwhile = wall;
        Judge();
    }

    protected override void Forget() => _draft = null;

    private WallDocument Laid(WallRow wall) => wall.Document
        ?? WallLayout.Of([.. _subjects!.Regions.Select(r => r.Code)], _subjects.Measures.Count > 0 ? _subjects.Measures[0].Code : null);

    private void Judge()
    {
        if (_draft is null) return;
        List<InvalidField> faults = [.. WallCheck.Faults(_draft.Document, _subjects!.Codes)];
        try
        {
            WallCheck.Name(_draft.Name);
        }
        catch (InvalidField fault)
        {
            faults.Add(fault);
        }
        _faults = faults;
        if (_tile >= ShownPage.Tiles.Count) _tile = ShownPage.Tiles.Count > 0 ? ShownPage.Tiles.Count - 1 : null;
    }

    private string? HasFault(string path) => _faults.Any(f => f.Field.StartsWith(path, StringComparison.Ordinal)) ? "true" : null;

    private void Edit(Action<WallDraft> step)
    {
        Said();
        step(_draft!);
        Judge();
    }

    private void Choose(int? tile) => _tile = tile;

    private void Rename(string name) => Edit(d => d.Rename(name));

    private void Change(WallDocument document) => Edit(d => d.Change(document));

    private void Change(WallPage page) => Edit(d => d.SetPage(Shown, page));

    private void Change(WallTileSpec tile) => Edit(d => d.SetTile(Shown, _tile!.Value, tile));

    private void AddTile()
    {
        Edit(d => d.AddTile(Shown, new WallTileSpec { Kind = WallTileKind.Score }));
        _tile = ShownPage.Tiles.Count - 1;
    }

    private void RemoveTile() => Edit(d => d.RemoveTile(Shown, _tile!.Value));

    private async Task MoveTile((int From, int To) move)
    {
        var to = Math.Clamp(move.To, 0, ShownPage.Tiles.Count - 1);
        if (!MayEdit || move.From == to) return;
        Edit(d => d.MoveTile(Shown, move.From, to));
        if (_tile is not null) _tile = to;
        await Browser.InvokeVoidAsync("cxdesk.focus", $"tile-{to}");
    }

    private void AddPage()
    {
        Edit(d => d.AddPage());
        Navigation.NavigateTo(PageLink(_draft!.Document.Pages.Count - 1));
    }

    private void RemovePage()
    {
        var page = Shown;
        Edit(d => d.RemovePage(page));
        Navigation.NavigateTo(PageLink(Math.Min(page, _draft!.Document.Pages.Count - 1)));
    }

    private void MovePage(int by)
    {
        var page = Shown;
        Edit(d => d.MovePage(page, page + by));
        Navigation.NavigateTo(PageLink(page + by));
    }

    private void Undo() => Edit(d => d.Undo());

    private void Redo() => Edit(d => d.Redo());

    private void Discard() => Edit(d => d.Discard());

    private async Task Save()
    {
        WallRow? saved = null;
        var done = await Do(async viewer => saved = await Writer.Save(viewer, _draft!.ToSave()));
        if (done)
        {
            _draft!.Saved(saved!);
            _meanwhile = null;
        }
        else if (Conflict is not null) await Reload();
        Judge();
    }

    private Task SaveOver()
    {
        _draft!.PutOnTopOf(_meanwhile!, Laid(_meanwhile!));
        return Save();
    }

    private void TakeTheirs()
    {
        _draft!.PutOnTopOf(_meanwhile!, Laid(_meanwhile!));
        _meanwhile = null;
        Discard();
    }

    private async Task KeepAsNew()
    {
        string? code = null;
        if (await Do(async viewer => code = await Writer.Create(viewer, _draft!.Name, _draft.Document))) Leave(WallsPage.PathOf(code!));
    }

    private async Task Duplicate()
    {
        string? code = null;
        if (await Do(async viewer => code = await Writer.Duplicate(viewer, Code, Words["Copy.Name", _draft!.Wall.Name]))) Navigation.NavigateTo(WallsPage.PathOf(code!));
    }

    private async Task Delete()
    {
        if (!await Confirmed(Words["Delete.Go"], Words["Delete.Words", _draft!.Wall.Name])) return;
        if (await Do(viewer => Writer.Delete(viewer, Code, _draft!.Wall.RowVersion))) Leave("/walls");
        else if (Conflict is not null) await Reload();
    }

    private void Leave(string address)
    {
        _isLeaving = true;
        Navigation.NavigateTo(address);
    }

    private async Task BeforeLeaving(LocationChangingContext context)
    {
        var stays = new Uri(Navigation.ToAbsoluteUri(context.TargetLocation).ToString()).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
        if (_isLeaving || stays || _draft is not { IsChanged: true }) return;
        if (!await Confirmed(Words["Leave.Go"], Words["Leave.Words"])) context.PreventNavigation();
    }

    private string PageLink(int page) => $"{WallsPage.PathOf(Code)}?page={page + 1}";
}
