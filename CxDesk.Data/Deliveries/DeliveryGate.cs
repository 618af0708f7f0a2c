using CxDesk.Data.Calendars;
using CxDesk.Data.Cases;
using CxDesk.Data.Database;
using CxDesk.Data.Digests;
using CxDesk.Data.Notices;
using CxDesk.Data.People;
using CxDesk.Data.Policies;

namespace CxDesk.Data.Deliveries;

/// <summary>What may leave: with the case as its receiver may see it, null where it is about none or about several.</summary>
/// <param name="Case">To a webhook without the customer: nobody knows who reads there.</param>
/// <param name="Cases">Of several cases those that are still worth telling.</param>
public sealed record Passed(DeliveryCase? Case, int? Cases);

/// <summary>
/// The last look before something leaves, in the transaction that marks it as sending: the case is alive, its clock runs where
/// the news is of the clock, the receiver is active and may see it, and somebody is at work to read it.
/// </summary>
public sealed class DeliveryGate(Db db, Company company, ViewerQuery viewers, RegionCalendars calendars, PolicyBook policies, DeliveriesOptions options, MailOptions mail)
{
    private const int CompanyId = 1;

    // Next comes the next one.
    private static readonly TimeSpan DigestLives = TimeSpan.FromDays(2);

    private static readonly StatementFamily<Reach> CaseOf = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT c.Id AS {nameof(DeliveryCase.Id)}, c.Status AS {nameof(DeliveryCase.Status)}, c.Severity AS {nameof(DeliveryCase.Severity)}, c.DueAt AS {nameof(DeliveryCase.DueAt)},
               c.Breach AS {nameof(DeliveryCase.Breach)}, c.RuleKey AS {nameof(DeliveryCase.RuleKey)}, c.RegionId AS {nameof(DeliveryCase.RegionId)},
               COALESCE(r.TimeZone, m.TimeZone) AS {nameof(DeliveryCase.TimeZone)}, r.Name AS {nameof(DeliveryCase.Region)}, t.Name AS {nameof(DeliveryCase.Team)},
               p.Name AS {nameof(DeliveryCase.Product)}, o.Name AS {nameof(DeliveryCase.Owner)}, k.Name AS {nameof(DeliveryCase.Customer)}, a.Comment AS {nameof(DeliveryCase.Comment)}
        FROM Cases c
        JOIN Units r ON r.Id = c.RegionId JOIN Units t ON t.Id = c.TeamId JOIN Units m ON m.Id = 1 JOIN Products p ON p.Id = c.ProductId
        JOIN Answers a ON a.Id = c.AnswerId
        LEFT JOIN People o ON o.Id = c.OwnerId LEFT JOIN Customers k ON k.Id = c.CustomerId
        WHERE c.Id = @caseId AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly StatementFamily<Reach> Alive = new(RowPolicy.Reaches, (_, reach) => $"""
        SELECT COUNT(*) FROM Cases c WHERE c.Id IN @caseIds AND c.Status < 4 AND {RowPolicy.Cases(reach, "c")}
        """);

    private static readonly Statement RegionOf = new(d => $"""
        SELECT CASE u.Kind WHEN 3 THEN u.ParentId ELSE u.Id END
        FROM Places p JOIN Units u ON u.Id = p.UnitId
        WHERE p.PersonId = @personId AND p.FromDay <= @today AND (p.ToDay IS NULL OR p.ToDay > @today)
        ORDER BY u.Kind DESC, p.FromDay, p.Id {d.Limit("1")}
        """);

    /// <returns>Null: it stays here; the delivery says why.</returns>
    public async Task<Passed?> Pass(string lease, Delivery delivery, CancellationToken cancel = default)
    {
        // Read before the transaction: who comes in with less than they had a moment ago is nobody's secret.
        var person = delivery.PersonId is { } id ? await viewers.FindPerson(id, cancel) : null;
        return await db.Write(async s =>
        {
            var (passed, why) = await Look(s, delivery, person?.Viewer);
            if (why is { } reason)
            {
                await DeliveryQueue.Cancel(s, lease, delivery.Id, reason);
                return null;
            }
            if (await HoldUntil(s, delivery, passed!) is { } until)
            {
                await DeliveryQueue.Hold(s, lease, delivery.Id, until);
                return null;
            }
            var sentTo = delivery.Channel == DeliveryChannel.Mail ? delivery.Email! : delivery.Address!;
            return await DeliveryQueue.Begin(s, lease, delivery.Id, sentTo) ? passed : null;
        }, cancel);
    }

    private async Task<(Passed?, DeliveryReason?)> Look(Session session, Delivery delivery, Viewer? person)
    {
        if (session.Now - delivery.CreatedAt > TimeSpan.FromHours(options.NewsForHours)) return (null, DeliveryReason.TooOld);
        if (delivery.Channel == DeliveryChannel.Webhook && !delivery.WebhookActive) return (null, DeliveryReason.WebhookOff);
        if (delivery.Channel == DeliveryChannel.Mail)
        {
            if (person is null) return (null, DeliveryReason.PersonInactive);
            if (delivery.Email is null) return (null, DeliveryReason.NoAddress);
            if (!mail.IsSetUp) return (null, DeliveryReason.MailNotSetUp);
        }
        if (delivery.IsDigest)
            return await DigestChoices.Of(session, person!) != delivery.Detail.Digest!.Rhythm ? (null, DeliveryReason.DigestOff)
                : session.Now - delivery.CreatedAt > DigestLives ? (null, DeliveryReason.TooOld)
                : (new Passed(null, null), null);
        // A room is told of its unit's cases, whoever the notice was for.
        var viewer = delivery.Channel == DeliveryChannel.Webhook ? Viewer.System : person!;
        if (delivery.CaseId is { } caseId)
        {
            var found = await session.First<DeliveryCase>(CaseOf[viewer.Reach], RowPolicy.Parameters(viewer, new { caseId }));
            if (found is null) return (null, DeliveryReason.NoAccess);
            if (await WhyNot(session, delivery, found) is { } why) return (null, why);
            return (new Passed(delivery.Channel == DeliveryChannel.Webhook ? found with { Customer = null, Comment = null } : found, null), null);
        }
        if (delivery.Detail.CaseIds is not { Count: > 0 } ids) return (new Passed(null, delivery.Detail.Cases), null);
        var alive = await session.Single<int>(Alive[viewer.Reach], RowPolicy.Parameters(viewer, new { caseIds = ids }));
        // Those beyond the named ones are taken to be as they were.
        return alive == 0 ? (null, DeliveryReason.CaseResolved) : (new Passed(null, alive + Math.Max(0, (delivery.Detail.Cases ?? ids.Count) - ids.Count)), null);
    }

    private async Task<DeliveryReason?> WhyNot(Session session, Delivery delivery, DeliveryCase found)
    {
        if (!found.Status.IsOpen()) return DeliveryReason.CaseResolved;
        if (delivery.Detail.Breach is { } breach && breach != found.Breach) return DeliveryReason.OutOfDate;
        if (delivery.Event?.TopicOf() is not { } topic) return null;
        if (topic == NoticeTopic.WaitOver) return found.Status == CaseStatus.Waiting ? null : DeliveryReason.OutOfDate;
        if (!topic.IsOfTheClock()) return null;
        if (!found.Status.IsTimed()) return DeliveryReason.CaseWaits;
        if (delivery.Detail.DueAt is { } due && due != found.DueAt) return DeliveryReason.OutOfDate;
        return found.RuleKey is null || (await policies.Present(session)).Rule(found.RuleKey) is { IsOn: true } ? null : DeliveryReason.PolicyOff;
    }

    // Rooms and programs have no hours, and what is critical waits for nobody's.
    private async Task<DateTimeOffset?> HoldUntil(Session session, Delivery delivery, Passed passed)
    {
        if (delivery.Channel != DeliveryChannel.Mail || delivery.AnyHour || delivery.Event?.TopicOf() is null) return null;
        if (passed.Case?.Severity == CaseSeverity.Critical || delivery.Detail.Critical > 0) return null;
        var regionId = await session.First<int?>(RegionOf, new { personId = delivery.PersonId, today = company.DayOf(session.Now) });
        var calendar = await calendars.Of(session, regionId ?? CompanyId);
        var opens = calendar.Segments(session.Now, TimeSpan.FromTicks(1))[0].From;
        return opens > session.Now ? opens : null;
    }
}

/// <summary>A case as a message tells it.</summary>
public sealed record DeliveryCase
{
    public required long Id { get; init; }
    public required CaseStatus Status { get; init; }
    public required CaseSeverity Severity { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required int Breach { get; init; }
    public required string? RuleKey { get; init; }
    public required int RegionId { get; init; }
    public required string? TimeZone { get; init; }
    public required string Region { get; init; }
    public required string Team { get; init; }
    public required string Product { get; init; }
    public required string? Owner { get; init; }
    public required string? Customer { get; init; }
    public required string? Comment { get; init; }

    public string Reference => CaseReference.Of(Id);
}
