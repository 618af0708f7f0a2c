using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.People;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Admin;

/// <summary>The hierarchy as a tree; a chosen unit is edited beside it.</summary>
public partial class Units
{
    private IReadOnlyList<UnitTreeRow> _units = [];
    private IReadOnlyList<PersonName> _owners = [];
    private UnitTreeRow? _chosen;
    private UnitForm.Entry? _form;
    private (int? Unit, string? Add, int? Under) _shown;

    [SupplyParameterFromQuery(Name = "unit")] public int? Unit { get; set; }
    [SupplyParameterFromQuery(Name = "add")] public string? Add { get; set; }
    [SupplyParameterFromQuery(Name = "under")] public int? Under { get; set; }
    [Inject] public required UnitTreeQuery Query { get; set; }
    [Inject] public required PeopleListQuery People { get; set; }
    [Inject] public required UnitWriter Writer { get; set; }
    [Inject] public required Company Company { get; set; }

    private IReadOnlyList<UnitTreeRow> Regions => [.. _units.Where(u => u.Kind == UnitKind.Region)];

    protected override async Task Read(Viewer viewer)
    {
        (_units, _owners) = (await Query.All(), await People.PossibleOwners());
        _chosen = _units.FirstOrDefault(u => u.Id == Unit);
        // A change by somebody else must not take what is being typed: the save will tell.
        if (_form is not null && _shown == (Unit, Add, Under)) return;
        if (_shown != (Unit, Add, Under)) Said();
        _shown = (Unit, Add, Under);
        _form = Form();
    }

    private UnitForm.Entry? Form() => (_chosen, Add) switch
    {
        (_, "region") => new UnitForm.Entry { Kind = UnitKind.Region, ParentId = _units.First(u => u.Kind == UnitKind.Company).Id },
        (_, "team") => new UnitForm.Entry { Kind = UnitKind.Team, ParentId = Under ?? Regions.FirstOrDefault()?.Id },
        ({ } unit, _) => new UnitForm.Entry
        {
            Id = unit.Id, Version = unit.RowVersion, Kind = unit.Kind, Code = unit.Code, Name = unit.Name, ParentId = unit.ParentId, TimeZone = unit.TimeZone,
            FallbackPersonId = unit.FallbackPersonId, IsPlaced = unit.IsPlaced, IsNoTeam = unit.IsNoTeam,
        },
        _ => null,
    };

    private async Task Save(UnitForm.Entry entry)
    {
        var id = entry.Id;
        var done = await Do(async viewer =>
        {
            if (id is { } known)
                await Writer.Edit(viewer, new EditUnit { Id = known, Version = entry.Version, Name = entry.Name, ParentId = entry.ParentId, TimeZone = entry.TimeZone, FallbackPersonId = entry.FallbackPersonId });
            else
                id = await Writer.Add(viewer, new NewUnit { Kind = entry.Kind, Code = entry.Code, Name = entry.Name, ParentId = entry.ParentId, TimeZone = entry.TimeZone });
        });
        if (!done) return;
        await Again();
        if (entry.Id is null) Navigation.NavigateTo($"/admin/units?unit={id}");
    }

    protected override void Forget() => _form = null;

    private string Zone(UnitTreeRow unit) => unit.TimeZone ?? (unit.Kind == UnitKind.Company ? Company.Zone.Id : Text["Unit.ZoneInherited"].Value);

    private string Led(UnitTreeRow unit) => (unit.Leaders.Count, unit.IsNoTeam) switch
    {
        (> 0, _) => string.Join(", ", unit.Leaders),
        (_, true) => "",
        _ => Text["Unit.Nobody"].Value,
    };

    private static int? RegionOf(UnitTreeRow unit) => unit.Kind switch
    {
        UnitKind.Company => null,
        UnitKind.Region => unit.Id,
        UnitKind.Team => unit.ParentId,
    };
}
