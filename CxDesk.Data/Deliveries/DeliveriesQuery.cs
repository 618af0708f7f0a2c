using CxDesk.Data.Database;
using CxDesk.Data.Notices;
using CxDesk.Data.People;

namespace CxDesk.Data.Deliveries;

/// <summary>What left or is to leave, the newest first, for administrators; to everybody else there is nothing to see.</summary>
public sealed class DeliveriesQuery(Db db)
{
    public const int PageSize = 50;

    private static readonly StatementFamily<(bool Status, bool Channel, bool Before)> Page = new(Shapes(), (d, shape) => $"""
        SELECT d.Id AS {nameof(DeliveryRow.Id)}, d.Channel AS {nameof(DeliveryRow.Channel)}, p.Name AS {nameof(DeliveryRow.Person)}, w.Name AS {nameof(DeliveryRow.Webhook)},
               w.Shape AS {nameof(DeliveryRow.Shape)}, d.Event AS {nameof(DeliveryRow.EventText)}, d.CaseId AS {nameof(DeliveryRow.CaseId)}, d.Detail AS {nameof(DeliveryRow.DetailJson)},
               d.Status AS {nameof(DeliveryRow.Status)}, d.Attempts AS {nameof(DeliveryRow.Attempts)}, d.CreatedAt AS {nameof(DeliveryRow.CreatedAt)}, d.NextAt AS {nameof(DeliveryRow.NextAt)},
               d.SentTo AS {nameof(DeliveryRow.SentTo)}, d.Reason AS {nameof(DeliveryRow.ReasonText)}, d.LastError AS {nameof(DeliveryRow.LastError)}, d.EndedAt AS {nameof(DeliveryRow.EndedAt)}
        FROM Deliveries d LEFT JOIN People p ON p.Id = d.PersonId LEFT JOIN Webhooks w ON w.Id = d.WebhookId
        WHERE 1 = 1{(shape.Status ? " AND d.Status = @status" : "")}{(shape.Channel ? " AND d.Channel = @channel" : "")}{(shape.Before ? " AND d.Id < @before" : "")}
        ORDER BY d.Id DESC {d.Limit("@take")}
        """);

    private static readonly Statement Counts = new($"""
        SELECT Status AS {nameof(DeliveryCount.Status)}, COUNT(*) AS {nameof(DeliveryCount.Count)} FROM Deliveries GROUP BY Status
        """);

    // Waiting although its time came a while ago: the sender does not run, or has more than it can do.
    private static readonly Statement Stuck = new("SELECT COUNT(*) FROM Deliveries WHERE Status = 1 AND NextAt < @before");

    private static readonly Statement InTrouble = new("SELECT COUNT(*) FROM Deliveries WHERE Status IN (4, 6)");

    public async Task<DeliveriesPage> Read(Viewer viewer, DeliveriesFilter filter, CancellationToken cancel = default)
    {
        if (viewer.Role != Role.Admin) return new DeliveriesPage { Rows = [], Counts = new Dictionary<DeliveryStatus, int>() };
        return await db.Read(async s =>
        {
            var rows = await s.Query<DeliveryRow>(Page[(filter.Status is not null, filter.Channel is not null, filter.Before is not null)],
                new { status = (int?)filter.Status, channel = (int?)filter.Channel, before = filter.Before, take = PageSize + 1 });
            return new DeliveriesPage
            {
                Rows = [.. rows.Take(PageSize)],
                Next = rows.Count > PageSize ? rows[PageSize - 1].Id : null,
                Counts = (await s.Query<DeliveryCount>(Counts)).ToDictionary(c => c.Status, c => c.Count),
            };
        }, cancel);
    }

    /// <summary>What an admin has to know of it: how much failed or is in doubt, and how much is stuck.</summary>
    public Task<DeliveryHealth> Health(Viewer viewer, CancellationToken cancel = default) => viewer.Role != Role.Admin ? Task.FromResult(default(DeliveryHealth)) :
        db.Read(async s => new DeliveryHealth(await s.Single<int>(InTrouble), await s.Single<int>(Stuck, new { before = s.Now.AddMinutes(-5) })), cancel);

    private static IEnumerable<(bool, bool, bool)> Shapes() =>
        from status in (bool[])[false, true] from channel in (bool[])[false, true] from before in (bool[])[false, true] select (status, channel, before);
}

/// <param name="Before">The last id of the page before.</param>
public sealed record DeliveriesFilter(DeliveryStatus? Status = null, DeliveryChannel? Channel = null, long? Before = null);

public readonly record struct DeliveryHealth(int InTrouble, int Stuck);

public sealed record DeliveriesPage
{
    public required IReadOnlyList<DeliveryRow> Rows { get; init; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Next { get; init; }

    /// <summary>Of all, whatever the filter.</summary>
    public required IReadOnlyDictionary<DeliveryStatus, int> Counts { get; init; }
}

public sealed record DeliveryCount
{
    public required DeliveryStatus Status { get; init; }
    public required int Count { get; init; }
}

public sealed record DeliveryRow
{
    public required long Id { get; init; }
    public required DeliveryChannel Channel { get; init; }
    public required string? Person { get; init; }
    public required string? Webhook { get; init; }
    public required WebhookShape? Shape { get; init; }
    public required string EventText { get; init; }
    public required long? CaseId { get; init; }
    public required string? DetailJson { get; init; }
    public required DeliveryStatus Status { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextAt { get; init; }
    public required string? SentTo { get; init; }
    public required string? ReasonText { get; init; }
    public required string? LastError { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }

    public NoticeEvent? Event => NoticeRow.EventOf(EventText);
    public NoticeDetail Detail => NoticeRow.DetailOf(DetailJson);
    public DeliveryReason? Reason => Enum.TryParse<DeliveryReason>(ReasonText, ignoreCase: true, out var known) ? known : null;
}
