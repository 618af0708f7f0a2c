using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>The days that a page counts: so many until today, or any others. Choosing goes to their address.</summary>
public partial class DaysChoice
{
    private DateOnly _first, _last;

    [Parameter, EditorRequired] public required IReadOnlyList<int> Periods { get; set; }

    /// <summary>The chosen one of <see cref="Periods"/>; null where days are named.</summary>
    [Parameter, EditorRequired] public int? Days { get; set; }

    /// <summary>First day shown.</summary>
    [Parameter, EditorRequired] public DateOnly From { get; set; }

    /// <summary>The day after the last.</summary>
    [Parameter, EditorRequired] public DateOnly To { get; set; }

    /// <summary>The address of so many days.</summary>
    [Parameter, EditorRequired] public required Func<int, string> LinkOf { get; set; }

    /// <summary>The address of a first day and the day after the last.</summary>
    [Parameter, EditorRequired] public required Func<DateOnly, DateOnly, string> LinkBetween { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }
    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }

    private string Named => Day(From) is var first && From.AddDays(1) == To ? first : Text["Days.Named", first, Day(To.AddDays(-1))];

    protected override void OnParametersSet() => (_first, _last) = (From, To.AddDays(-1));

    private void Choose()
    {
        if (_first <= _last) Navigation.NavigateTo(LinkBetween(_first, _last.AddDays(1)));
    }

    private string Day(DateOnly day) => day.ToString(Text["Days.Format"], CultureInfo.CurrentCulture);
}
