using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CxDesk.Web.Shell;

/// <summary>
/// The age of a tile's data, counting up: now − the newest item it counts. It marks itself stale, by which everything
/// inside the same <c>.tile</c> (or other element with <c>data-ages</c>) loses its colour: app.css.
/// </summary>
public partial class AgeBadge
{
    /// <summary>The newest item counted; null where there is none.</summary>
    [Parameter, EditorRequired] public DateTimeOffset? NewestAt { get; set; }

    /// <summary>The last good read; null where there was none.</summary>
    [Parameter, EditorRequired] public DateTimeOffset? ReadAt { get; set; }

    /// <summary>How long the source may be silent; null where silence is expected (outside business hours).</summary>
    [Parameter] public TimeSpan? Silence { get; set; } = DataAge.DefaultSilence;

    /// <summary>The last read failed: the data is kept, and the badge says so.</summary>
    [Parameter] public bool Failed { get; set; }

    [Inject] public required IStringLocalizer<ShellText> Text { get; set; }
    [Inject] public required TimeWords Words { get; set; }

    private bool Stale => DataAge.IsStale(Clock.Now, ReadAt, NewestAt, Silence);

    private string Said
    {
        get
        {
            var age = NewestAt is { } newest ? Words.Span(Clock.Now - newest) : Text["Age.None"].Value;
            return Failed ? Text["Age.Failed", age] : Stale ? Text["Age.Stale", age] : age;
        }
    }

    private string? Title => ReadAt is { } read ? Text["Age.Read", Words.Exact(read, Clock.Zone)].Value : null;

    protected override string Face => Said + Stale;
}
