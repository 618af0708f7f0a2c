using CxDesk.Data.Database;
using CxDesk.Data.Deliveries;
using CxDesk.Data.Notices;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>What a change of a case by hand tells others, and what of the queued it makes untrue.</summary>
internal static class CaseNews
{
    /// <summary>Nobody is told what they did themselves.</summary>
    public static async Task Tell(Session session, Viewer actor, CaseState before, CaseState after, CaseEventName name)
    {
        if (!after.Status.IsOpen()) await Outbox.Cancel(session, after.Id);
        else if (after.Status == CaseStatus.Waiting && before.Status != CaseStatus.Waiting) await Outbox.CancelClockOf(session, after.Id, DeliveryReason.CaseWaits);

        if (!after.Status.IsOpen() || after.OwnerId is not { } owner || owner == actor.PersonId) return;
        var detail = new NoticeDetail { By = actor.Name, Breach = after.Breach, Critical = after.Severity == CaseSeverity.Critical ? 1 : 0 };
        if (owner != before.OwnerId) await NoticeWriter.Tell(session, owner, NoticeEvent.CaseAssigned, $"assigned/{after.Id}/{after.RowVersion}/{owner}", after.Id, detail);
        else if (name == CaseEventName.Reopened) await NoticeWriter.Tell(session, owner, NoticeEvent.CaseReopened, $"reopened/{after.Id}/{after.Breach}/{owner}", after.Id, detail);
    }
}
