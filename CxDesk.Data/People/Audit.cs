using System.Text.Json;
using CxDesk.Data.Database;

namespace CxDesk.Data.People;

/// <summary>The audit trail: who did what to what, written in the transaction that does it.</summary>
public static class Audit
{
    private static readonly Statement Add = new("""
        INSERT INTO AuditLog (HappenedAt, ActorId, ActorName, Event, Entity, EntityId, Detail)
        VALUES (@at, @actorId, @actorName, @what, @entity, @entityId, @detail)
        """);

    private static readonly Statement Newest = new(d => $"""
        SELECT ActorName AS {nameof(NewestRow.ActorName)}, Event AS {nameof(NewestRow.Event)}, HappenedAt AS {nameof(NewestRow.HappenedAt)}
        FROM AuditLog WHERE Entity = @entity AND EntityId = @entityId ORDER BY Id DESC {d.Limit("1")}
        """);

    /// <param name="what">A past participle, as in <c>keyRevoked</c>; one name means one thing everywhere.</param>
    /// <param name="detail">Serialised to JSON; never a secret.</param>
    public static Task Write(Session session, Viewer actor, string what, string entity, object entityId, object? detail = null) =>
        session.Execute(Add, new
        {
            at = session.Now,
            actorId = actor.PersonId,
            actorName = actor.Name,
            what,
            entity,
            entityId = Text(entityId),
            detail = detail is null ? null : JsonSerializer.Serialize(detail, JsonSerializerOptions.Web),
        });

    /// <summary>For a save that found another row version: who came first, and with what.</summary>
    public static async Task<ChangedMeanwhile> Conflict(Session session, string entity, object entityId)
    {
        var newest = await session.First<NewestRow>(Newest, new { entity, entityId = Text(entityId) });
        return new ChangedMeanwhile(newest?.ActorName, newest?.Event, newest?.HappenedAt);
    }

    private static string? Text(object id) => Convert.ToString(id, System.Globalization.CultureInfo.InvariantCulture);

    private sealed record NewestRow
    {
        public required string ActorName { get; init; }
        public required string Event { get; init; }
        public required DateTimeOffset HappenedAt { get; init; }
    }
}
