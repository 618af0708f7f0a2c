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
            entityId = Convert.ToString(entityId, System.Globalization.CultureInfo.InvariantCulture),
            detail = detail is null ? null : JsonSerializer.Serialize(detail, JsonSerializerOptions.Web),
        });
}
