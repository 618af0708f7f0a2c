using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Deliveries;

/// <summary>The webhooks, for administrators; nobody else sees any. A secret is never read back.</summary>
public sealed class WebhooksQuery(Db db)
{
    private static readonly Statement Every = new($"""
        SELECT w.Id AS {nameof(WebhookRow.Id)}, w.Name AS {nameof(WebhookRow.Name)}, w.Address AS {nameof(WebhookRow.Address)}, w.Shape AS {nameof(WebhookRow.Shape)},
               CASE WHEN w.Secret IS NULL THEN 0 ELSE 1 END AS {nameof(WebhookRow.HasSecret)}, w.Language AS {nameof(WebhookRow.Language)}, w.UnitId AS {nameof(WebhookRow.UnitId)},
               u.Name AS {nameof(WebhookRow.UnitName)}, w.Topics AS {nameof(WebhookRow.Topics)}, w.IsActive AS {nameof(WebhookRow.IsActive)}, w.RowVersion AS {nameof(WebhookRow.RowVersion)}
        FROM Webhooks w JOIN Units u ON u.Id = w.UnitId
        ORDER BY w.Name
        """);

    public async Task<IReadOnlyList<WebhookRow>> All(Viewer viewer, CancellationToken cancel = default) =>
        viewer.Role == Role.Admin ? await db.Read(s => s.Query<WebhookRow>(Every), cancel) : [];
}

public sealed record WebhookRow
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required WebhookShape Shape { get; init; }
    public required bool HasSecret { get; init; }
    public required string Language { get; init; }
    public required int UnitId { get; init; }
    public required string UnitName { get; init; }
    public required int Topics { get; init; }
    public required bool IsActive { get; init; }
    public required int RowVersion { get; init; }
}
