using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>Something could not be read or done: what, since when, what was kept, try again.</summary>
public partial class FailedState
{
    /// <summary>"The cases could not be read", in the reader's language.</summary>
    [Parameter, EditorRequired] public required string What { get; set; }

    /// <summary>Since when it fails.</summary>
    [Parameter] public DateTimeOffset? SinceAt { get; set; }

    /// <summary>What was kept and what to do, in the reader's language.</summary>
    [Parameter] public string? Kept { get; set; }

    [Parameter] public EventCallback OnRetry { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }
    [Inject] public required TimeWords Words { get; set; }

    protected override string Face => SinceAt is { } at ? Text["Failed.Since", Words.Clock(at, Clock.Now, Clock.Zone)] : "";
}
