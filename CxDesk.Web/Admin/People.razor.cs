using CxDesk.Data;
using CxDesk.Data.Admin;
using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Admin;

/// <summary>People by page; one of them is edited beside the list, with account, places and the link to a password.</summary>
public partial class People
{
    private PeoplePage _page = new() { Rows = [], Total = 0 };
    private IReadOnlyList<UnitTreeRow> _units = [];
    private PersonDetail? _detail;
    private PersonForm.Entry? _form;
    private string? _link;
    private string? _words;
    private int _open;
    private (int? Person, string? Add) _shown;

    [SupplyParameterFromQuery(Name = "shown")] public string? Shown { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Words { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public int? Page { get; set; }
    [SupplyParameterFromQuery(Name = "person")] public int? Person { get; set; }
    [SupplyParameterFromQuery(Name = "add")] public string? Add { get; set; }
    [Inject] public required PeopleListQuery Query { get; set; }
    [Inject] public required UnitTreeQuery UnitTree { get; set; }
    [Inject] public required CodesQuery Codes { get; set; }
    [Inject] public required PeopleWriter Writer { get; set; }
    [Inject] public required PlaceWriter Places { get; set; }
    [Inject] public required PasswordWriter Passwords { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required TimeWords TimeWords { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }

    private PeopleFilter Filter => new(Enum.TryParse<PeopleShown>(Shown, ignoreCase: true, out var shown) ? shown : PeopleShown.Accounts, Words);
    private int Number => Math.Clamp(Page ?? 0, 0, 100_000);
    private int First => Number * PeopleListQuery.PageSize + 1;
    private int Last => First + _page.Rows.Count - 1;
    private string LinkUntil => TimeWords.Clock(Clock.Now + PasswordWriter.LinkLife, Clock.Now, Clock.Zone);

    protected override async Task Read(Viewer viewer)
    {
        _page = await Query.Find(Filter, Number);
        _units = await UnitTree.All();
        _open = (await Codes.ToPlace()).Agents;
        _detail = Person is { } id ? await Query.Find(id) : null;
        if (_shown != (Person, Add))
        {
            Said();
            (_form, _words) = (null, Words);
            if (_shown.Add is null) _link = null;
            _shown = (Person, Add);
        }
        // A change by somebody else must not take what is being typed: the save will tell.
        _form ??= Form();
    }

    private PersonForm.Entry? Form() => (_detail?.Person, Add) switch
    {
        ({ } person, _) => new PersonForm.Entry
        {
            Id = person.Id, Version = person.RowVersion, Name = person.Name, UserName = person.UserName, Role = person.Role, AgentCode = person.AgentCode,
        },
        (_, not null) => new PersonForm.Entry { Role = Role.Agent },
        _ => null,
    };

    private async Task Save(PersonForm.Entry entry)
    {
        var id = entry.Id;
        var done = await Do(async viewer =>
        {
            if (id is { } known)
                await Writer.Edit(viewer, new EditPerson { Id = known, Version = entry.Version, Name = entry.Name, UserName = entry.UserName, Role = entry.Role, AgentCode = entry.AgentCode });
            else
            {
                var person = new NewPerson { Name = entry.Name, UserName = string.IsNullOrWhiteSpace(entry.UserName) ? null : entry.UserName, Role = entry.Role, AgentCode = entry.AgentCode };
                if (person.UserName is null) id = await Writer.Create(viewer, person);
                else
                {
                    var (invited, path) = await Writer.Invite(viewer, person);
                    (id, _link) = (invited, Absolute(path));
                }
            }
        });
        if (!done) return;
        if (entry.Id is null) Navigation.NavigateTo(Link(id));
        else await Again();
    }

    private async Task NewLink() => await Do(async viewer => _link = Absolute(await Passwords.MakeLink(viewer, _detail!.Person.Id)));

    private async Task Unlock()
    {
        if (await Do(viewer => Writer.Unlock(viewer, _detail!.Person.Id))) await Reload();
    }

    private async Task Deactivate()
    {
        var person = _detail!.Person;
        if (!await Confirmed(Text["People.Deactivate"], Text["People.DeactivateAsk", person.Name])) return;
        if (await Do(viewer => Writer.Deactivate(viewer, person.Id, person.RowVersion))) await Again();
    }

    private async Task Reactivate()
    {
        var person = _detail!.Person;
        if (await Do(viewer => Writer.Reactivate(viewer, person.Id, person.RowVersion))) await Again();
    }

    private async Task Place(PersonPlaces.Entry entry)
    {
        if (await Do(viewer => Places.Place(viewer, _detail!.Person.Id, entry.UnitId, entry.Role, entry.From ?? Company.DayOf(Time.GetUtcNow()), entry.To))) await Again();
    }

    private async Task EndPlace(PlaceRow place)
    {
        if (!await Confirmed(Text["People.PlaceEnd"], Text["People.PlaceEndAsk", _detail!.Person.Name, place.UnitName])) return;
        if (await Do(viewer => Places.End(viewer, place.Id, Company.DayOf(Time.GetUtcNow())))) await Again();
    }

    protected override void Forget() => _form = null;

    private void Find() => Navigation.NavigateTo($"/admin/people?shown={Filter.Shown}&q={Uri.EscapeDataString(_words?.Trim() ?? "")}");

    private bool IsLocked(PersonRow person) => person.LockedUntil > Time.GetUtcNow();

    private string Absolute(string path) => Navigation.ToAbsoluteUri(path).ToString();

    private string Link(int? person = null, bool add = false, int? page = null)
    {
        var link = $"/admin/people?shown={Filter.Shown}";
        if (Words is { Length: > 0 }) link += "&q=" + Uri.EscapeDataString(Words);
        if ((page ?? Number) > 0) link += $"&page={page ?? Number}";
        if (person is not null) link += $"&person={person}";
        return add ? link + "&add=1" : link;
    }
}
