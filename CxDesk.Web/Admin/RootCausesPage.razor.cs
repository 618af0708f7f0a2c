using System.Globalization;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.Cases;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Admin;

/// <summary>The tree of causes from which one is chosen when a case is resolved; one is edited beside it.</summary>
public partial class RootCausesPage
{
    private static readonly IReadOnlyList<string> Fields = ["name", "parent"];

    private RootCauseTree? _tree;
    private RootCauseRow? _was;
    private string _name = "", _parent = "";
    private bool _retired;
    private (int?, string?, int?) _shown;

    [SupplyParameterFromQuery(Name = "cause")] public int? Cause { get; set; }
    [SupplyParameterFromQuery(Name = "add")] public string? Adding { get; set; }
    [SupplyParameterFromQuery(Name = "under")] public int? Under { get; set; }
    [Inject] public required RootCauseQuery Query { get; set; }
    [Inject] public required RootCauseWriter Writer { get; set; }
    [Inject] public required CaseWords Words { get; set; }

    private bool IsAdding => Adding is not null;

    private string AddLink => Cause is null ? "/admin/root-causes?add=1" : string.Create(CultureInfo.InvariantCulture, $"/admin/root-causes?add=1&under={Cause}");

    /// <summary>The name that a usual cause has in the reader's language.</summary>
    private string? Usual => _was is not null && RootCauses.Usual.Contains(_was.Code) ? Words.RootCause(_was.Code) : null;

    // Not under itself, nor deeper than causes stand.
    private IEnumerable<RootCauseRow> Parents => _tree!.All
        .Where(r => _tree.PathOf(r).Count < RootCauseTree.Deepest && (_was is null || !_tree.With(_was).Any(w => w.Id == r.Id)));

    protected override async Task Read(Viewer viewer)
    {
        _tree = await Query.Read();
        if (_shown != (Cause, Adding, Under))
        {
            (_was, _name, _parent, _retired, _shown) = (null, "", Given(Under), false, (Cause, Adding, Under));
            Said();
        }
        // A change by somebody else must not take what is being typed: the save will tell.
        if (_was is null && Cause is { } id && _tree.Find(id) is { } row) (_was, _name, _parent, _retired) = (row, row.Name ?? "", Given(row.ParentId), row.IsRetired);
    }

    protected override void Forget() => _was = null;

    private async Task Save()
    {
        int? parentId = int.TryParse(_parent, CultureInfo.InvariantCulture, out var parent) ? parent : null;
        if (_was is { } was)
        {
            if (await Do(viewer => Writer.Save(viewer, was, was with { Name = _name, ParentId = parentId, IsRetired = _retired }))) await Again();
        }
        else if (await Do(viewer => Writer.Add(viewer, parentId, _name)))
        {
            // Ready for the next one beside it.
            _name = "";
            await Reload();
        }
    }

    private async Task Shift(RootCauseRow row, bool up)
    {
        if (await Do(viewer => Writer.Shift(viewer, row.Id, up))) await Reload();
        Said();
    }

    private bool IsEnd(RootCauseRow row, bool up)
    {
        var siblings = _tree!.ChildrenOf(row.ParentId);
        return (up ? siblings.First() : siblings.Last()).Id == row.Id;
    }

    private static string Given(int? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
