using CxDesk.Data;

namespace CxDesk.Web.Feed;

/// <summary>How often boards are read. Section "Feed".</summary>
public sealed class FeedOptions : ISettings
{
    /// <summary>The shortest time between two reads of one board: at most four a second.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A board is read at least this often, changed or not: time is not a write.</summary>
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A read that takes longer has failed.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the change log is looked at for what other processes wrote.</summary>
    public TimeSpan Tail { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A write that another process keeps from beginning for longer than this is said on every screen.</summary>
    public TimeSpan WriteWait { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<string> Faults()
    {
        foreach (var (key, value) in new[] { (nameof(Pace), Pace), (nameof(Beat), Beat), (nameof(Patience), Patience), (nameof(Tail), Tail), (nameof(WriteWait), WriteWait) })
            if (value <= TimeSpan.Zero) yield return $"Feed:{key}: a length of time over zero.";
        if (Beat < Pace) yield return "Feed:Beat: not shorter than Feed:Pace.";
    }
}
