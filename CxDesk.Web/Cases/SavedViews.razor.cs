using System.Globalization;
using CxDesk.Data;
using CxDesk.Data.Cases;
using CxDesk.Data.People;
using CxDesk.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Cases;

/// <summary>Chooses, keeps, shares and deletes views. A view leads to an address; which one is shown is told by the address.</summary>
public partial class SavedViews
{
    private sealed class Draft
    {
        public string Name { get; set; } = "";

        /// <summary>"1" the owner, "2:unit", "3" the company.</summary>
        public string Audience { get; set; } = "1";
        public bool IsDefault { get; set; }

        /// <summary>An edited view takes what is shown now in place of what it was.</summary>
        public bool TakeShown { get; set; }
    }

    private readonly Dictionary<int, string> _counts = [];
    private Viewer? _viewer;
    private string _query = "";
    private Draft? _draft;
    private SavedViewRow? _edited;
    private InvalidField? _fault;
    private ChangedMeanwhile? _conflict;

    /// <summary>Null: they could not be read.</summary>
    [Parameter, EditorRequired] public required DeskViews? Views { get; set; }
    [Parameter, EditorRequired] public required CaseParameters Parameters { get; set; }

    /// <summary>The columns that are shown, whether the address says them or not.</summary>
    [Parameter, EditorRequired] public required CaseColumns Columns { get; set; }

    /// <summary>Views were changed: they are to be read again.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    [Inject] public required CaseBoardQuery Board { get; set; }
    [Inject] public required CaseWords Words { get; set; }
    [Inject] public required ILogger<SavedViews> Log { get; set; }
    [Inject] public required SavedViewWriter Writer { get; set; }
    [Inject] public required CurrentViewer Viewer { get; set; }
    [Inject] public required IStringLocalizer<DeskText> Desk { get; set; }
    [Inject] public required IStringLocalizer<CasesText> Text { get; set; }

    private string ChangedBy => _conflict?.By ?? Desk["Views.Somebody"];

    private int? Me => _viewer?.PersonId;

    // A list is kept with the columns it has, so that it looks the same to whoever opens it.
    private string Kept => (Parameters.IsList ? Parameters with { Columns = Columns } : Parameters).ToQuery();

    private SavedViewRow? Current => Views?.Views.FirstOrDefault(view => view.Query == _query || view.Query == Kept);

    private bool MayShareWithAll => _viewer?.Role is Role.Supervisor or Role.Manager or Role.Executive or Role.Admin;

    // The unit of a view that is edited may be none of the editor's own.
    private IEnumerable<AudienceUnit> Units => _edited is { UnitId: { } id, UnitName: { } name } && Views!.Units.All(unit => unit.Id != id)
        ? Views.Units.Append(new AudienceUnit { Id = id, Name = name })
        : Views!.Units;

    protected override async Task OnParametersSetAsync()
    {
        _query = Parameters.ToQuery();
        _viewer = await Viewer.Get();
    }

    // When the menu is opened, one after the other; a view that cannot be counted has no number.
    private async Task CountAll()
    {
        if (_viewer is null || Views is null) return;
        foreach (var view in Views.Views)
        {
            try
            {
                var query = QueryHelpers.ParseQuery(view.Query);
                if (CaseParameters.Parse(name => query.TryGetValue(name, out var said) ? said.ToString() : null, out _) is not { } parameters) continue;
                var page = await Board.Read(_viewer, parameters.Filter, parameters.Sort, 1);
                _counts[view.Id] = Words.Count(page.Counts, parameters.Filter);
            }
            catch (UnknownFilterException)
            {
                // Its unit, product or person is not there any more; who opens it is told.
                _counts.Remove(view.Id);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.LogError(e, "View {View} could not be counted", view.Id);
                return;
            }
        }
    }

    private void Begin() => (_draft, _edited, _fault, _conflict) = (new Draft(), null, null, null);

    private void Edit(SavedViewRow view) => (_draft, _edited, _fault, _conflict) =
        (new Draft { Name = view.Name, Audience = view.Audience == ViewAudience.Unit ? $"2:{view.UnitId}" : ((int)view.Audience).ToString(CultureInfo.InvariantCulture) }, view, null, null);

    private void Stop() => (_draft, _edited, _fault, _conflict) = (null, null, null, null);

    private Task Save() => Try(async viewer =>
    {
        var audience = _draft!.Audience.Split(':');
        var kept = new SavedViewDraft
        {
            Name = _draft.Name,
            Query = _edited is not null && !_draft.TakeShown ? _edited.Query : Kept,
            Audience = (ViewAudience)int.Parse(audience[0], CultureInfo.InvariantCulture),
            UnitId = audience.Length > 1 ? int.Parse(audience[1], CultureInfo.InvariantCulture) : null,
        };
        if (_edited is not null) await Writer.Change(viewer, _edited.Id, _edited.Version, kept);
        else if (await Writer.Save(viewer, kept) is var id && _draft.IsDefault) await Writer.MakeDefault(viewer, id);
        Stop();
    });

    private Task Remove() => Try(async viewer =>
    {
        await Writer.Remove(viewer, _edited!.Id, _edited.Version);
        Stop();
    });

    private Task MakeDefault(int? id) => Try(viewer => Writer.MakeDefault(viewer, id));

    private async Task Try(Func<Viewer, Task> work)
    {
        (_fault, _conflict) = (null, null);
        if (await Viewer.Get() is not { } viewer) return;
        try
        {
            await work(viewer);
        }
        catch (InvalidField e)
        {
            _fault = e;
        }
        catch (ChangedMeanwhile e)
        {
            // What was typed stays; saved again it goes on top of what is there by now.
            _conflict = e;
        }
        await OnChanged.InvokeAsync();
        if (_conflict is not null && _edited is not null) _edited = Views?.Views.FirstOrDefault(view => view.Id == _edited.Id);
    }
}
