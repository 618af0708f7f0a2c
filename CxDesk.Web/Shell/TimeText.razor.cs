using Microsoft.AspNetCore.Components;

namespace CxDesk.Web.Shell;

/// <summary>An instant as people say it; exact, with its zone, on hover and for machines.</summary>
public partial class TimeText
{
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }

    /// <summary>"12:41", "Tue 12:41", "14 Sep 12:41" in place of "20 min ago".</summary>
    [Parameter] public bool OnClock { get; set; }

    /// <summary>The zone to read it in; the viewer's if null.</summary>
    [Parameter] public TimeZoneInfo? Zone { get; set; }

    [Inject] public required TimeWords Words { get; set; }

    private TimeZoneInfo ShownZone => Zone ?? Clock.Zone;

    protected override string Face => OnClock
        ? Words.Clock(At, Clock.Now, ShownZone)
        : Words.Relative(At, Clock.Now, ShownZone);
}
