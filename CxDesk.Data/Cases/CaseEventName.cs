namespace CxDesk.Data.Cases;

/// <summary>Everything that can happen to a case, the one list of it. Stored as camelCase text.</summary>
public enum CaseEventName
{
    Opened,

    /// <summary>Another low answer of the same customer joined.</summary>
    Joined,
    Claimed,
    Assigned,
    Noted,

    /// <summary>Began to wait for the customer; the clock stands.</summary>
    Waited,
    Resumed,
    Resolved,
    Reopened,
    Closed,

    /// <summary>Severity, owner or product was changed by hand.</summary>
    Edited,

    /// <summary>Climbed one level of the hierarchy because it is overdue.</summary>
    Escalated,

    /// <summary>Went to a fallback because its owner could not keep it.</summary>
    HandedOver,

    /// <summary>Its deadline was counted anew, since the calendar or the policy it goes by changed.</summary>
    Recomputed,

    /// <summary>Somebody follows it from now on.</summary>
    Watched,
    Unwatched,

    /// <summary>Was said to have to do with another case; stands in the timelines of both.</summary>
    Linked,
    Unlinked,
}
