using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>Satisfaction as it moves, with what needs somebody now. Window and breakdown are in the URL.</summary>
public partial class LiveBoard
{
    private IReadOnlyList<LiveBy> Breakdowns { get; set; } = [];
    private LiveFilter Filter { get; set; } = LiveFilter.Default;

    /// <summary>hour, today, 7d or 30d; today where it says nothing that there is.</summary>
    [SupplyParameterFromQuery] public string? Window { get; set; }

    /// <summary>region, product or agent.</summary>
    [SupplyParameterFromQuery] public string? By { get; set; }

    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (await Current.Get() is { Role: Role.Wall })
        {
            Navigation.NavigateTo("/wall");
            return;
        }
        Breakdowns = Of((await Current.Get())?.Reach);
        Filter = new LiveFilter(LiveFilter.WindowOf(Window) ?? LiveFilter.Default.Window, LiveFilter.ByOf(By) is { } by && Breakdowns.Contains(by) ? by : Breakdowns[0]);
        await Follow(Filter);
    }

    // What the viewer's place shows any rows of: agents see no region, and figures of agents are inside one's own place.
    private static IReadOnlyList<LiveBy> Of(Reach? reach) => reach switch
    {
        Reach.Own => [LiveBy.Product, LiveBy.Agent],
        Reach.None => [LiveBy.Region, LiveBy.Product],
        Reach.Units or Reach.All or null => [LiveBy.Region, LiveBy.Product, LiveBy.Agent],
    };

    private static string Link(LiveFilter filter) => $"/?window={filter.WindowCode}&by={filter.ByCode}";

    private string When(DateTimeOffset? at) => at is { } instant ? Times.Clock(instant, Clock.Now, Clock.Zone) : "—";
}
