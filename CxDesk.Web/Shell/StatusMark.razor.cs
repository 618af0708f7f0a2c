using CxDesk.Data.Rollups;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>A standing as shape, word and colour: ● good, ▲ watch, ◆ bad, ○ unknown.</summary>
public partial class StatusMark
{
    [Parameter, EditorRequired] public Standing Status { get; set; }

    /// <summary>What it means here, already in the reader's language ("0.11 over target"); the standing's own word if null.</summary>
    [Parameter] public string? Words { get; set; }

    /// <summary>Only the shape is seen; the words are on hover and for screen readers.</summary>
    [Parameter] public bool Compact { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }

    private string Said => Words ?? Text[$"Status.{Status}"];

    private string Code => Status switch
    {
        Standing.Good => "good",
        Standing.Watch => "watch",
        Standing.Bad => "bad",
        Standing.Unknown => "unknown",
    };
}
