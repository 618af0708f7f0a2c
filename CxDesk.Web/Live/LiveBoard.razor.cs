using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>Satisfaction as it moves, with what needs somebody now. Window and breakdown are in the URL.</summary>
public partial class LiveBoard
{
    private LiveChoices _choices = new([], []);

    private IReadOnlyList<LiveBy> Breakdowns { get; set; } = [];
    private LiveFilter Filter { get; set; } = LiveFilter.Default;

    /// <summary>hour, today, 7d or 30d; today where it says nothing that there is.</summary>
    [SupplyParameterFromQuery] public string? Window { get; set; }

    /// <summary>region, team, product or agent.</summary>
    [SupplyParameterFromQuery] public string? By { get; set; }

    /// <summary>Code of a region or team, and of a product, that all of it is about.</summary>
    [SupplyParameterFromQuery] public string? Unit { get; set; }

    /// <inheritdoc cref="Unit"/>
    [SupplyParameterFromQuery] public string? Product { get; set; }

    [Inject] public required LiveChoicesQuery Choices { get; set; }
    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }
    [Inject] public required TimeWords Times { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var viewer = await Current.Get();
        if (viewer is { Role: Role.Wall })
        {
            Navigation.NavigateTo("/wall");
            return;
        }
        if (viewer is not null) _choices = await Choices.Read(viewer);
        var unit = LiveLink.Said(Unit) ?? _choices.Home;
        Breakdowns = [.. LiveBreakdowns.Of(viewer?.Reach, _choices.Units.FirstOrDefault(u => u.Unit.Code == unit)?.Unit.Kind, ofProduct: LiveLink.Said(Product) is not null)];
        Filter = new LiveFilter(LiveFilter.WindowOf(Window) ?? LiveFilter.Default.Window, LiveFilter.ByOf(By) is { } by && Breakdowns.Contains(by) ? by : Breakdowns[0])
        {
            Unit = unit, Product = LiveLink.Said(Product),
        };
        await Follow(Filter);
    }

    /// <summary>What the board is narrowed to, in words: "North ▸ Team 2, Net".</summary>
    private string Narrowed(LiveSnapshot board) => Words.Filter(board.Filter, _choices);

    private string When(DateTimeOffset? at) => at is { } instant ? Times.Clock(instant, Clock.Now, Clock.Zone) : "—";
}
