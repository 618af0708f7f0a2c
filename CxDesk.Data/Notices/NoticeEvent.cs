using CxDesk.Data.Digests;

namespace CxDesk.Data.Notices;

/// <summary>What a notice says, the one list of it. Stored as camelCase text. In the plural it is about several cases at once.</summary>
public enum NoticeEvent
{
    /// <summary>An overdue case came up to the person.</summary>
    CaseEscalated,
    CasesEscalated,

    /// <summary>Somebody gave the person a case.</summary>
    CaseAssigned,

    /// <summary>The person's resolved or closed case was opened again.</summary>
    CaseReopened,

    /// <summary>The deadline of the person's case is near.</summary>
    CaseDueSoon,
    CasesDueSoon,

    /// <summary>The deadline of the person's case has passed.</summary>
    CaseOverdue,
    CasesOverdue,

    /// <summary>The customer was waited for until now.</summary>
    CaseWaitOver,
    CasesWaitOver,

    /// <summary>A case came to the person because whoever had it is gone.</summary>
    CaseHandedOver,
    CasesHandedOver,

    /// <summary>The summary of a day or week: <see cref="NoticeDetail.Digest"/>.</summary>
    Digest,

    /// <summary>Nothing happened: a webhook is being tried.</summary>
    Test,
}

/// <summary>What a person can choose to be told, and how. The numbers are stored, also as bits of a webhook.</summary>
public enum NoticeTopic { Assigned = 1, DueSoon = 2, Overdue = 3, Escalated = 4, Reopened = 5, WaitOver = 6, HandedOver = 7 }

/// <summary>Which events make a topic, and what holds of it where nobody chose.</summary>
public static class NoticeTopics
{
    public static readonly IReadOnlyList<NoticeTopic> All = Enum.GetValues<NoticeTopic>();

    /// <summary>All topics as the bits of a webhook.</summary>
    public static readonly int Every = All.Aggregate(0, (bits, topic) => bits | topic.Bit());

    /// <summary>Null: not a thing that one chooses.</summary>
    public static NoticeTopic? TopicOf(this NoticeEvent what) => what switch
    {
        NoticeEvent.CaseAssigned => NoticeTopic.Assigned,
        NoticeEvent.CaseDueSoon or NoticeEvent.CasesDueSoon => NoticeTopic.DueSoon,
        NoticeEvent.CaseOverdue or NoticeEvent.CasesOverdue => NoticeTopic.Overdue,
        NoticeEvent.CaseEscalated or NoticeEvent.CasesEscalated => NoticeTopic.Escalated,
        NoticeEvent.CaseReopened => NoticeTopic.Reopened,
        NoticeEvent.CaseWaitOver or NoticeEvent.CasesWaitOver => NoticeTopic.WaitOver,
        NoticeEvent.CaseHandedOver or NoticeEvent.CasesHandedOver => NoticeTopic.HandedOver,
        NoticeEvent.Digest or NoticeEvent.Test => null,
    };

    /// <summary>Whether it is said of a deadline that runs: not of a case that waits, nor of one whose policy is off.</summary>
    public static bool IsOfTheClock(this NoticeTopic topic) => topic is NoticeTopic.DueSoon or NoticeTopic.Overdue or NoticeTopic.Escalated;

    /// <summary>As one of several would read the same.</summary>
    public static NoticeEvent ForSeveral(this NoticeEvent one) => one switch
    {
        NoticeEvent.CaseEscalated => NoticeEvent.CasesEscalated,
        NoticeEvent.CaseDueSoon => NoticeEvent.CasesDueSoon,
        NoticeEvent.CaseOverdue => NoticeEvent.CasesOverdue,
        NoticeEvent.CaseWaitOver => NoticeEvent.CasesWaitOver,
        NoticeEvent.CaseHandedOver => NoticeEvent.CasesHandedOver,
        _ => throw new ArgumentOutOfRangeException(nameof(one), one, "is only ever told of one case"),
    };

    public static int Bit(this NoticeTopic topic) => 1 << (int)topic;
}

/// <summary>
/// The figures of a notice, stored as JSON; each event says which it fills. Never anything about a customer: who reads it
/// may have lost the case since.
/// </summary>
public sealed record NoticeDetail
{
    /// <summary>The escalation level of the case.</summary>
    public int? Level { get; init; }

    /// <summary>How many cases it is about.</summary>
    public int? Cases { get; init; }

    /// <summary>How many of them are critical.</summary>
    public int? Critical { get; init; }

    /// <summary>The breach of the case that it is about: after a reopening it is old.</summary>
    public int? Breach { get; init; }

    /// <summary>The deadline that it is about: after that moved it is old.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who did it, or had the case before.</summary>
    public string? By { get; init; }

    /// <summary>Which cases, as far as they were noted: the first <see cref="MostNamed"/>.</summary>
    public IReadOnlyList<long>? CaseIds { get; init; }

    /// <summary>The days of a digest.</summary>
    public DigestPeriod? Digest { get; init; }

    public const int MostNamed = 500;
}
