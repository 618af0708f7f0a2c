using CxDesk.Data;
using CxDesk.Data.Calendars;

namespace CxDesk.Web.Calendars;

/// <summary>A calendar that is being edited: nothing of it holds until it is saved.</summary>
public sealed class CalendarDraft
{
    private readonly CalendarUnitRow _unit;
    private readonly CalendarDocument _inherited;
    private readonly SortedDictionary<DateOnly, CalendarDay> _days;

    /// <param name="inherited">What would hold without anything of the unit's own.</param>
    public CalendarDraft(CalendarUnitRow unit, CalendarDocument inherited)
    {
        (_unit, _inherited) = (unit, inherited);
        Zone = unit.Zone;
        Hours = unit.Hours is { } hours ? Lines(hours) : null;
        OwnsDays = unit.Days is not null;
        _days = new(unit.Days?.ToDictionary(day => day.Date) ?? []);
    }

    public CalendarUnitRow Unit => _unit;

    /// <summary>Null: inherited.</summary>
    public string? Zone { get; set; }

    /// <summary>Null: inherited.</summary>
    public List<HoursLine>? Hours { get; private set; }

    public bool OwnsDays { get; private set; }

    public string ShownZone => string.IsNullOrWhiteSpace(Zone) ? _inherited.Zone : Zone.Trim();

    public IReadOnlyList<WeekdayHours> ShownHours => Hours is null ? _inherited.Hours : Week(Hours);

    public IReadOnlyDictionary<DateOnly, CalendarDay> ShownDays => OwnsDays ? _days : _inherited.Days.ToDictionary(day => day.Date);

    /// <summary>Whether saving would store anything.</summary>
    public bool IsChanged => Unreadable is not null || _unit.After(ToSave()) != _unit;

    /// <summary>Hours that are no time; null where all can be read.</summary>
    public InvalidField? Unreadable => Hours?.FirstOrDefault(line => line.Read() is null) is { } line
        ? new InvalidField(CalendarRules.Field(line.Day), "Time", $"{CalendarRules.Field(line.Day)}: {line.From}–{line.To} is no time of the day.")
        : null;

    /// <summary>Goes over to hours of its own, which begin as those that hold, or back to the inherited ones.</summary>
    public void OwnHours(bool own) => Hours = own ? Lines(_inherited.Hours) : null;

    public void SetHours(IEnumerable<WeekdayHours> hours) => Hours = Lines(hours);

    public void OwnDays(bool own)
    {
        if (own == OwnsDays) return;
        OwnsDays = own;
        _days.Clear();
        if (own) foreach (var day in _inherited.Days) _days[day.Date] = day;
    }

    public void Set(CalendarDay day)
    {
        OwnDays(true);
        _days[day.Date] = day;
    }

    public void Remove(DateOnly date)
    {
        OwnDays(true);
        _days.Remove(date);
    }

    /// <summary>What taking these days would do.</summary>
    public DaysPreview Preview(IEnumerable<CalendarDay> days)
    {
        var now = ShownDays;
        var (added, changed, same) = (new List<CalendarDay>(), new List<CalendarDay>(), 0);
        foreach (var day in days)
            if (!now.TryGetValue(day.Date, out var before)) added.Add(day);
            else if (before.Equals(day)) same++;
            else changed.Add(day);
        return new DaysPreview(added, changed, same);
    }

    public SaveCalendar ToSave() => new()
    {
        UnitId = _unit.Id, Version = _unit.Version, UnitVersion = _unit.UnitVersion, Zone = string.IsNullOrWhiteSpace(Zone) ? null : Zone.Trim(),
        Hours = Hours is null ? null : Week(Hours), Days = OwnsDays ? [.. _days.Values] : null,
    };

    private static List<HoursLine> Lines(IEnumerable<WeekdayHours> hours) =>
        [.. CalendarRules.InOrder(hours).Select(HoursLine.Of)];

    private static IReadOnlyList<WeekdayHours> Week(IEnumerable<HoursLine> lines) =>
        CalendarRules.InOrder(from line in lines let hours = line.Read() where hours is not null select new WeekdayHours(line.Day, hours.Value));
}

/// <summary>Hours of a weekday as they are typed.</summary>
public sealed class HoursLine
{
    public required DayOfWeek Day { get; init; }
    public required string From { get; set; }
    public required string To { get; set; }

    public static HoursLine Of(WeekdayHours entry) => new()
    {
        Day = entry.Day, From = HoursText.Write(entry.Hours.From), To = entry.Hours.To == TimeOnly.MinValue ? "24:00" : HoursText.Write(entry.Hours.To),
    };

    /// <returns>Null where it is no time of the day.</returns>
    public BusinessHours? Read() => HoursText.Time(From) is { } from && HoursText.Time(To) is { } to ? new BusinessHours(from, to) : null;
}

/// <summary>What taking days into a calendar does.</summary>
/// <param name="Same">How many stand there already.</param>
public sealed record DaysPreview(IReadOnlyList<CalendarDay> Added, IReadOnlyList<CalendarDay> Changed, int Same);
