using CxDesk.Data.Ingest;

namespace CxDesk.Data.Live;

/// <summary>An instant that is looked back on: what had been received by then, that moment included, was there.</summary>
public sealed record PastInstant(DateTimeOffset At)
{
    /// <summary>Nothing that had been received by then speaks of a later time: intake takes no more than this ahead.</summary>
    public DateTimeOffset Latest => At + IntakeRules.Ahead;
}
