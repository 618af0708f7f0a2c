using CxDesk.Data.Notices;

namespace CxDesk.Data.Deliveries;

/// <summary>How something leaves CxDesk. The numbers are stored.</summary>
public enum DeliveryChannel { Mail = 1, Webhook = 2 }

/// <summary>How far a delivery is. The numbers are stored.</summary>
public enum DeliveryStatus
{
    Queued = 1,

    /// <summary>Leaving now; it is marked so before the first byte goes.</summary>
    Sending = 2,
    Sent = 3,

    /// <summary>Refused for good, or tried too often.</summary>
    Failed = 4,

    /// <summary>Not worth sending any more: <see cref="DeliveryReason"/>.</summary>
    Cancelled = 5,

    /// <summary>It may have arrived or not: the sender or the line broke in between. It is never sent again by itself.</summary>
    Unknown = 6,
}

/// <summary>Why a delivery was held back or cancelled. Stored as camelCase text.</summary>
public enum DeliveryReason
{
    CaseResolved,
    CaseWaits,

    /// <summary>The deadline moved, or the case was reopened since.</summary>
    OutOfDate,

    /// <summary>The rule that opened the case is switched off.</summary>
    PolicyOff,

    /// <summary>The person may not see the case any more.</summary>
    NoAccess,
    PersonInactive,
    NoAddress,
    WebhookOff,
    MailNotSetUp,

    /// <summary>The person wants no digest any more.</summary>
    DigestOff,

    /// <summary>It could not leave for so long that it is no news.</summary>
    TooOld,

    /// <summary>An administrator took it back.</summary>
    ByHand,

    /// <summary>Held until the person's next working hours.</summary>
    OutsideHours,
}

/// <summary>What a room or a program wants to be sent. The numbers are stored.</summary>
public enum WebhookShape { Json = 1, Slack = 2, Teams = 3, WeCom = 4, DingTalk = 5, Feishu = 6 }

/// <summary>A delivery as its sender gets it, with where it goes as that stands now.</summary>
public sealed record Delivery
{
    public required long Id { get; init; }
    public required DeliveryChannel Channel { get; init; }
    public required int? PersonId { get; init; }
    public required string? PersonName { get; init; }
    public required string? Email { get; init; }
    public required string? Language { get; init; }
    public required bool AnyHour { get; init; }
    public required int? WebhookId { get; init; }
    public required string? Address { get; init; }
    public required WebhookShape? Shape { get; init; }
    public required string? Secret { get; init; }
    public required bool WebhookActive { get; init; }
    public required string EventText { get; init; }
    public required long? CaseId { get; init; }
    public required string? DetailJson { get; init; }
    public required string DedupKey { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public NoticeEvent? Event => NoticeRow.EventOf(EventText);

    /// <summary>It is written when it leaves, and is a letter of its own.</summary>
    public bool IsDigest => Event == NoticeEvent.Digest;
    public NoticeDetail Detail => NoticeRow.DetailOf(DetailJson);

    /// <summary>The same for every attempt: receivers know by it what they had already.</summary>
    public string Key => People.Secret.Hash($"{Id}/{DedupKey}")[..32].ToLowerInvariant();

    /// <summary>Whether a receiver throws away by itself what it had already, so that sending again in doubt does no harm.</summary>
    public bool IsSafeTwice => Shape == WebhookShape.Json;
}
