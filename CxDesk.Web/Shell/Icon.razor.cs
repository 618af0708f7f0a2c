using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Shell;

/// <summary>A line drawing of 20 × 20. It says nothing to a screen reader: the word beside it does.</summary>
public partial class Icon
{
    [Parameter, EditorRequired] public required string Name { get; set; }
    [Parameter] public int Size { get; set; } = 20;
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Rest { get; set; }

    private string Path => Name switch
    {
        "live" => """<path d="M2 10.5h3.2l2.3-6 4 11 2.6-7 1.2 2H18"/>""",
        "cases" => """<path d="M3 11.5 5 4h10l2 7.5V16H3zM3 11.5h4l1 2h4l1-2h4"/>""",
        "scorecards" => """<path d="M3 17V3M3 17h14M6.5 13.5v-3M10 13.5V6M13.5 13.5v-5"/>""",
        "curve" => """<path d="M3 3v14h14M5.5 6h5l6 7.5"/>""",
        "targets" => """<circle cx="10" cy="10" r="7"/><circle cx="10" cy="10" r="3"/><path d="M10 1.5v3M10 15.5v3M1.5 10h3M15.5 10h3"/>""",
        "drivers" => """<path d="M4 3v6M4 13v4M10 3v2M10 9v8M16 3v8M16 15v2"/><circle cx="4" cy="11" r="2"/><circle cx="10" cy="7" r="2"/><circle cx="16" cy="13" r="2"/>""",
        "positions" => """<path d="M3 17V3M3 17h14"/><circle cx="7.5" cy="12" r="1.8"/><circle cx="13" cy="7" r="2.8"/>""",
        "more" => """<circle cx="4.5" cy="10" r="1"/><circle cx="10" cy="10" r="1"/><circle cx="15.5" cy="10" r="1"/>""",
        "alerts" => """<path d="M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1"/>""",
        "admin" => """<path d="M10 2.5 16.5 6v8L10 17.5 3.5 14V6z"/><circle cx="10" cy="10" r="2.5"/>""",
        "search" => """<circle cx="8.5" cy="8.5" r="5.5"/><path d="m12.5 12.5 4.5 4.5"/>""",
        "bell" => """<path d="M4.5 14.5V9a5.5 5.5 0 0 1 11 0v5.5M3 14.5h14M8.5 17h3"/>""",
        "sun" => """<circle cx="10" cy="10" r="3.5"/><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4"/>""",
        "moon" => """<path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z"/>""",
        "language" => """<circle cx="10" cy="10" r="7.5"/><path d="M2.5 10h15M10 2.5c4.5 4.5 4.5 10.5 0 15M10 2.5c-4.5 4.5-4.5 10.5 0 15"/>""",
        "person" => """<circle cx="10" cy="7" r="3.5"/><path d="M3.5 17c.5-7 12.5-7 13 0"/>""",
        "signout" => """<path d="M8 3H4v14h4M8 10h9M14 7l3 3-3 3"/>""",
        "rail" => """<path d="M3 4h14v12H3zM8 4v12"/>""",
        "chevron" => """<path d="m7.5 5 5 5-5 5"/>""",
        "down" => """<path d="m5 7.5 5 5 5-5"/>""",
        "close" => """<path d="m5 5 10 10M15 5 5 15"/>""",
        "check" => """<path d="m4 10.5 4 4 8-9"/>""",
        "plus" => """<path d="M10 4v12M4 10h12"/>""",
        "clock" => """<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2"/>""",
        "filter" => """<path d="M3 4h14l-5.5 6.5V16l-3 1.5v-7z"/>""",
        "note" => """<path d="M4 3h12v10l-4 4H4zM12 17v-4h4M7 7h6M7 10h4"/>""",
        "wall" => """<path d="M2.5 4h15v10h-15zM7 17h6"/>""",
        "move" => """<path d="M3 10h13M11.5 5.5 16 10l-4.5 4.5"/>""",
        "columns" => """<path d="M3 4h14v12H3zM8 4v12M12.5 4v12"/>""",
        "keys" => """<path d="M2 5.5h16v9H2zM5 8.5h.1M8 8.5h.1M11 8.5h.1M14 8.5h.1M6 11.5h8"/>""",
        "print" => """<path d="M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.5h8V17H6z"/>""",
        "star" => """<path d="m10 3 2.2 4.6 5 .7-3.6 3.5.9 5-4.5-2.4-4.5 2.4.9-5L2.8 8.3l5-.7z"/>""",
        "download" => """<path d="M10 3v9M6 8.5l4 4 4-4M4 16.5h12"/>""",
        "retry" => """<path d="M16 6.5A7 7 0 1 0 17 11M16.5 2.5v4h-4"/>""",
        _ => throw new ArgumentOutOfRangeException(nameof(Name), Name, "Icon draws no such name"),
    };
}
