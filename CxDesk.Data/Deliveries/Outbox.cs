using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.Notices;

namespace CxDesk.Data.Deliveries;

/// <summary>
/// What is to leave CxDesk, put down in the transaction that makes it news. Whether it still is news is asked again just
/// before it leaves (<see cref="DeliveryGate"/>).
/// </summary>
public static class Outbox
{
    /// <summary>How long news of several cases is held, since the sweep that tells it may find more.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    // Who has chosen nothing gets mail as soon as there is an address.
    private static readonly Statement Mail = new("""
        INSERT INTO Deliveries (Channel, PersonId, Event, CaseId, Detail, DedupKey, CreatedAt, NextAt)
        SELECT 1, p.Id, @Event, @CaseId, @Detail, @MailKey, @At, @NextAt
        FROM People p
        WHERE p.Id = @PersonId AND p.IsActive = 1 AND p.Email IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM NoticePreferences c WHERE c.PersonId = p.Id AND c.Topic = @Topic AND c.ByMail = 0)
            AND NOT EXISTS (SELECT 1 FROM Deliveries d WHERE d.DedupKey = @MailKey)
        """);

    // News of several cases has no unit of its own: it goes where the person stands.
    private static readonly Statement Hooks = new("""
        INSERT INTO Deliveries (Channel, PersonId, WebhookId, Event, CaseId, Detail, DedupKey, CreatedAt, NextAt)
        SELECT 2, @PersonId, w.Id, @Event, @CaseId, @Detail, CONCAT('hook/', w.Id, '/', @DedupKey), @At, @NextAt
        FROM Webhooks w
        WHERE w.IsActive = 1 AND (w.Topics & @TopicBit) <> 0
            AND (w.UnitId = 1
                OR EXISTS (SELECT 1 FROM Cases c WHERE c.Id = @CaseId AND (c.RegionId = w.UnitId OR c.TeamId = w.UnitId))
                OR (@CaseId IS NULL AND EXISTS (
                    SELECT 1 FROM Places p JOIN Units u ON u.Id = p.UnitId
                    WHERE p.PersonId = @PersonId AND p.ToDay IS NULL AND (u.Id = w.UnitId OR u.ParentId = w.UnitId))))
            AND NOT EXISTS (SELECT 1 FROM Deliveries d WHERE d.DedupKey = CONCAT('hook/', w.Id, '/', @DedupKey))
        """);

    private static readonly Statement Replace = new("""
        UPDATE Deliveries SET Event = @Event, CaseId = @CaseId, Detail = @Detail, NextAt = @NextAt
        WHERE Status = 1 AND Lease IS NULL AND PersonId = @PersonId
            AND (DedupKey = @MailKey OR DedupKey IN (SELECT CONCAT('hook/', w.Id, '/', @DedupKey) FROM Webhooks w))
        """);

    private static readonly Statement CancelCase = new("""
        UPDATE Deliveries SET Status = 5, Reason = @reason, EndedAt = @at, Lease = NULL, LeasedUntil = NULL WHERE CaseId = @caseId AND Status = 1
        """);

    private static readonly Statement CancelClock = new("""
        UPDATE Deliveries SET Status = 5, Reason = @reason, EndedAt = @at, Lease = NULL, LeasedUntil = NULL
        WHERE CaseId = @caseId AND Status = 1 AND Event IN ('caseEscalated', 'caseDueSoon', 'caseOverdue')
        """);

    /// <summary>Takes back what was queued about a case that is done.</summary>
    public static Task Cancel(Session session, long caseId) => Cancel(session, CancelCase, caseId, DeliveryReason.CaseResolved);

    /// <summary>Takes back what was queued about the deadline of a case: its clock stands, or never runs out any more.</summary>
    public static Task CancelClockOf(Session session, long caseId, DeliveryReason why) => Cancel(session, CancelClock, caseId, why);

    internal static async Task Queue(Session session, News news)
    {
        var queued = await session.Execute(Mail, news) + (news.TopicBit == 0 ? 0 : await session.Execute(Hooks, news));
        if (queued > 0) session.Changed(ChangeTopic.Deliveries);
    }

    internal static async Task Change(Session session, News news)
    {
        if (await session.Execute(Replace, news) > 0) session.Changed(ChangeTopic.Deliveries);
    }

    private static async Task Cancel(Session session, Statement which, long caseId, DeliveryReason why)
    {
        if (await session.Execute(which, new { caseId, reason = CaseEventLog.Stored(why), at = session.Now }) > 0) session.Changed(ChangeTopic.Deliveries);
    }
}
