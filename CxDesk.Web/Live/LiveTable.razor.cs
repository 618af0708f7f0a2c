using CxDesk.Data.Live;
using CxDesk.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Live;

/// <summary>The rows of a live board. A row whose answers grew glows for a moment; none changes its place.</summary>
public partial class LiveTable
{
    private readonly Dictionary<string, (long N, long Moved)> _seen = [];
    private (string Window, string By)? _shown;

    [Parameter, EditorRequired] public required LiveSnapshot Board { get; set; }

    [Inject] public required IStringLocalizer<LiveText> Text { get; set; }
    [Inject] public required LiveWords Words { get; set; }

    protected override void OnParametersSet()
    {
        // Another window or breakdown is no movement of this one.
        if (_shown != (Board.Window, Board.By)) _seen.Clear();
        var first = _seen.Count == 0;
        _shown = (Board.Window, Board.By);
        foreach (var row in Board.Rows)
        {
            var known = _seen.GetValueOrDefault(row.Key);
            if (known.N != row.N) _seen[row.Key] = (row.N, first ? 0 : known.Moved + 1);
        }
    }

    private string TrendColumn => Text[Board.Window == "30d" ? "Column.Trend30" : "Column.Trend7"];

    // The key of a cell: a new one draws it anew, which starts its glow.
    private long Moved(LiveRow row) => _seen.GetValueOrDefault(row.Key).Moved;

    private bool IsMoved(LiveRow row) => Moved(row) > 0;

    private string Drill(LiveRow row) => Board.By switch
    {
        "region" => $"/scorecards?by=team&parent={Uri.EscapeDataString(row.Key)}",
        var by => $"/scorecards?by={by}",
    };
}
