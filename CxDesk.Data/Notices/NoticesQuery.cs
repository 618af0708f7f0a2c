using System.Text.Json;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Notices;

/// <summary>A person's own notices. Nobody reads those of somebody else, so there is no reach to speak of.</summary>
public sealed class NoticesQuery(Db db)
{
    private static readonly Statement Latest = new(d => $"""
        SELECT n.Id AS {nameof(NoticeRow.Id)}, n.Event AS {nameof(NoticeRow.EventText)}, n.CaseId AS {nameof(NoticeRow.CaseId)},
               n.Detail AS {nameof(NoticeRow.DetailJson)}, n.CreatedAt AS {nameof(NoticeRow.CreatedAt)}, n.ReadAt AS {nameof(NoticeRow.ReadAt)}
        FROM Notices n
        WHERE n.PersonId = @personId
        ORDER BY n.Id DESC {d.Limit("@count")}
        """);

    private static readonly Statement Unread = new("""
        SELECT COUNT(*) FROM Notices WHERE PersonId = @personId AND ReadAt IS NULL
        """);

    /// <summary>The newest first. A viewer who is no person (a key) has none.</summary>
    public async Task<NoticesPage> Read(Viewer viewer, int count = 20, CancellationToken cancel = default)
    {
        if (viewer.PersonId is not { } personId) return new NoticesPage(0, []);
        return await db.Read(async s => new NoticesPage(
            await s.Single<int>(Unread, new { personId }),
            await s.Query<NoticeRow>(Latest, new { personId, count })), cancel);
    }
}

/// <param name="Unread">All unread ones, also those that are not among <paramref name="Newest"/>.</param>
public sealed record NoticesPage(int Unread, IReadOnlyList<NoticeRow> Newest);

public sealed record NoticeRow
{
    public required long Id { get; init; }
    public required string EventText { get; init; }
    public required long? CaseId { get; init; }
    public required string? DetailJson { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? ReadAt { get; init; }

    /// <summary>Null for an event that this version does not know: a newer node wrote it.</summary>
    public NoticeEvent? Event => EventOf(EventText);

    public NoticeDetail Detail => DetailOf(DetailJson);

    internal static NoticeEvent? EventOf(string text) => Enum.TryParse<NoticeEvent>(text, ignoreCase: true, out var known) ? known : null;

    internal static NoticeDetail DetailOf(string? json) => json is null ? new NoticeDetail() : JsonSerializer.Deserialize<NoticeDetail>(json, JsonSerializerOptions.Web)!;
}
