using System.Text.Json;
using System.Text.Json.Serialization;
using CxDesk.Data.Database;
using CxDesk.Data.Feed;
using CxDesk.Data.People;

namespace CxDesk.Data.Notices;

/// <summary>What a notice says, the one list of it. Stored as camelCase text.</summary>
public enum NoticeEvent
{
    /// <summary>One overdue case came up to the person.</summary>
    CaseEscalated,

    /// <summary>Several did in one sweep.</summary>
    CasesEscalated,
}

/// <summary>The figures of a notice, stored as JSON; each event says which it fills.</summary>
public sealed record NoticeDetail
{
    /// <summary>The escalation level of the case.</summary>
    public int? Level { get; init; }

    /// <summary>How many cases it is about.</summary>
    public int? Cases { get; init; }

    /// <summary>How many of them are critical.</summary>
    public int? Critical { get; init; }
}

/// <summary>
/// Tells people things, in the transaction in which they happen. A notice with a key that is already there is not told
/// again, whoever sends it; so a key must name the thing itself (this case, this breach, this level), never only its kind.
/// </summary>
public sealed class NoticeWriter(Db db)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly Statement Add = new("""
        INSERT INTO Notices (PersonId, Event, CaseId, Detail, DedupKey, CreatedAt)
        SELECT p.Id, @event, @caseId, @detail, @dedupKey, @at
        FROM People p WHERE p.Id = @personId AND NOT EXISTS (SELECT 1 FROM Notices n WHERE n.DedupKey = @dedupKey)
        """);

    private static readonly Statement Change = new("""
        UPDATE Notices SET Event = @event, CaseId = @caseId, Detail = @detail, CreatedAt = @at, ReadAt = NULL WHERE DedupKey = @dedupKey
        """);

    private static readonly Statement Read = new("""
        UPDATE Notices SET ReadAt = @at WHERE PersonId = @personId AND ReadAt IS NULL AND Id = @id
        """);

    private static readonly Statement ReadAll = new("""
        UPDATE Notices SET ReadAt = @at WHERE PersonId = @personId AND ReadAt IS NULL AND Id <= @upTo
        """);

    /// <summary>Tells a person; when the key is already there, nothing happens.</summary>
    public static async Task Tell(Session session, int personId, NoticeEvent what, string dedupKey, long? caseId = null, NoticeDetail? detail = null)
    {
        if (await session.Execute(Add, Values(session, personId, what, dedupKey, caseId, detail)) > 0) session.Changed(ChangeTopic.Notices);
    }

    /// <summary>Says more under a key that was told before: the notice is unread again.</summary>
    public static async Task Retell(Session session, int personId, NoticeEvent what, string dedupKey, long? caseId = null, NoticeDetail? detail = null)
    {
        if (await session.Execute(Change, Values(session, personId, what, dedupKey, caseId, detail)) > 0) session.Changed(ChangeTopic.Notices);
    }

    /// <summary>Marks one of the viewer's own notices as read; somebody else's stays as it is.</summary>
    public Task MarkRead(Viewer viewer, long id) => Mark(Read, new { personId = viewer.PersonId, id, at = db.Now });

    /// <summary>Marks as read what the viewer has seen: all up to a notice, so that one which comes in meanwhile stays unread.</summary>
    public Task MarkAllRead(Viewer viewer, long upTo) => Mark(ReadAll, new { personId = viewer.PersonId, upTo, at = db.Now });

    private Task Mark(Statement statement, object parameters) => db.Write(async s =>
    {
        if (await s.Execute(statement, parameters) > 0) s.Changed(ChangeTopic.Notices);
    });

    private static object Values(Session session, int personId, NoticeEvent what, string dedupKey, long? caseId, NoticeDetail? detail) => new
    {
        personId,
        @event = JsonNamingPolicy.CamelCase.ConvertName(what.ToString()),
        dedupKey,
        caseId,
        detail = detail is null ? null : JsonSerializer.Serialize(detail, Json),
        at = session.Now,
    };
}
