using CxDesk.Data;
using CxDesk.Data.Calendars;
using CxDesk.Data.Feed;
using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Calendars;

/// <summary>
/// The calendars of the company and its regions: zone, week, and the days of a year. What is edited is a draft, which says
/// how many open cases it would move before it is saved.
/// </summary>
public partial class CalendarsPage
{
    private static readonly string[] Faces = ["work", "off", "holiday", "shortDay", "workingDay"];

    private IReadOnlyList<CalendarUnitRow> _units = [];
    private IReadOnlyList<CalendarVersionRow> _versions = [];
    private IReadOnlyList<CalendarEffect> _effects = [];
    private CalendarDraft? _draft;
    private DateOnly? _chosen;
    private DateOnly _today;

    [SupplyParameterFromQuery(Name = "unit")] public int? Unit { get; set; }
    [SupplyParameterFromQuery(Name = "year")] public int? Year { get; set; }

    [Inject] public required CalendarQuery Query { get; set; }
    [Inject] public required CalendarWriter Writer { get; set; }
    [Inject] public required Company Company { get; set; }
    [Inject] public required CalendarWords Say { get; set; }
    [Inject] public required IStringLocalizer<CalendarsText> Words { get; set; }

    protected override ChangeTopic[] Topics => [ChangeTopic.Units, ChangeTopic.Calendars];

    private int Shown => Year is >= 2000 and <= 2100 ? Year.Value : _today.Year;

    private bool IsRegion => _draft?.Unit.Kind == UnitKind.Region;

    private string Effect => _effects.Count == 0
        ? Words["Save.NoRegion"]
        : Words["Save.Effect", _effects.Sum(e => e.OpenCases), string.Join(Words["Format.Comma"], _effects.Select(e => $"{e.RegionName} {e.OpenCases}"))];

    protected override async Task Read(Viewer viewer)
    {
        _today = Company.DayOf(Time.GetUtcNow());
        _units = await Query.ReadUnits();
        var unit = _units.FirstOrDefault(u => u.Id == Unit) ?? _units[0];
        _versions = unit.Kind == UnitKind.Region ? await Query.ReadVersions(unit.Id) : [];
        // A change by somebody else must not take what is being edited: the save will tell.
        if (_draft is { IsChanged: true } draft && draft.Unit.Id == unit.Id) return;
        if (_draft is not null && _draft.Unit.Id != unit.Id)
        {
            Said();
            _chosen = null;
        }
        _draft = new CalendarDraft(unit, Inherited(unit));
        _effects = [];
    }

    protected override void Forget() => _draft = null;

    private CalendarDocument Inherited(CalendarUnitRow unit) =>
        CalendarUnitRow.Effective([.. _units.Select(u => u.Id == unit.Id ? u with { Zone = null, HoursJson = null, DaysJson = null } : u)], unit.Id, Company);

    private List<BusinessHours> HoursOf(DayOfWeek day) => [.. _draft!.ShownHours.Where(entry => entry.Day == day).Select(entry => entry.Hours)];

    private Task TypeZone(ChangeEventArgs e)
    {
        _draft!.Zone = e.Value as string;
        return Judge();
    }

    private async Task Own(bool? hours = null, bool? days = null)
    {
        if (hours is { } ownHours && ownHours != _draft!.Hours is not null) _draft.OwnHours(ownHours);
        if (days is { } ownDays) _draft!.OwnDays(ownDays);
        await Judge();
    }

    private void Choose(DateOnly date) => _chosen = date;

    private Task Take(CalendarDay? day)
    {
        if (day is not null) _draft!.Set(day);
        else if (_draft!.ShownDays.ContainsKey(_chosen!.Value)) _draft.Remove(_chosen.Value);
        return Judge();
    }

    /// <summary>Whom the draft would touch; and what is wrong with it, while it is being typed.</summary>
    private async Task Judge()
    {
        Said();
        var save = _draft!.ToSave();
        var isRight = await Do(_ =>
        {
            Readable();
            CalendarRules.Zone(save.Zone);
            CalendarRules.Check(save);
            return Task.CompletedTask;
        });
        if (isRight) Said();        // nothing is saved yet
        _effects = isRight && await Viewer.Get() is { } viewer ? await Query.Effects(viewer, save) : [];
    }

    private void Readable()
    {
        if (_draft!.Unreadable is { } fault) throw fault;
    }

    private async Task Save()
    {
        var save = _draft!.ToSave();
        var done = await Do(viewer =>
        {
            Readable();
            return Writer.Save(viewer, save);
        });
        if (done) await Again();
        else if (DateOnly.TryParse(Fault?.Field, System.Globalization.CultureInfo.InvariantCulture, out var date)) _chosen = date;
    }

    private Task Discard()
    {
        Said();
        Forget();
        return Reload();
    }

    private static string Link(int unitId, int year) => $"/admin/calendars?unit={unitId}&year={year}";
}
