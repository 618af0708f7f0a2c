using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Database;
using CxDesk.Data.People;

namespace CxDesk.Data.Cases;

/// <summary>The timeline of cases: one row for each thing that happened, written in the transaction that does it.</summary>
public static class CaseEventLog
{
    /// <summary>How details stand in the table: camelCase, names for enums, nothing for null.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Statement Insert = new("""
        INSERT INTO CaseEvents (CaseId, Version, HappenedAt, Event, ActorId, ActorName, Note, Detail)
        VALUES (@caseId, @version, @at, @event, @actorId, @actorName, @note, @detail)
        """);

    /// <param name="version">The RowVersion that the case has after the event.</param>
    /// <param name="detail">What changed, from and to; serialised to JSON.</param>
    public static void Add(
        Session session, long caseId, int version, DateTimeOffset at, CaseEventName name, Viewer actor, string? note = null, object? detail = null) =>
        session.Prepare(Insert, "caseId", "version", "at", "event", "actorId", "actorName", "note", "detail")
            .Set(caseId, version, at, Stored(name), actor.PersonId, actor.Name, note,
                detail is null ? null : JsonSerializer.Serialize(detail, Json))
            .Execute();

    /// <summary>The name as it stands in the table and in the API.</summary>
    public static string Stored(CaseEventName name) => JsonNamingPolicy.CamelCase.ConvertName(name.ToString());
}
