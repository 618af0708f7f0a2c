using CxDesk.Data.Calendars;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Calendars;

/// <summary>Brings days into a draft: shows first what they would add and change, and takes them when told to.</summary>
public partial class HolidaySources
{
    private string? _from, _note, _fault;
    private int _outside;
    private IReadOnlyList<CalendarDay> _days = [];
    private IReadOnlyList<HolidayFault> _faults = [];
    private DaysPreview? _preview;

    [Parameter, EditorRequired] public required CalendarDraft Draft { get; set; }

    /// <summary>What recurs in a file is taken from this year and the next.</summary>
    [Parameter, EditorRequired] public required int FromYear { get; set; }
    [Parameter] public EventCallback OnChange { get; set; }

    [Inject] public required IStringLocalizer<CalendarsText> Text { get; set; }
    [Inject] public required CalendarWords Words { get; set; }

    private int ToYear => FromYear + 1;

    private void Show(ShippedHolidays set, int year)
    {
        var note = set.Awaited.Contains(year) ? Text[$"Set.{set.Code}.Awaited", year].Value : null;
        Show(Words.Set(set), set.Days.Where(day => day.Date.Year == year), note);
    }

    private async Task ReadFile(InputFileChangeEventArgs e)
    {
        Clear();
        if (e.File.Size > HolidayFile.MostBytes)
        {
            _fault = Text["File.TooLarge", e.File.Name];
            return;
        }
        await using var stream = e.File.OpenReadStream(HolidayFile.MostBytes);
        using var reader = new StreamReader(stream);
        var file = HolidayFile.Read(await reader.ReadToEndAsync(), FromYear, ToYear);
        if (file.Faults.Count > 0) (_from, _faults) = (e.File.Name, file.Faults);
        else Show(e.File.Name, file.Days, null, file.Outside);
    }

    private void Show(string from, IEnumerable<CalendarDay> days, string? note, int outside = 0)
    {
        Clear();
        (_from, _note, _outside, _days) = (from, note, outside, [.. days]);
        _preview = Draft.Preview(_days);
    }

    private Task Take()
    {
        foreach (var day in _days) Draft.Set(day);
        Clear();
        return OnChange.InvokeAsync();
    }

    private void Clear() => (_from, _note, _fault, _faults, _preview, _outside) = (null, null, null, [], null, 0);
}
