using CxDesk.Data.Live;
using CxDesk.Data.People;
using CxDesk.Web.Feed;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>
/// The display: today, in six tiles a page at most, for people who stand five metres away. It shows what a display may
/// see, whoever is signed in at it.
/// </summary>
public partial class Wall
{
    private const int TilesAPage = 6;
    private static readonly TimeSpan PageTime = TimeSpan.FromSeconds(15);
    private IDisposable? _tick;

    /// <summary>region (default) or product.</summary>
    [SupplyParameterFromQuery] public string? By { get; set; }

    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }
    [Inject] public required ViewerClock Clock { get; set; }

    private int Page { get; set; }
    private int Pages { get; set; } = 1;
    private IReadOnlyList<WallFigure> Shown { get; set; } = [];

    private TimeSpan? Silence => Board is { } board ? Words.Silence(board.LastAnswerAt, board.Silence, Clock.Now) : null;

    /// <summary>Lets a display in, at which nobody is signed in; null: whoever is signed in.</summary>
    [Parameter] public Func<ValueTask<bool>>? Admitted { get; set; }

    protected override async ValueTask<Viewer?> Who() =>
        (Admitted is null ? await Current.Get() is not null : await Admitted()) ? LiveFeed.Display : null;

    protected override Task OnParametersSetAsync() =>
        Follow(new LiveFilter(LiveWindow.Today, By == "product" ? LiveBy.Product : LiveBy.Region));

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _tick = Clock.OnTick(() => InvokeAsync(Turn));
    }

    protected override void OnReading(Reading<LiveSnapshot> before) => Lay();

    private void Turn()
    {
        if (PageNow() == Page) return;
        Lay();
        StateHasChanged();
    }

    // Every display shows the same page at the same time, and one that was away comes back to it.
    private int PageNow() => (int)(Clock.Now.ToUnixTimeSeconds() / (long)PageTime.TotalSeconds % Pages);

    private void Lay()
    {
        if (Board is null) return;
        var figures = WallFigure.Of(Board, Text);
        // The tile of cases stays on every page: it is the one that may need somebody.
        var cases = figures.Single(f => f.Cases is not null);
        var others = figures.Where(f => f.Cases is null).ToList();
        Pages = Math.Max(1, (others.Count + TilesAPage - 2) / (TilesAPage - 1));
        Page = PageNow();
        var size = (others.Count + Pages - 1) / Pages;
        Shown = [.. others.Skip(Page * size).Take(size), cases];
    }

    public override ValueTask DisposeAsync()
    {
        _tick?.Dispose();
        return base.DisposeAsync();
    }
}
