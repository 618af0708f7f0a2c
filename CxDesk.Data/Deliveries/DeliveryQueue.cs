using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;

namespace CxDesk.Data.Deliveries;

/// <summary>
/// Hands deliveries to senders, each to one at a time, on however many nodes. A sender claims by a lease; marks a delivery as
/// sending before its first byte goes; and marks it again after. What stays marked as sending when its lease runs out broke
/// in between: it went out or it did not, and nobody knows (docs/decisions/0006-deliveries.md).
/// </summary>
public sealed class DeliveryQueue(Db db)
{
    /// <summary>Longer than an attempt can take.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(3);

    private static readonly Statement AnyDue = new(d => $"""
        SELECT Id FROM Deliveries WHERE Status = 1 AND NextAt <= @now AND (LeasedUntil IS NULL OR LeasedUntil < @now) ORDER BY NextAt {d.Limit("@count")}
        """);

    // The outer condition decides: it is asked again on the row as it stands when it is locked.
    private static readonly Statement Take = new(d => $"""
        UPDATE Deliveries SET Lease = @lease, LeasedUntil = @until
        WHERE Status = 1 AND (LeasedUntil IS NULL OR LeasedUntil < @now)
            AND Id IN (SELECT Id FROM Deliveries WHERE Status = 1 AND NextAt <= @now AND (LeasedUntil IS NULL OR LeasedUntil < @now) ORDER BY NextAt {d.Limit("@count")})
        """);

    private static readonly Statement Taken = new($"""
        SELECT d.Id AS {nameof(Delivery.Id)}, d.Channel AS {nameof(Delivery.Channel)}, d.PersonId AS {nameof(Delivery.PersonId)}, p.Name AS {nameof(Delivery.PersonName)},
               p.Email AS {nameof(Delivery.Email)}, COALESCE(w.Language, p.Language) AS {nameof(Delivery.Language)}, COALESCE(p.AnyHour, 0) AS {nameof(Delivery.AnyHour)},
               d.WebhookId AS {nameof(Delivery.WebhookId)}, w.Address AS {nameof(Delivery.Address)}, w.Shape AS {nameof(Delivery.Shape)}, w.Secret AS {nameof(Delivery.Secret)},
               COALESCE(w.IsActive, 0) AS {nameof(Delivery.WebhookActive)}, d.Event AS {nameof(Delivery.EventText)}, d.CaseId AS {nameof(Delivery.CaseId)},
               d.Detail AS {nameof(Delivery.DetailJson)}, d.DedupKey AS {nameof(Delivery.DedupKey)}, d.Attempts AS {nameof(Delivery.Attempts)}, d.CreatedAt AS {nameof(Delivery.CreatedAt)}
        FROM Deliveries d LEFT JOIN People p ON p.Id = d.PersonId LEFT JOIN Webhooks w ON w.Id = d.WebhookId
        WHERE d.Lease = @lease
        ORDER BY d.NextAt, d.Id
        """);

    private static readonly Statement MarkSending = new("""
        UPDATE Deliveries SET Status = 2, Attempts = Attempts + 1, SentTo = @sentTo, Reason = NULL, LeasedUntil = @until
        WHERE Id = @id AND Lease = @lease AND Status = 1
        """);

    private static readonly Statement MarkSent = new("""
        UPDATE Deliveries SET Status = 3, EndedAt = @now, LastError = NULL, Lease = NULL, LeasedUntil = NULL WHERE Id = @id AND Lease = @lease AND Status = 2
        """);

    // What failed before it was marked as sending was a try too.
    private static readonly Statement MarkRefused = new("""
        UPDATE Deliveries SET Status = @status, Attempts = CASE WHEN Status = 1 THEN Attempts + 1 ELSE Attempts END, NextAt = @nextAt, EndedAt = @endedAt, LastError = @error,
            Lease = NULL, LeasedUntil = NULL
        WHERE Id = @id AND Lease = @lease AND Status IN (1, 2)
        """);

    private static readonly Statement MarkCancelled = new("""
        UPDATE Deliveries SET Status = 5, EndedAt = @now, Reason = @reason, Lease = NULL, LeasedUntil = NULL WHERE Id = @id AND Lease = @lease AND Status = 1
        """);

    private static readonly Statement MarkHeld = new("""
        UPDATE Deliveries SET NextAt = @until, Reason = 'outsideHours', Lease = NULL, LeasedUntil = NULL WHERE Id = @id AND Lease = @lease AND Status = 1
        """);

    private static readonly Statement Free = new("""
        UPDATE Deliveries SET Lease = NULL, LeasedUntil = NULL WHERE Lease = @lease AND Status = 1
        """);

    // A program that knows what it had gets it again, while there are tries left; to people nothing goes twice.
    private static readonly Statement Broken = new("""
        UPDATE Deliveries SET
            Status = CASE WHEN WebhookId IN (SELECT w.Id FROM Webhooks w WHERE w.Shape = 1) THEN CASE WHEN Attempts < @mostAttempts THEN 1 ELSE 4 END ELSE 6 END,
            LastError = 'The sender ended before it knew the answer.', EndedAt = @now, Lease = NULL, LeasedUntil = NULL
        WHERE Status = 2 AND LeasedUntil < @now
        """);

    private static readonly Statement AnySending = new("SELECT COUNT(*) FROM Deliveries WHERE Status = 2");

    /// <summary>The next that are due, as this sender's own until its lease runs out. None: one index seek.</summary>
    public async Task<IReadOnlyList<Delivery>> Claim(string lease, int count, CancellationToken cancel = default)
    {
        if (await db.Read(s => s.First<long?>(AnyDue, new { now = db.Now, count = 1 }), cancel) is null) return [];
        return await db.Write(async s =>
        {
            await s.Execute(Take, new { lease, until = s.Now + LeaseTime, now = s.Now, count });
            return await s.Query<Delivery>(Taken, new { lease });
        }, cancel);
    }

    /// <summary>Ends what a sender left behind in the middle: <see cref="DeliveryStatus.Unknown"/>, or once more to a program that knows it by its key.</summary>
    /// <param name="mostAttempts">After so many even that has failed.</param>
    /// <returns>How many.</returns>
    public async Task<int> EndBroken(int mostAttempts, CancellationToken cancel = default) =>
        await db.Read(s => s.Single<int>(AnySending), cancel) == 0 ? 0 : await Mark(Broken, new { mostAttempts, now = db.Now }, cancel);

    /// <summary>Marks that it leaves now. It is asked inside the transaction that also looks whether it is still news.</summary>
    /// <returns>False: it was taken back, or another sender has it.</returns>
    public static async Task<bool> Begin(Session session, string lease, long id, string sentTo)
    {
        session.Changed(ChangeTopic.Deliveries);
        return await session.Execute(MarkSending, new { id, lease, sentTo, until = session.Now + LeaseTime }) > 0;
    }

    public static Task Cancel(Session session, string lease, long id, DeliveryReason reason)
    {
        session.Changed(ChangeTopic.Deliveries);
        return session.Execute(MarkCancelled, new { id, lease, reason = CaseEventLog.Stored(reason), now = session.Now });
    }

    /// <summary>Puts it off to the person's next working hours.</summary>
    public static Task Hold(Session session, string lease, long id, DateTimeOffset until)
    {
        session.Changed(ChangeTopic.Deliveries);
        return session.Execute(MarkHeld, new { id, lease, until });
    }

    public Task Sent(string lease, long id) => Mark(MarkSent, new { id, lease, now = db.Now });

    /// <summary>Tried, and certainly not arrived: once more later.</summary>
    public Task Again(string lease, long id, DateTimeOffset nextAt, string error) => Refused(lease, id, DeliveryStatus.Queued, nextAt, error);

    /// <summary>It will never arrive.</summary>
    public Task Failed(string lease, long id, string error) => Refused(lease, id, DeliveryStatus.Failed, db.Now, error);

    /// <summary>It may have arrived.</summary>
    public Task InDoubt(string lease, long id, string error) => Refused(lease, id, DeliveryStatus.Unknown, db.Now, error);

    /// <summary>Gives back what was claimed and not begun.</summary>
    public Task Release(string lease) => Mark(Free, new { lease });

    private Task Refused(string lease, long id, DeliveryStatus status, DateTimeOffset nextAt, string error) => Mark(MarkRefused, new
    {
        id, lease, status = (int)status, nextAt, endedAt = status == DeliveryStatus.Queued ? (DateTimeOffset?)null : db.Now, error = error.Length <= 1000 ? error : error[..1000],
    });

    private Task<int> Mark(Statement statement, object parameters, CancellationToken cancel = default) => db.Write(async s =>
    {
        var changed = await s.Execute(statement, parameters);
        if (changed > 0) s.Changed(ChangeTopic.Deliveries);
        return changed;
    }, cancel);
}
