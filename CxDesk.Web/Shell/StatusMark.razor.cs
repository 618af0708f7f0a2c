using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>A status as shape, word and colour: ● good, ▲ watch, ◆ bad, ○ unknown.</summary>
public partial class StatusMark
{
    [Parameter, EditorRequired] public Status Status { get; set; }

    /// <summary>What it means here, already in the reader's language ("0.11 over target"); the status's own word if null.</summary>
    [Parameter] public string? Words { get; set; }

    /// <summary>Only the shape is seen; the words are on hover and for screen readers.</summary>
    [Parameter] public bool Compact { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }

    string Said => Words ?? Text[$"Status.{Status}"];

    string Code => Status switch
    {
        Status.Good => "good",
        Status.Watch => "watch",
        Status.Bad => "bad",
        Status.Unknown => "unknown",
    };
}
