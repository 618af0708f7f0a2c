using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Deliveries;

/// <summary>What an administrator does to a delivery by hand.</summary>
public sealed class DeliveryWriter(Db db)
{
    private static readonly Statement Requeue = new("""
        UPDATE Deliveries SET Status = 1, Attempts = 0, NextAt = @now, CreatedAt = @now, EndedAt = NULL, Reason = NULL WHERE Id = @id AND Status IN (4, 6)
        """);

    private static readonly Statement Drop = new("""
        UPDATE Deliveries SET Status = 5, Reason = @reason, EndedAt = @now, Lease = NULL, LeasedUntil = NULL WHERE Id = @id AND Status = 1
        """);

    /// <summary>Sends once more what failed or is in doubt, under the key it had. Whether it still is news is asked again.</summary>
    /// <returns>False: it is in neither state any more.</returns>
    public Task<bool> Retry(Viewer actor, long id, CancellationToken cancel = default) => Change(actor, Requeue, "deliveryRetried", id, cancel);

    /// <summary>Takes back what has not left.</summary>
    /// <returns>False: it is leaving, or has an end already.</returns>
    public Task<bool> Cancel(Viewer actor, long id, CancellationToken cancel = default) => Change(actor, Drop, "deliveryCancelled", id, cancel);

    private Task<bool> Change(Viewer actor, Statement statement, string what, long id, CancellationToken cancel)
    {
        if (actor.Role != Role.Admin) throw new UnauthorizedAccessException("Only an administrator sends again or takes back.");
        return db.Write(async s =>
        {
            if (await s.Execute(statement, new { id, now = s.Now, reason = CaseEventLog.Stored(DeliveryReason.ByHand) }) == 0) return false;
            await Audit.Write(s, actor, what, "delivery", id);
            s.Changed(ChangeTopic.Deliveries);
            return true;
        }, cancel);
    }
}
