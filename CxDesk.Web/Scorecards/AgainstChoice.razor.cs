using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Scorecards;

/// <summary>What the change is held against: the period before, the same a year earlier, or any other days.</summary>
public partial class AgainstChoice
{
    private DateOnly _first, _last;

    [Parameter, EditorRequired] public required ScorecardLink Link { get; set; }
    [Parameter, EditorRequired] public ScorecardPeriod Period { get; set; }

    /// <summary>What the period is held against now.</summary>
    [Parameter, EditorRequired] public ScorecardPeriod Before { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IStringLocalizer<ScorecardsText> Text { get; set; }

    private string Said => Link.Against switch
    {
        _ when Before.To == Period.From && Before.From == Period.BeforeFrom => Text["Against.Before"],
        ScorecardBefore.LastYear => Text["Against.LastYear"],
        _ => ScorecardNames.Of(Before, Text),
    };

    private string? Fault => _first > _last ? Text["Period.Fault"].Value
        : _first < Period.To && _last >= Period.From ? Text["Against.Overlaps", ScorecardNames.Days(Period, Text)].Value : null;

    protected override void OnParametersSet() => (_first, _last) = (Before.From, Before.To.AddDays(-1));

    private string To(string? against) => (Link with { Against = against }).ToString();

    private void Choose()
    {
        if (Fault is null) Navigation.NavigateTo(To(ScorecardBefore.Code(_first, _last.AddDays(1))));
    }
}
