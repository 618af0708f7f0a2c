using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The days that a scorecard counts: so many until today, or any others.</summary>
public partial class PeriodChoice
{
    private DateOnly _first, _last;

    [Parameter, EditorRequired] public required ScorecardLink Link { get; set; }
    [Parameter, EditorRequired] public ScorecardPeriod Period { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    private string Named => Period.Days == 1 ? Day(Period.From) : Text["Period.Named", Day(Period.From), Day(Period.To.AddDays(-1))];

    protected override void OnParametersSet() => (_first, _last) = (Period.From, Period.To.AddDays(-1));

    private void Choose()
    {
        if (_first <= _last) Navigation.NavigateTo(Link.Between(_first, _last.AddDays(1)).ToString());
    }

    private string Day(DateOnly day) => day.ToString(Text["Period.DayFormat"], CultureInfo.CurrentCulture);
}
