using CxDesk.Data.Live;
using CxDesk.Data.Rollups;
using CxDesk.Web.Shell;
using CxDesk.Web.Walls;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>The rows of a live board. A row whose answers grew glows for a moment; none changes its place.</summary>
public partial class LiveTable
{
    private readonly Dictionary<string, (long N, long Moved)> _seen = [];
    private LiveFilter? _shown;

    [Parameter, EditorRequired] public required LiveSnapshot Board { get; set; }

    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }
    [Inject] public required FigureWords Figures { get; set; }

    protected override void OnParametersSet()
    {
        // Another board is no movement of this one.
        if (_shown != Filter) _seen.Clear();
        var first = _seen.Count == 0;
        _shown = Filter;
        foreach (var row in Board.Rows)
        {
            var known = _seen.GetValueOrDefault(row.Key);
            if (known.N != row.N) _seen[row.Key] = (row.N, first ? 0 : known.Moved + 1);
        }
    }

    private LiveFilter Filter => Board.Filter;

    private string TrendColumn => Text[Board.Window == "30d" ? "Column.Trend30" : "Column.Trend7"];

    private bool IsTooFew(LiveRow row) => row.N < (Board.Tiles.FirstOrDefault()?.MinimumN ?? ScoreStatistics.MinimumN);

    // The key of a cell: a new one draws it anew, which starts its glow.
    private long Moved(LiveRow row) => _seen.GetValueOrDefault(row.Key).Moved;

    private bool IsMoved(LiveRow row) => Moved(row) > 0;

    // One step down: a region or team, or a product, becomes what the board is about.
    private string? Into(LiveRow row) => Filter.By switch
    {
        LiveBy.Region => LiveLink.Board(Filter with { Unit = row.Key, By = LiveBy.Team }),
        LiveBy.Team => LiveLink.Board(Filter with { Unit = row.Key, By = row.MayOpen ? LiveBy.Agent : LiveBy.Product }),
        LiveBy.Product => LiveLink.Board(Filter with { Product = row.Key, By = LiveBy.Region }),
        LiveBy.Agent => Answers(row),
    };

    // Behind what somebody may not open, no link leads.
    private string? Answers(LiveRow row) => row is not { MayOpen: true, N: > 0 } ? null
        : Filter.By == LiveBy.Agent ? LiveLink.Answers(Filter, Metric.Csat, row.Key) : LiveLink.Answers(Of(row), Metric.Csat);

    private string? Cases(LiveRow row) => row.MayOpen && Filter.By != LiveBy.Agent ? LiveLink.Cases(Of(row)) : null;

    private LiveFilter Of(LiveRow row) => Filter.By == LiveBy.Product ? Filter with { Product = row.Key } : Filter with { Unit = row.Key };
}
