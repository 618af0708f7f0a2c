using CxDesk.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>The days that a scorecard counts: so many until today, a week, month, quarter or year, or any others; and the steps to the ones before and after.</summary>
public partial class PeriodChoice
{
    private DateOnly _first, _last;

    [Parameter, EditorRequired] public required ScorecardLink Link { get; set; }
    [Parameter, EditorRequired] public ScorecardPeriod Period { get; set; }

    /// <summary>In the company's zone.</summary>
    [Parameter, EditorRequired] public DateOnly Today { get; set; }

    [Inject] public required Company Company { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    private string Named => Link.Days is { } days ? Text["Period.Days", days] : ScorecardNames.Of(Period, Text);

    protected override void OnParametersSet() => (_first, _last) = (Period.From, Period.To.AddDays(-1));

    private void Choose()
    {
        if (_first <= _last) Navigation.NavigateTo(Link.Between(_first, _last.AddDays(1)).ToString());
    }
}
