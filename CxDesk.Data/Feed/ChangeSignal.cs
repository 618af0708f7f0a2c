namespace CxDesk.Data.Feed;

/// <summary>What kind of thing a committed write changed. The numbers are stored in the change log.</summary>
public enum ChangeTopic { Answers = 1, Cases = 2, Targets = 3, Units = 4, Notices = 5, Calendars = 6, Policies = 7, Presence = 8, Deliveries = 9, Walls = 10, Displays = 11 }

/// <param name="Version">The change log's newest number when it was raised.</param>
public sealed record Change(long Version, IReadOnlyCollection<ChangeTopic> Topics)
{
    /// <summary>Others wait for their turn to write: whoever reads again because of it leaves them room.</summary>
    public bool OthersWait { get; init; }
}

/// <summary>
/// Says, after a commit, that something changed; whoever cares reads again. Handlers must return at once: they run on
/// the writer's thread. A missed signal costs seconds, never truth, since every board also re-reads on a slow beat.
/// </summary>
public sealed class ChangeSignal
{
    /// <summary>
    /// Before <see cref="Changed"/>: what was remembered is out of date. Whoever reads again because of the change must
    /// not be given what was remembered before it, however fast he is.
    /// </summary>
    public event Action<Change>? Outdated;

    public event Action<Change>? Changed;

    public void Raise(Change change)
    {
        Outdated?.Invoke(change);
        Changed?.Invoke(change);
    }
}
