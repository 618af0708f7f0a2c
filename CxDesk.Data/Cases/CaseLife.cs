namespace CxDesk.Data.Cases;

public enum CaseStatus
{
    New = 1,
    InProgress = 2,

    /// <summary>Waiting for the customer: the clock stands.</summary>
    Waiting = 3,
    Resolved = 4,
    Closed = 5,
}

/// <summary>How the customer was reached; asked when a case is resolved.</summary>
public enum ContactOutcome
{
    Reached = 1,
    ThreeAttempts = 2,

    /// <summary>The customer wants no contact.</summary>
    NoContact = 3,
}

/// <summary>What another case is to this one. Stored as the case with the lower number sees it.</summary>
public enum CaseLinkKind
{
    /// <summary>This one says again what the other says.</summary>
    DuplicateOf = 1,

    /// <summary>The other one says again what this one says.</summary>
    DuplicatedBy = 2,
    SameCause = 3,
    Related = 4,
}

public enum CaseAction
{
    /// <summary>Somebody takes a case that nobody has.</summary>
    Claim,

    /// <summary>The case is given to a person, whoever had it before.</summary>
    Assign,
    Wait,
    Resume,
    Resolve,
    Reopen,
    Close,
}

/// <summary>Why an action is not possible.</summary>
public enum CaseRefusal
{
    /// <summary>The case has an owner; it can be assigned, not claimed.</summary>
    AlreadyTaken,
    AlreadyWaiting,
    NotWaiting,

    /// <summary>The case is resolved; it must be reopened first.</summary>
    AlreadyResolved,

    /// <summary>The case is closed; it must be reopened first.</summary>
    AlreadyClosed,

    /// <summary>Only a resolved or closed case is reopened.</summary>
    AlreadyOpen,

    /// <summary>Only a resolved case is closed.</summary>
    NotResolved,

    /// <summary>The customer has another open case by now, in which this goes on.</summary>
    CustomerHasOpenCase,

    /// <summary>Only a supervisor or somebody above may do this.</summary>
    NeedsSupervisor,

    /// <summary>Only a supervisor or somebody above takes a case out of another's sight.</summary>
    NotYourWatch,

    /// <summary>An API key owns no case: it must name an owner.</summary>
    OwnerNeeded,

    /// <summary>Nobody active has this name.</summary>
    OwnerUnknown,

    /// <summary>The person has no place in the case's region, and could not see the case.</summary>
    OwnerHasNoAccess,
    ProductUnknown,

    /// <summary>No cause has this code.</summary>
    RootCauseUnknown,

    /// <summary>The cause, or what it belongs to, is not used any more.</summary>
    RootCauseRetired,

    /// <summary>A case is not linked to itself, nor to one that the actor does not see.</summary>
    OtherCaseUnknown,
}

/// <summary>What an action does to the status of a case.</summary>
/// <param name="Status">The status afterwards; when refused, the status as it was.</param>
/// <param name="Refusal">Null when the action is possible.</param>
public readonly record struct CaseStep(CaseStatus Status, CaseRefusal? Refusal)
{
    public bool IsAllowed => Refusal is null;
}

/// <summary>The life of a case: which action leads from which status to which. Pure, and defined for every combination.</summary>
public static class CaseLife
{
    /// <param name="hasOwner">Whether the case has an owner before the action.</param>
    /// <remarks>
    /// Who may do it is not decided here. A case may wait or be resolved before anybody has claimed it: whoever calls the
    /// customer at once should not have to press two buttons. Without an owner it goes back to new, never to in progress.
    /// </remarks>
    public static CaseStep Apply(this CaseStatus status, CaseAction action, bool hasOwner)
    {
        CaseStep No(CaseRefusal refusal) => new(status, refusal);

        return (action, status) switch
        {
            (CaseAction.Reopen, CaseStatus.Resolved or CaseStatus.Closed) => To(Working(hasOwner)),
            (CaseAction.Reopen, CaseStatus.New or CaseStatus.InProgress or CaseStatus.Waiting) => No(CaseRefusal.AlreadyOpen),
            (CaseAction.Close, CaseStatus.Resolved) => To(CaseStatus.Closed),
            (CaseAction.Close, CaseStatus.New or CaseStatus.InProgress or CaseStatus.Waiting) => No(CaseRefusal.NotResolved),
            (_, CaseStatus.Closed) => No(CaseRefusal.AlreadyClosed),
            (_, CaseStatus.Resolved) => No(CaseRefusal.AlreadyResolved),

            (CaseAction.Claim, _) when hasOwner => No(CaseRefusal.AlreadyTaken),
            (CaseAction.Claim or CaseAction.Assign, CaseStatus.Waiting) => To(CaseStatus.Waiting),
            (CaseAction.Claim or CaseAction.Assign, _) => To(CaseStatus.InProgress),
            (CaseAction.Wait, CaseStatus.Waiting) => No(CaseRefusal.AlreadyWaiting),
            (CaseAction.Wait, _) => To(CaseStatus.Waiting),
            (CaseAction.Resume, CaseStatus.Waiting) => To(Working(hasOwner)),
            (CaseAction.Resume, _) => No(CaseRefusal.NotWaiting),
            (CaseAction.Resolve, _) => To(CaseStatus.Resolved),
        };
    }

    /// <summary>Whether somebody still has to do something about the case.</summary>
    public static bool IsOpen(this CaseStatus status) => status switch
    {
        CaseStatus.New or CaseStatus.InProgress or CaseStatus.Waiting => true,
        CaseStatus.Resolved or CaseStatus.Closed => false,
    };

    /// <summary>Whether business time counts towards the deadline.</summary>
    public static bool IsTimed(this CaseStatus status) => status switch
    {
        CaseStatus.New or CaseStatus.InProgress => true,
        CaseStatus.Waiting or CaseStatus.Resolved or CaseStatus.Closed => false,
    };

    /// <summary>The same link from the other end.</summary>
    public static CaseLinkKind FromTheOther(this CaseLinkKind kind) => kind switch
    {
        CaseLinkKind.DuplicateOf => CaseLinkKind.DuplicatedBy,
        CaseLinkKind.DuplicatedBy => CaseLinkKind.DuplicateOf,
        CaseLinkKind.SameCause or CaseLinkKind.Related => kind,
    };

    private static CaseStatus Working(bool hasOwner) => hasOwner ? CaseStatus.InProgress : CaseStatus.New;

    private static CaseStep To(CaseStatus status) => new(status, null);
}
