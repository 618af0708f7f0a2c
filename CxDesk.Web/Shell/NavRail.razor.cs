using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>The way between pages: a rail at the left of a desk, a bar at the bottom of a phone.</summary>
public partial class NavRail
{
    // As many as stand side by side on a phone; where there are more, the last place opens the rest.
    private const int PhonePlaces = 5;

    private IReadOnlyList<NavEntry> _entries = [];

    private int Shown => _entries.Count <= PhonePlaces ? _entries.Count : PhonePlaces - 1;

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }
    [CascadingParameter] public Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var person = Authentication is null ? new ClaimsPrincipal() : (await Authentication).User;
        _entries = NavEntry.All.Where(e => e.MaySee(person)).ToList();
    }
}
